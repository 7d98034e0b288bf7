#include "nn/multilayer.hpp"

#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real xor_gate(real x1, real x2) {
  //> 2.1
  const real s1 = fire(nand_gate(), {x1, x2});
  const real s2 = fire(or_gate(), {x1, x2});
  return fire(and_gate(), {s1, s2});
  //<
}

Perceptron xor_by_feature() {
  //> 2.2
  return {{1, 1, -2}, -0.5};
  //<
}

real xor_or_minus_and(real x1, real x2) {
  //> 2.3
  return step(fire(or_gate(), {x1, x2}) - fire(and_gate(), {x1, x2}) - real(0.5));
  //<
}

mat dense(const mat& W, const vec& b, const mat& X) {
  //> 2.4
  require_shape(X.n_rows, W.n_cols, "dense", "X", "rows", "columns of W");
  require_shape(b.n_elem, W.n_rows, "dense", "b", "entries", "rows of W");
  mat Z = W * X;
  Z.each_col() += b;
  return Z;
  //<
}

mat forward_steps(const Network& network, const mat& X) {
  //> 2.5
  mat A = X;
  for (const Layer& layer : network) A = dense(layer.W, layer.b, A).transform([](real z) { return step(z); });
  return A;
  //<
}

Network xor_network() {
  //> 2.6
  return {{{{-1, -1}, {1, 1}}, {1.5, -0.5}, Activation::step},  // NAND, OR
          {{{1, 1}}, {-1.5}, Activation::step}};                // AND
  //<
}

Network xor_relu_network() {
  //> 2.7
  return {{{{1, -1}, {-1, 1}}, {0, 0}, Activation::relu},  // x1 - x2 and x2 - x1, folded at 0
          {{{1, 1}}, {0}, Activation::identity}};          // their sum is |x1 - x2|
  //<
}

Network boolean_network(const uvec& truth_table) {
  //> 2.8
  uword n = 0;
  while ((uword(1) << n) < truth_table.n_elem) ++n;
  require(n >= 1 && truth_table.n_elem == uword(1) << n, "boolean_network",
          "the truth table has " + std::to_string(truth_table.n_elem) + " entries, expected 2^n with n >= 1");
  require(truth_table.max() <= 1, "boolean_network", "the truth table has an entry that is not 0 or 1");
  const uvec rows = find(truth_table == 1);  // one hidden unit recognises each input whose answer is 1
  Layer hidden{mat(rows.n_elem, n), vec(rows.n_elem), Activation::step};
  for (uword j = 0; j < rows.n_elem; ++j) {
    for (uword i = 0; i < n; ++i) hidden.W(j, i) = (rows(j) >> (n - 1 - i)) & 1 ? 1 : -1;
    hidden.b(j) = real(0.5) - accu(hidden.W.row(j) > 0);
  }
  return {hidden, {mat(1, rows.n_elem, arma::fill::ones), {-0.5}, Activation::step}};
  //<
}

Layer collapse(const std::vector<Layer>& layers) {
  //> 2.9
  require(!layers.empty(), "collapse", "no layers, expected at least one");
  Layer one{layers[0].W, layers[0].b, Activation::identity};
  for (uword l = 1; l < layers.size(); ++l) {
    require_shape(one.W.n_rows, layers[l].W.n_cols, "collapse", "a layer", "units", "columns of the next W");
    one = {layers[l].W * one.W, layers[l].W * one.b + layers[l].b, Activation::identity};
  }
  return one;
  //<
}

}  // namespace nn
