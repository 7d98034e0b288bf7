// Both products in one: [W U b] times x, h and a one, stacked; and sequence by sequence.
#include <cmath>
#include <stdexcept>

#include "nn/sequences.hpp"

namespace nn {

static mat sums_of(const Gate& gate, const mat& h, const mat& x) {
  const uword m = gate.W.n_rows;
  if (size(gate.U) != size(mat(m, m)) || gate.b.n_elem != m || x.n_rows != gate.W.n_cols || h.n_rows != m ||
      h.n_cols != x.n_cols)
    throw std::invalid_argument("gate, state and input do not fit");
  const mat weights = join_rows(gate.W, gate.U, mat(gate.b));
  return weights * join_cols(x, h, mat(1, x.n_cols, arma::fill::ones));
}

static mat between_0_and_1(const mat& S) { return (arma::tanh(S / 2) + 1) / 2; }

mat step_plain(const Gate& gate, const mat& h, const mat& x) { return arma::tanh(sums_of(gate, h, x)); }

mat step_gated(const std::vector<Gate>& gates, const mat& h, const mat& x) {
  if (gates.size() != 3) throw std::invalid_argument("three gates");
  const mat open = 1 - between_0_and_1(sums_of(gates[0], h, x));
  const mat seen = between_0_and_1(sums_of(gates[1], h, x)) % h;
  return h + open % (arma::tanh(sums_of(gates[2], seen, x)) - h);
}

Outputs run(const Recurrent& net, const std::vector<mat>& x, mat h) {
  if (net.gates.size() != (net.cell == Cell::gated ? 3u : 1u)) throw std::invalid_argument("gates");
  if (net.V.n_cols != net.gates[0].W.n_rows || net.c.n_elem != net.V.n_rows) throw std::invalid_argument("V or c");
  Outputs outputs;
  outputs.states.resize(x.size());
  outputs.logits.resize(x.size());
  for (uword t = 0; t < x.size(); ++t) {
    const mat& before = t == 0 ? h : outputs.states[t - 1];
    outputs.states[t] =
        net.gates.size() == 3 ? step_gated(net.gates, before, x[t]) : step_plain(net.gates.front(), before, x[t]);
    outputs.logits[t] = net.V * outputs.states[t] + net.c * rowvec(x[t].n_cols, arma::fill::ones);
  }
  return outputs;
}

}  // namespace nn
