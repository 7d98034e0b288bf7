// Lesson 12, cells: one step, with and without gates, and a whole sequence.
#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- W x + U h + b, and a step of either cell
static mat sums(const Gate& gate, const mat& h, const mat& x) {
  mat Z = gate.W * x + gate.U * h;
  Z.each_col() += gate.b;
  return Z;
}

static mat step(const Recurrent& net, const mat& h, const mat& x) {
  return net.cell == Cell::plain ? step_plain(net.gates[0], h, x) : step_gated(net.gates, h, x);
}
//<

mat step_plain(const Gate& gate, const mat& h, const mat& x) {
  //> 12.1
  require_step(gate, h, x, "step_plain");
  return tanh(sums(gate, h, x));
  //<
}

Outputs run(const Recurrent& net, const std::vector<mat>& x, mat h) {
  //> 12.2
  require_recurrent(net, "run");
  Outputs outputs;
  for (const mat& now : x) {
    h = step(net, h, now);
    outputs.states.push_back(h);
    outputs.logits.push_back(dense(net.V, net.c, h));
  }
  return outputs;
  //<
}

mat step_gated(const std::vector<Gate>& gates, const mat& h, const mat& x) {
  //> 12.5
  require_shape(gates.size(), 3, "step_gated", "the cell", "gates", "update, reset, candidate");
  for (const Gate& gate : gates) require_step(gate, h, x, "step_gated");
  const mat z = sigmoid(sums(gates[0], h, x));
  const mat r = sigmoid(sums(gates[1], h, x));
  const mat n = tanh(sums(gates[2], r % h, x));
  return (1 - z) % n + z % h;
  //<
}

}  // namespace nn
