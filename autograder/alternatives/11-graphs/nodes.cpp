// Columns become products with rows of ones, and each loss is a sum over samples.
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/graph.hpp"
#include "nn/support/operands.hpp"

namespace nn {

static mat ones_beside(const mat& B, const mat& A) {
  return serves_all_columns(B, A) ? mat(B * rowvec(A.n_cols, arma::fill::ones)) : B;
}

mat node_forward(const Node& node, const Values& values, mat reuse) {
  require_operands(node, values, "node_forward");
  if (node.op == Op::input || node.op == Op::parameter) return reuse;
  const mat& A = values[node.inputs[0]];
  if (node.op == Op::scale) return A * node.factor;
  if (node.op == Op::sum) return mat(1, 1).fill(accu(A));
  if (node.op == Op::activate) {
    const Layer alone{arma::eye<mat>(A.n_rows, A.n_rows), vec(A.n_rows, arma::fill::zeros), node.activation};
    return forward_trace({alone}, A).A[0];
  }
  const mat& B = values[node.inputs[1]];
  if (node.op == Op::matmul) return A * B;
  if (node.op == Op::add) return A + ones_beside(B, A);
  if (node.op == Op::multiply) return A % ones_beside(B, A);
  real total = 0;
  for (uword n = 0; n < A.n_cols; ++n) {
    const vec a = A.col(n), t = B.col(n);
    if (node.op == Op::squared) total += dot(a - t, a - t) / 2;
    else if (node.op == Op::cross_entropy) total += accu(t) * (a.max() + std::log(accu(exp(a - a.max())))) - dot(t, a);
    else
      for (uword r = 0; r < a.n_elem; ++r)
        total += a(r) > 0 ? std::log1p(std::exp(-a(r))) + (1 - t(r)) * a(r) : std::log1p(std::exp(a(r))) - t(r) * a(r);
  }
  return mat(1, 1).fill(total / real(A.n_cols));
}

static mat slope_of_loss(Op op, bool of_targets, const mat& A, const mat& T) {
  mat slope(size(A));
  for (uword n = 0; n < A.n_cols; ++n) {
    const vec a = A.col(n), t = T.col(n), p = softmax(a);
    if (op == Op::squared) slope.col(n) = of_targets ? vec(t - a) : vec(a - t);
    else if (op == Op::binary_cross_entropy) slope.col(n) = of_targets ? vec(-a) : vec(sigmoid(a) - t);
    else if (of_targets) slope.col(n) = a.max() + std::log(accu(exp(a - a.max()))) - a;
    else slope.col(n) = p * accu(t) - t;
  }
  return slope / real(A.n_cols);
}

mat node_backward(const Node& node, uword which, const Values& values, const mat& value, const mat& gradient, mat) {
  require_operands(node, values, "node_backward");
  if (which >= node.inputs.size()) throw std::invalid_argument("no such input");
  if (size(gradient) != size(value)) throw std::invalid_argument("shapes");
  const mat& A = values[node.inputs[0]];
  if (node.op == Op::scale) return gradient * node.factor;
  if (node.op == Op::sum) return gradient(0) * mat(size(A), arma::fill::ones);
  if (node.op == Op::activate) return activation_backward(node.activation, A, value, gradient);
  const mat& B = values[node.inputs[1]];
  const DenseGradients product = node.op == Op::matmul ? dense_backward(A, B, gradient) : DenseGradients{};
  if (node.op == Op::matmul) return which == 0 ? product.dW : product.dX;
  if (node.op != Op::add && node.op != Op::multiply) return gradient(0) * slope_of_loss(node.op, which == 1, A, B);
  mat slope = gradient;
  if (node.op == Op::multiply) slope %= which == 0 ? ones_beside(B, A) : A;
  if (which == 0 || !serves_all_columns(B, A)) return slope;
  return slope * vec(A.n_cols, arma::fill::ones);
}

}  // namespace nn
