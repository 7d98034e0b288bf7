// Another complete answer: loops over columns and entries, a small number added where ours clamps.
// Good here: a loop shows what one sample costs before the mean is taken.
// Good in ours: one expression for all samples, and the smallest guard against log 0, so that no loss is changed by
// it.
#include "nn/losses.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/support/todo.hpp"

namespace nn {

static constexpr real epsilon = 1e-7;

static void check_shapes(const mat& A, const mat& B) {
  if (size(A) != size(B)) throw std::invalid_argument("the shapes differ");
  if (A.n_cols == 0 || A.n_rows == 0) throw std::invalid_argument("there is no sample");
}

template <class Term>
static real average(const mat& A, const mat& B, Term term) {
  check_shapes(A, B);
  real total = 0;
  for (uword n = 0; n < A.n_cols; ++n) {
    real sample = 0;
    for (uword k = 0; k < A.n_rows; ++k) sample += term(A(k, n), B(k, n));
    total += sample / A.n_cols;
  }
  return total;
}

template <class Slope>
static mat each(const mat& A, const mat& B, Slope slope) {
  check_shapes(A, B);
  mat G(A.n_rows, A.n_cols);
  for (uword n = 0; n < A.n_cols; ++n)
    for (uword k = 0; k < A.n_rows; ++k) G(k, n) = slope(A(k, n), B(k, n)) / A.n_cols;
  return G;
}

real mean_squared_error(const mat& Y, const mat& T) {
  check_shapes(Y, T);
  return std::pow(norm(Y - T, "fro"), 2) / 2 / Y.n_cols;
}

real classification_error(const mat& Y, const mat& T) {
  check_shapes(Y, T);
  int right = 0;
  for (uword n = 0; n < Y.n_cols; ++n) right += Y.col(n).index_max() == T.col(n).index_max();
  return 1 - right / real(Y.n_cols);
}

mat one_hot(const uvec& labels, uword classes) {
  if (any(labels >= classes)) throw std::invalid_argument("a label is too large");
  const mat I(classes, classes, arma::fill::eye);
  return I.cols(labels);
}

real cross_entropy(const mat& P, const mat& T) {
  return average(P, T, [](real p, real t) { return -t * std::log(p + epsilon); });
}

real binary_cross_entropy(const mat& P, const mat& T) {
  return average(P, T, [](real p, real t) {
    p = std::min(std::max(p, epsilon), 1 - epsilon);
    return -t * std::log(p) - (1 - t) * std::log(1 - p);
  });
}

real softmax_cross_entropy(const mat& Z, const mat& T) {
  check_shapes(Z, T);
  real total = 0;
  for (uword n = 0; n < Z.n_cols; ++n) {
    const real largest = Z.col(n).max();
    total += largest + std::log(accu(exp(Z.col(n) - largest))) - dot(T.col(n), Z.col(n));
  }
  return total / Z.n_cols;
}

real logistic_loss(const rowvec& z, const rowvec& y) {
  return average(z, y, [](real score, real label) {
    const real m = label * score;
    return m < -35 ? -m : std::log1p(std::exp(-m));
  });
}

real hinge(const rowvec& z, const rowvec& y) {
  return average(z, y, [](real score, real label) { return label * score < 1 ? 1 - label * score : 0; });
}

real perceptron_criterion(const rowvec& z, const rowvec& y) {
  return average(z, y, [](real score, real label) { return (std::abs(score) - label * score) / 2; });
}

mat mean_squared_error_gradient(const mat& Y, const mat& T) {
  return each(Y, T, [](real y, real t) { return y - t; });
}

mat cross_entropy_gradient(const mat& P, const mat& T) {
  return each(P, T, [](real p, real t) { return -t / (p + epsilon); });
}

mat binary_cross_entropy_gradient(const mat& P, const mat& T) {
  return each(P, T, [](real p, real t) {
    p = std::min(std::max(p, epsilon), 1 - epsilon);
    return (p - t) / (p * (1 - p));
  });
}

mat softmax_cross_entropy_gradient(const mat& Z, const mat& T) {
  check_shapes(Z, T);
  mat G(Z.n_rows, Z.n_cols);
  for (uword n = 0; n < Z.n_cols; ++n) {
    const vec e = exp(Z.col(n) - Z.col(n).max());
    G.col(n) = (e / accu(e) - T.col(n)) / Z.n_cols;
  }
  return G;
}

rowvec logistic_loss_gradient(const rowvec& z, const rowvec& y) {
  return each(z, y, [](real score, real label) { return -label / (1 + std::exp(label * score)); });
}

rowvec hinge_gradient(const rowvec& z, const rowvec& y) {
  return each(z, y, [](real score, real label) { return label * score < 1 ? -label : 0; });
}

rowvec perceptron_criterion_gradient(const rowvec& z, const rowvec& y) {
  return each(z, y, [](real score, real label) { return label * score < 0 ? -label : 0; });
}

}  // namespace nn
