// Another complete answer: loops for expressions, other algebra.
// Good here: identities of algebra do without a branch: (z + |z|) / 2 is relu, and sigmoid is a tanh that cannot
// overflow.
// Good in ours: each line is the formula of the text, and Armadillo takes the loop.
#include "nn/activations.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/todo.hpp"

namespace nn {

mat step(mat Z) { return arma::conv_to<mat>::from(Z > 0); }

mat sign(mat Z) {
  for (real& z : Z) z = z > 0 ? 1 : z < 0 ? -1 : 0;
  return Z;
}

mat identity(mat Z) { return 1 * Z; }

mat sigmoid(mat Z) { return (1 + arma::tanh(Z / 2)) / 2; }

mat tanh(mat Z) {
  for (real& z : Z) {
    const real e = std::exp(-2 * std::abs(z));  // at most 1, so nothing overflows
    z = (z < 0 ? -1 : 1) * (1 - e) / (1 + e);
  }
  return Z;
}

mat relu(mat Z) { return (Z + abs(Z)) / 2; }

mat leaky_relu(mat Z, real alpha) {
  for (uword j = 0; j < Z.n_cols; ++j)
    for (uword i = 0; i < Z.n_rows; ++i) Z(i, j) = std::max<real>(Z(i, j), alpha * Z(i, j));
  return Z;
}

mat elu(mat Z, real alpha) {
  for (real& z : Z) z = std::max<real>(z, 0) + alpha * (std::exp(std::min<real>(z, 0)) - 1);
  return Z;
}

mat hard_tanh(mat Z) { return (abs(Z + 1) - abs(Z - 1)) / 2; }

mat sigmoid_derivative(mat A) { return 0.25 - square(A - 0.5); }

mat tanh_derivative(mat A) { return (1 - A) % (1 + A); }

mat relu_derivative(mat Z) {
  mat slope(Z.n_rows, Z.n_cols, arma::fill::zeros);
  slope(find(Z > 0)).ones();
  return slope;
}

mat leaky_relu_derivative(mat Z, real alpha) {
  mat slope = arma::conv_to<mat>::from(Z > 0);
  return slope + alpha * (1 - slope);
}

mat elu_derivative(mat Z, real alpha) {
  for (real& z : Z) z = z <= 0 ? elu(mat(1, 1).fill(z), alpha)(0) + alpha : 1;
  return Z;
}

mat hard_tanh_derivative(mat Z) { return arma::conv_to<mat>::from(abs(Z) < 1); }

mat softmax(mat Z) {
  for (uword j = 0; j < Z.n_cols; ++j) {
    real largest = Z(0, j), sum = 0;
    for (uword i = 1; i < Z.n_rows; ++i) largest = std::max(largest, Z(i, j));
    for (uword i = 0; i < Z.n_rows; ++i) sum += std::exp(Z(i, j) - largest);
    const real log_sum = largest + std::log(sum);
    for (uword i = 0; i < Z.n_rows; ++i) Z(i, j) = std::exp(Z(i, j) - log_sum);
  }
  return Z;
}

mat forward(const Network& network, const mat& X) {
  if (network.empty()) return X;
  const Layer& last = network.back();
  const mat A = forward(Network(network.begin(), network.end() - 1), X);
  if (last.W.n_cols != A.n_rows || last.b.n_elem != last.W.n_rows)
    throw std::invalid_argument("forward: a layer does not fit");
  mat Z(last.W.n_rows, A.n_cols);
  for (uword n = 0; n < A.n_cols; ++n) Z.col(n) = last.W * A.col(n) + last.b;
  return activate(last.activation, Z);
}

uvec predict(const mat& Y) {
  if (Y.n_rows == 0) throw std::invalid_argument("predict: no rows");
  uvec labels(Y.n_cols);
  for (uword n = 0; n < Y.n_cols; ++n) {
    const auto column = Y.colptr(n);
    labels(n) = std::max_element(column, column + Y.n_rows) - column;
  }
  return labels;
}

}  // namespace nn
