// By the entry: losses are double loops over classes and samples, with the softmax of one column at a time; one column
// that serves all is widened first, so that add and multiply know only equal shapes.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/graph.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/operands.hpp"

namespace nn {
namespace {

mat widened(const mat& B, const mat& A) {
  if (size(A) == size(B)) return B;
  return repmat(B, 1, A.n_cols);
}

/// The sums of the columns of a slope where one column served all of them.
mat narrowed(const mat& G, const mat& B) {
  if (size(G) == size(B)) return G;
  return arma::sum(G, 1);
}

real largest(const vec& z) {
  real top = z(0);
  for (const real x : z) top = std::max(top, x);
  return top;
}

/// log of the softmax of one column.
vec log_shares(const vec& z) {
  const real top = largest(z);
  real sum = 0;
  for (const real x : z) sum += std::exp(x - top);
  return z - top - std::log(sum);
}

real log_of_one_plus_exp(real a) { return a > 0 ? a + std::log1p(std::exp(-a)) : std::log1p(std::exp(a)); }

real loss_of_column(Op op, const vec& a, const vec& t) {
  real loss = 0;
  const vec logs = op == Op::cross_entropy ? log_shares(a) : vec();
  for (uword i = 0; i < a.n_elem; ++i) {
    if (op == Op::squared) loss += (a(i) - t(i)) * (a(i) - t(i)) / 2;
    else if (op == Op::cross_entropy) loss -= t(i) == 0 ? 0 : t(i) * logs(i);
    else loss += log_of_one_plus_exp(a(i)) - t(i) * a(i);
  }
  return loss;
}

/// The slope of loss_of_column along a (which = 0) or t (which = 1).
vec slope_of_column(Op op, uword which, const vec& a, const vec& t) {
  if (op == Op::squared) return which == 0 ? vec(a - t) : vec(t - a);
  if (op == Op::binary_cross_entropy) return which == 0 ? vec(vec(sigmoid(a)) - t) : vec(-a);
  const vec logs = log_shares(a);
  return which == 0 ? vec(arma::exp(logs) * arma::accu(t) - t) : vec(-logs);
}

}  // namespace

mat node_forward(const Node& node, const Values& values, mat reuse) {
  require_operands(node, values, "a node forward");
  if (node.inputs.empty()) return reuse;
  const mat& A = values[node.inputs[0]];
  const mat& B = values[node.inputs.back()];
  switch (node.op) {
    case Op::add: return A + widened(B, A);
    case Op::multiply: return A % widened(B, A);
    case Op::matmul: return A * B;
    case Op::scale: return node.factor * A;
    case Op::activate: return activate(node.activation, A);
    case Op::sum: return mat(1, 1, arma::fill::value(arma::accu(A)));
    default: break;
  }
  real mean = 0;
  for (uword n = 0; n < A.n_cols; ++n) mean += loss_of_column(node.op, A.col(n), B.col(n)) / real(A.n_cols);
  return mat(1, 1, arma::fill::value(mean));
}

mat node_backward(const Node& node, uword which, const Values& values, const mat& value, const mat& gradient, mat) {
  require_operands(node, values, "a node backward");
  if (which >= node.inputs.size()) throw std::invalid_argument("a node backward: it has not so many inputs");
  if (size(gradient) != size(value)) throw std::invalid_argument("a node backward: a slope for each number");
  const mat& A = values[node.inputs[0]];
  const mat& B = values[node.inputs.back()];
  const mat& mine = values[node.inputs[which]];
  switch (node.op) {
    case Op::add: return which == 0 ? gradient : narrowed(gradient, mine);
    case Op::multiply: return which == 0 ? mat(gradient % widened(B, A)) : narrowed(gradient % A, mine);
    case Op::matmul: return which == 0 ? mat(gradient * B.t()) : mat(A.t() * gradient);
    case Op::scale: return node.factor * gradient;
    case Op::activate: return activation_backward(node.activation, A, value, gradient);
    case Op::sum: return mat(size(A), arma::fill::value(gradient(0)));
    default: break;
  }
  mat slope(size(A));
  for (uword n = 0; n < A.n_cols; ++n)
    slope.col(n) = slope_of_column(node.op, which, A.col(n), B.col(n)) * (gradient(0) / real(A.n_cols));
  return slope;
}

}  // namespace nn
