// Another complete answer.
// Good here: recursion says what a network is, a last layer on a smaller network; XOR is told as "one of the two
// alone".
// Good in ours: a loop without a copy of the network, and one matrix product for all samples.
#include "nn/multilayer.hpp"

#include "nn/support/shape.hpp"

namespace nn {

real xor_gate(real x1, real x2) {
  const real only1 = fire(and_gate(), {x1, fire(not_gate(), {x2})});
  const real only2 = fire(and_gate(), {fire(not_gate(), {x1}), x2});
  return fire(or_gate(), {only1, only2});
}

Perceptron xor_by_feature() {
  return {{3, 5, -8}, 0};  // at (0, 0) and at (1, 1) the sum is exactly 0: silent
}

real xor_or_minus_and(real x1, real x2) { return fire(at_least(1, 2), {x1, x2}) - fire(at_least(2, 2), {x1, x2}); }

mat dense(const mat& W, const vec& b, const mat& X) {
  if (X.n_rows != W.n_cols) throw std::invalid_argument("dense: X does not fit W");
  if (b.n_elem != W.n_rows) throw std::invalid_argument("dense: b does not fit W");
  mat Z(W.n_rows, X.n_cols, arma::fill::zeros);
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 0; j < W.n_rows; ++j) {
      for (uword i = W.n_cols; i-- > 0;) Z(j, n) += W(j, i) * X(i, n);
      Z(j, n) += b(j);
    }
  return Z;
}

mat forward_steps(const Network& network, const mat& X) {
  if (network.empty()) return X;
  const Network before(network.begin(), network.end() - 1);
  const Layer& last = network.back();
  const mat Z = dense(last.W, last.b, forward_steps(before, X));
  return arma::conv_to<mat>::from(Z > 0);
}

Network xor_network() {
  return {{{{2, -3}, {-3, 2}, {1, 1}}, {-1, -1, 5}, Activation::sign},  // x1 alone, x2 alone, always
          {{{4, 4, 1}}, {-2}, Activation::identity}};
}

Network xor_relu_network() {
  return {{{{1, 1}, {1, 1}}, {0, -1}, Activation::relu}, {{{1, -2}}, {0}, Activation::identity}};
}

/// One hidden unit for every 0 of the table, silent for that input alone; the output wants all of them.
Network boolean_network(const uvec& truth_table) {
  const uword size = truth_table.n_elem;
  if (size < 2 || (size & (size - 1)) != 0) throw std::invalid_argument("boolean_network: not 2^n entries");
  if (any(truth_table > 1)) throw std::invalid_argument("boolean_network: an entry is not 0 or 1");
  uword n = 0;
  for (uword rest = size; rest > 1; rest /= 2) ++n;
  Layer hidden{mat(0, n), vec(), Activation::step};
  for (uword row = 0; row < size; ++row) {
    if (truth_table(row) == 1) continue;
    rowvec w(n);
    real ones = 0;
    for (uword i = 0, digits = row; i < n; ++i, digits /= 2) {
      w(n - 1 - i) = digits % 2 == 1 ? -2 : 2;
      ones += digits % 2;
    }
    hidden.W = join_cols(hidden.W, w);
    hidden.b = join_cols(hidden.b, vec{2 * ones - 1});
  }
  const uword units = hidden.W.n_rows;
  return {hidden, {mat(1, units, arma::fill::ones), {real(0.5) - real(units)}, Activation::step}};
}

/// From the last layer to the first.
Layer collapse(const std::vector<Layer>& layers) {
  if (layers.empty()) throw std::invalid_argument("collapse: no layers");
  Layer one = layers.back();
  one.activation = Activation::identity;
  for (std::size_t l = layers.size() - 1; l-- > 0;) {
    if (one.W.n_cols != layers[l].W.n_rows) throw std::invalid_argument("collapse: the layers do not fit");
    one.b = one.W * layers[l].b + one.b;
    one.W = one.W * layers[l].W;
  }
  return one;
}

}  // namespace nn
