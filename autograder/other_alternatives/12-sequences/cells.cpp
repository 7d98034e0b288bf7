// One step as it stands in the contract, gate by gate, and run as a loop over the two cells: short, with every sum in
// the order of the formula.
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/sequences.hpp"
#include "nn/support/recurrent.hpp"

namespace nn {
namespace {

mat sums_of(const Gate& gate, const mat& h, const mat& x) {
  mat z = gate.W * x + gate.U * h;
  z.each_col() += gate.b;
  return z;
}

}  // namespace

mat step_plain(const Gate& gate, const mat& h, const mat& x) {
  require_step(gate, h, x, "one plain step");
  return tanh(sums_of(gate, h, x));
}

Outputs run(const Recurrent& net, const std::vector<mat>& x, mat h) {
  require_recurrent(net, "reading");
  Outputs out;
  for (const mat& now : x) {
    h = net.cell == Cell::plain ? step_plain(net.gates[0], h, now) : step_gated(net.gates, h, now);
    out.states.push_back(h);
    out.logits.push_back(dense(net.V, net.c, h));
  }
  return out;
}

mat step_gated(const std::vector<Gate>& gates, const mat& h, const mat& x) {
  if (gates.size() != 3) throw std::invalid_argument("a gated step takes update, reset and candidate");
  for (const Gate& gate : gates) require_step(gate, h, x, "one gated step");
  const mat z = sigmoid(sums_of(gates[0], h, x));
  const mat r = sigmoid(sums_of(gates[1], h, x));
  const mat n = tanh(sums_of(gates[2], r % h, x));
  return (1 - z) % n + z % h;
}

}  // namespace nn
