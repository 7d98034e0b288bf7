// Networks that read sequences: to begin with one, and whether one is whole.
//
//   Rng rng(1);
//   Recurrent net = gated_cell(4, 24, 4, 3, rng);   // 4 inputs, 24 units, 4 outputs; it begins by keeping its state
#pragma once

#include <cmath>
#include <string>
#include <utility>

#include "nn/sequences.hpp"
#include "nn/support/shape.hpp"

namespace nn {

/// Throws std::invalid_argument unless x (d x N) and h (m x N) fit the gate, and each other.
inline void require_step(const Gate& gate, const mat& h, const mat& x, std::string_view function) {
  require_shape(gate.U.n_rows, gate.W.n_rows, function, "U", "rows", "rows of W");
  require_shape(gate.U.n_cols, gate.W.n_rows, function, "U", "columns", "rows of W");
  require_shape(gate.b.n_elem, gate.W.n_rows, function, "b", "entries", "rows of W");
  require_shape(x.n_rows, gate.W.n_cols, function, "x", "rows", "columns of W");
  require_shape(h.n_rows, gate.W.n_rows, function, "h", "rows", "rows of W");
  require_shape(h.n_cols, x.n_cols, function, "h", "columns", "columns of x");
}

/// Throws std::invalid_argument unless the network has the gates of its cell, all of one shape, and V and c fit them.
inline void require_recurrent(const Recurrent& net, std::string_view function) {
  require_shape(net.gates.size(), net.cell == Cell::plain ? 1 : 3, function, "the network", "gates",
                net.cell == Cell::plain ? "of a plain cell" : "of a gated cell");
  const mat& W = net.gates[0].W;
  for (const Gate& gate : net.gates) {
    require_same_shape(gate.W, W, function, "W of a gate", "that of the first");
    require_step(gate, mat(W.n_rows, 1), mat(W.n_cols, 1), function);
  }
  require_shape(net.V.n_cols, W.n_rows, function, "V", "columns", "rows of W");
  require_shape(net.c.n_elem, net.V.n_rows, function, "c", "entries", "rows of V");
}

/// The network with the numbers that the model's parameters hold, in the order of unroll (12.3).
inline Recurrent with_parameters(Recurrent net, const Model& model) {
  uword next = 0;
  const auto value = [&]() -> const mat& { return model.values.at(model.parameters.at(next++)); };
  for (Gate& gate : net.gates) {
    gate.W = value();
    gate.U = value();
    gate.b = value();
  }
  net.V = value();
  net.c = value();
  return net;
}

namespace detail {
inline mat drawn(uword rows, uword columns, Rng& rng) {
  return random_normal(rows, columns, rng) / std::sqrt(real(columns));
}
inline Gate drawn_gate(uword d, uword m, real bias, Rng& rng) {
  mat W = drawn(m, d, rng);
  mat U = drawn(m, m, rng);
  return {std::move(W), std::move(U), vec(m, arma::fill::value(bias))};
}
}  // namespace detail

/// A plain cell of d inputs, m units and k outputs: W, U and V are random_normal divided by the root of the number of
/// columns, drawn in this order, the biases 0.
inline Recurrent plain_cell(uword d, uword m, uword k, Rng& rng) {
  Gate gate = detail::drawn_gate(d, m, 0, rng);
  mat V = detail::drawn(k, m, rng);
  return {Cell::plain, {std::move(gate)}, std::move(V), vec(k, arma::fill::zeros)};
}

/// A gated cell, its three gates drawn in their order. The bias of the update gate is `keep`: with 3 the cell begins by
/// keeping 95 % of its state at each step, with 0 half of it.
inline Recurrent gated_cell(uword d, uword m, uword k, real keep, Rng& rng) {
  Gate update = detail::drawn_gate(d, m, keep, rng);
  Gate reset = detail::drawn_gate(d, m, 0, rng);
  Gate candidate = detail::drawn_gate(d, m, 0, rng);
  mat V = detail::drawn(k, m, rng);
  return {Cell::gated,
          {std::move(update), std::move(reset), std::move(candidate)},
          std::move(V),
          vec(k, arma::fill::zeros)};
}

}  // namespace nn
