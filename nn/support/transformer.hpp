// Networks that look back: to begin with one, whether one is whole, and its three ops as terms (term.hpp).
//
//   Rng rng(1);
//   Transformer net = transformer(20, positions(32, 24, 100), 2, 2, 64, rng);   // 20 symbols, two blocks of two heads
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "nn/attention.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/term.hpp"

namespace nn {

/// A node by columns: by_columns(ColumnOp::softmax, scores + mask).
inline Term by_columns(ColumnOp op, Term a) { return add_node(*a.graph, {Op(op), {a.node}}); }
inline Term transpose(Term a) { return by_columns(ColumnOp::transpose, a); }

/// Whether the op is one of ColumnOp. It has then the one input A, or it is an error.
inline bool is_column_op(Op op) {
  return op == Op(ColumnOp::transpose) || op == Op(ColumnOp::softmax) || op == Op(ColumnOp::normalise);
}

/// Throws std::invalid_argument unless there are heads, and all fit tokens of d rows.
inline void require_heads(const std::vector<Head>& heads, uword d, std::string_view function) {
  require(!heads.empty(), function, "no head, expected at least one");
  for (const Head& head : heads) {
    require_shape(head.Q.n_cols, d, function, "Q of a head", "columns", "rows of a token");
    require_same_shape(head.K, head.Q, function, "K of a head", "its Q");
    require_same_shape(head.V, head.Q, function, "V of a head", "its Q");
    require_same_shape(head.O.n_cols, head.O.n_rows, head.Q.n_rows, head.Q.n_cols, function, "O of a head, turned,",
                       "its Q");
  }
}

/// Throws std::invalid_argument unless all parts of the network fit each other.
inline void require_transformer(const Transformer& net, std::string_view function) {
  const uword d = net.E.n_rows;
  require(d > 0 && net.E.n_cols > 0, function, "E is empty");
  require_shape(net.P.n_rows, d, function, "P", "rows", "rows of E");
  for (const Block& block : net.blocks) {
    require_heads(block.heads, d, function);
    require_shape(block.W1.n_cols, d, function, "W1", "columns", "rows of E");
    require_shape(block.b1.n_elem, block.W1.n_rows, function, "b1", "entries", "rows of W1");
    require_shape(block.W2.n_cols, block.W1.n_rows, function, "W2", "columns", "rows of W1");
    require_shape(block.W2.n_rows, d, function, "W2", "rows", "rows of E");
    require_shape(block.b2.n_elem, d, function, "b2", "entries", "rows of E");
  }
}

/// Throws std::invalid_argument unless the token is a symbol of the network.
inline void require_token(const Transformer& net, uword token, std::string_view function) {
  require(token < net.E.n_cols, function,
          "there is no symbol " + std::to_string(token) + ", expected one below " + std::to_string(net.E.n_cols));
}

/// Calls act on each matrix and vector of a network, in the order of attention_graph (18.6).
template <class Net, class Act>
void for_each_parameter(Net& net, Act act) {
  act(net.E);
  act(net.P);
  for (auto& block : net.blocks) {
    for (auto& head : block.heads) {
      act(head.Q);
      act(head.K);
      act(head.V);
      act(head.O);
    }
    act(block.W1);
    act(block.b1);
    act(block.W2);
    act(block.b2);
  }
}

/// The network with the numbers that the model's parameters hold, in the order of attention_graph (18.6).
inline Transformer with_parameters(Transformer net, const Model& model) {
  uword next = 0;
  for_each_parameter(net, [&](auto& numbers) { numbers = model.values.at(model.parameters.at(next++)); });
  return net;
}

/// A network of k symbols to begin with: `blocks` blocks of so many heads, d / heads rows each, and ReLU layers of w
/// units. P is `places` (d x longest) divided by the root of d: about as large as E, so that neither drowns the other.
/// E, and Q, K, V, O of each head, W1 and W2 of each block in turn are random_normal divided by the root of their
/// number of columns (E: of rows); b1 and b2 are 0.
inline Transformer transformer(uword k, const mat& places, uword blocks, uword heads, uword w, Rng& rng) {
  const uword d = places.n_rows, rows = d / heads;
  const auto drawn = [&](uword m, uword n, uword inputs) -> mat {
    return random_normal(m, n, rng) / std::sqrt(real(inputs));
  };
  Transformer net;
  net.E = drawn(d, k, d);
  net.P = places / std::sqrt(real(d));
  for (uword b = 0; b < blocks; ++b) {
    Block block;
    for (uword h = 0; h < heads; ++h) {
      Head head;
      head.Q = drawn(rows, d, d);
      head.K = drawn(rows, d, d);
      head.V = drawn(rows, d, d);
      head.O = drawn(d, rows, rows);
      block.heads.push_back(std::move(head));
    }
    block.W1 = drawn(w, d, d);
    block.b1.zeros(w);
    block.W2 = drawn(d, w, w);
    block.b2.zeros(d);
    net.blocks.push_back(std::move(block));
  }
  return net;
}

}  // namespace nn
