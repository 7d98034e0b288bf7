// All weights are terms in three lists; the gated step is written as n + z (h - n), and the mean over the judged steps
// as a sum of losses that is scaled once.
#include <cmath>
#include <stdexcept>

#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"
#include "nn/support/term.hpp"

namespace nn {

Unrolled unroll(const Recurrent& net, uword steps, const uvec& judged, Loss loss) {
  require_recurrent(net, "unroll");
  if (steps == 0 || judged.empty()) throw std::invalid_argument("unroll: nothing to read, or nothing to judge");
  if (judged.max() >= steps) throw std::invalid_argument("unroll: a judged step lies beyond the last one");
  Unrolled unrolled;
  Model& model = unrolled.model;
  std::vector<Term> W, U, b;
  for (const Gate& gate : net.gates) {
    W.push_back(parameter(model, gate.W));
    U.push_back(parameter(model, gate.U));
    b.push_back(parameter(model, gate.b));
  }
  const Term V = parameter(model, net.V);
  const Term c = parameter(model, net.c);
  std::vector<Term> h = {parameter(model.graph)};
  model.inputs = {h[0].node};
  for (uword t = 0; t < steps; ++t) {
    const Term x = input(model);
    if (net.cell == Cell::plain) {
      h.push_back(tanh(W[0] * x + U[0] * h[t] + b[0]));
      continue;
    }
    const Term z = activate(Activation::sigmoid, W[0] * x + U[0] * h[t] + b[0]);
    const Term r = activate(Activation::sigmoid, W[1] * x + U[1] * h[t] + b[1]);
    const Term n = tanh(W[2] * x + U[2] * (r % h[t]) + b[2]);
    h.push_back(n + z % (h[t] - n));
  }
  uvec said(judged.n_elem);
  std::vector<Term> losses;
  for (uword i = 0; i < judged.n_elem; ++i) {
    const Term y = V * h[judged(i) + 1] + c;
    const Term t = target(model);
    losses.push_back(loss_of(loss, y, t));
    said(i) = y.node;
  }
  Term total = losses[0];
  for (uword i = 1; i < losses.size(); ++i) total = total + losses[i];
  finish(model, h.back(), (1 / real(losses.size())) * total);
  model.outputs = said;
  unrolled.states.set_size(steps + 1);
  for (uword t = 0; t <= steps; ++t) unrolled.states(t) = h[t].node;
  return unrolled;
}

vec slopes_through_time(const Unrolled& unrolled, const Values& values) {
  const Values slopes = backward(unrolled.model.graph, values, unrolled.model.loss);
  vec norms(unrolled.states.n_elem);
  for (uword t = 0; t < norms.n_elem; ++t) norms(t) = std::sqrt(accu(square(slopes[unrolled.states(t)])));
  return norms;
}

Values clip_slopes(Values slopes, const uvec& parameters, real most) {
  if (!(most > 0)) throw std::invalid_argument("clip_slopes: the limit must be above 0");
  real squares = 0;
  for (const uword p : parameters) {
    if (p >= slopes.size()) throw std::invalid_argument("clip_slopes: a parameter that is no node");
    squares += accu(square(slopes[p]));
  }
  const real norm = std::sqrt(squares);
  if (norm > most)
    for (const uword p : parameters) slopes[p] *= most / norm;
  return slopes;
}

}  // namespace nn
