// Another complete answer: loops for products, and slopes from z alone.
// Good here: each loop is the sum of the chain rule, index by index.
// Good in ours: the same sums as matrix products, for which a BLAS is made.
#include <cmath>

#include "nn/activations.hpp"
#include "nn/backprop.hpp"
#include "nn/support/activate.hpp"

namespace nn {

static void insist(bool fits, const char* what) {
  if (!fits) throw std::invalid_argument(what);
}

Slopes add_backward(real d) {
  Slopes slopes;
  slopes.dx += d;
  slopes.dy += d;
  return slopes;
}

Slopes multiply_backward(real x, real y, real d) {
  Slopes slopes;
  slopes.dx = y * d;
  slopes.dy = x * d;
  return slopes;
}

DenseGradients dense_backward(const mat& W, const mat& X, const mat& dZ) {
  insist(X.n_rows == W.n_cols, "dense_backward: X does not fit W");
  insist(dZ.n_rows == W.n_rows && dZ.n_cols == X.n_cols, "dense_backward: dZ does not fit W and X");
  DenseGradients g{mat(size(W), arma::fill::zeros), vec(W.n_rows, arma::fill::zeros), mat(size(X), arma::fill::zeros)};
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 0; j < W.n_rows; ++j) {
      const real slope = dZ(j, n);
      g.db(j) += slope;
      for (uword i = 0; i < W.n_cols; ++i) {
        g.dW(j, i) += slope * X(i, n);
        g.dX(i, n) += slope * W(j, i);
      }
    }
  return g;
}

static real slope_at(Activation phi, real z) {
  const real above = z > 0 ? 1 : 0;
  if (phi == Activation::identity) return 1;
  if (phi == Activation::sigmoid) return std::exp(-std::abs(z)) / std::pow(1 + std::exp(-std::abs(z)), 2);
  if (phi == Activation::tanh) return 1 / std::pow(std::cosh(z), 2);
  if (phi == Activation::relu) return above;
  if (phi == Activation::leaky_relu) return above + (1 - above) * leaky_relu_alpha;
  if (phi == Activation::elu) return z > 0 ? 1 : elu_alpha * std::exp(z);
  if (phi == Activation::hard_tanh) return std::abs(z) < 1 ? 1 : 0;
  return 0;
}

mat activation_backward(Activation phi, const mat& Z, const mat& A, mat dA) {
  insist(size(A) == size(Z) && size(dA) == size(Z), "activation_backward: shapes differ");
  if (phi == Activation::softmax) {
    mat dZ(size(Z));
    for (uword n = 0; n < Z.n_cols; ++n) {
      const mat jacobian = diagmat(A.col(n)) - A.col(n) * A.col(n).t();
      dZ.col(n) = jacobian * dA.col(n);
    }
    return dZ;
  }
  mat slopes = Z;
  slopes.transform([phi](real z) { return slope_at(phi, z); });
  return slopes % dA;
}

}  // namespace nn
