// Lesson 12, through time: the network written out step by step, and what its slopes do on the long way back.
#include <cmath>

#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"
#include "nn/support/term.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- a gate's parameter nodes, and one step of either cell with them
struct GateTerms {
  Term W, U, b;

  Term operator()(Term h, Term x) const { return W * x + U * h + b; }
};

static Term next_state(const std::vector<GateTerms>& gates, Term h, Term x) {
  if (gates.size() == 1) return tanh(gates[0](h, x));
  const Term z = activate(Activation::sigmoid, gates[0](h, x));
  const Term r = activate(Activation::sigmoid, gates[1](h, x));
  const Term n = tanh(gates[2](r % h, x));
  return n + z % (h - n);  // (1 - z) . n + z . h
}
//<

Unrolled unroll(const Recurrent& net, uword steps, const uvec& judged, Loss loss) {
  //> 12.3
  require_recurrent(net, "unroll");
  require(steps > 0, "unroll", "no step, expected at least one");
  require(!judged.empty(), "unroll", "no judged step, expected at least one");
  require(judged.max() < steps, "unroll", "a judged step is not below " + std::to_string(steps));
  Unrolled u;
  Model& model = u.model;
  std::vector<GateTerms> gates;
  for (const Gate& gate : net.gates) {
    const Term W = parameter(model, gate.W);
    const Term U = parameter(model, gate.U);
    const Term b = parameter(model, gate.b);
    gates.push_back({W, U, b});
  }
  const Term V = parameter(model, net.V);
  const Term c = parameter(model, net.c);

  std::vector<Term> h = {detail::listed(model.inputs, parameter(model.graph))};  // learns, but no training moves it
  for (uword t = 0; t < steps; ++t) h.push_back(next_state(gates, h[t], input(model)));
  for (const Term state : h) detail::listed(u.states, state);

  std::optional<Term> sum;
  uvec outputs(judged.n_elem);
  for (uword j = 0; j < judged.n_elem; ++j) {
    const Term y = V * h[judged(j) + 1] + c;
    const Term one = loss_of(loss, y, target(model));
    outputs(j) = y.node;
    sum = sum ? *sum + one : one;
  }
  finish(model, *sum, (1 / real(judged.n_elem)) * *sum);
  model.outputs = outputs;
  return u;
  //<
}

vec slopes_through_time(const Unrolled& unrolled, const Values& values) {
  //> 12.4
  const Values slopes = backward(unrolled.model.graph, values, unrolled.model.loss);
  vec norms(unrolled.states.n_elem);
  for (uword t = 0; t < norms.n_elem; ++t) norms(t) = std::sqrt(accu(square(slopes[unrolled.states(t)])));
  return norms;
  //<
}

Values clip_slopes(Values slopes, const uvec& parameters, real most) {
  //> 12.4
  require(most > 0, "clip_slopes", "most is " + std::to_string(most) + ", expected more than 0");
  real squares = 0;
  for (const uword p : parameters) {
    require(p < slopes.size(), "clip_slopes", "there is no node " + std::to_string(p));
    squares += accu(square(slopes[p]));
  }
  const real norm = std::sqrt(squares);
  if (norm > most)
    for (const uword p : parameters) slopes[p] *= most / norm;
  return slopes;
  //<
}

}  // namespace nn
