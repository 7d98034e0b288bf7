// How long two cells remember.
#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

// Each state of a cell of one unit that reads 1 and then nothing, and how far it moves the last one.
static mat echo_of(const Recurrent& net, uword steps) {
  std::vector<mat> x(steps, mat{0});
  x[0] = mat{1};
  const Outputs said = run(net, x, mat{0});
  const Unrolled unrolled = unroll(net, steps, {steps - 1}, Loss::squared);
  const Model& model = unrolled.model;
  Values values = model.values;
  values[model.inputs(0)] = mat{0};
  for (uword t = 0; t < steps; ++t) values[model.inputs(t + 1)] = x[t];
  values[model.targets(0)] = said.states.back() - 1;  // so that the loss has the slope 1
  const vec slopes = slopes_through_time(unrolled, evaluate(model.graph, std::move(values)));
  mat both(2, steps);
  for (uword t = 0; t < steps; ++t) both(0, t) = said.states[t](0), both(1, t) = slopes(t + 1);
  return both;
}

/// keep= weight= steps=: what two cells of one unit hold after each step, when they read a 1 and then zeros, and the
/// slope of the last state along each: a gated one whose update gate has the bias `keep`, and opens for what is read,
/// then a plain one that reads its own state with `weight`.
static Reply echo(const Words& words, std::string_view) {
  const auto gate = [](real W, real U, real b) { return Gate{mat(1, 1).fill(W), mat(1, 1).fill(U), vec{b}}; };
  const real keep = real(words.number("keep", 3, -20, 20)), weight = real(words.number("weight", 1, -10, 10));
  const uword steps = words.whole("steps", 40, 1, 1000);
  const Recurrent gated{Cell::gated, {gate(-10, 0, keep), gate(0, 0, 0), gate(2, 0, 0)}, mat{1}, vec{0}};
  const Recurrent plain{Cell::plain, {gate(2, weight, 0)}, mat{1}, vec{0}};
  Reply reply{Head().text(), {}};
  append(reply.numbers, echo_of(gated, steps));
  append(reply.numbers, echo_of(plain, steps));
  return reply;
}

static const Figure echo_figure("echo", "keep weight steps", echo);

}  // namespace play
