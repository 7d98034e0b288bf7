#include "nn/losses.hpp"

#include <limits>

#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- the checks that every loss shares, and the smallest probability that it takes for one
static void require_same(const mat& A, const mat& B, const char* function) {
  require_same_shape(B, A, function, "the second argument", "the first");
  require(!A.empty(), function, "there is no sample");
}

static constexpr real tiny = std::numeric_limits<real>::min();
//<

real mean_squared_error(const mat& Y, const mat& T) {
  //> 4.1
  require_same(Y, T, "mean_squared_error");
  return accu(square(Y - T)) / (2 * Y.n_cols);
  //<
}

real classification_error(const mat& Y, const mat& T) {
  //> 4.2
  require_same(Y, T, "classification_error");
  return real(accu(predict(Y) != predict(T))) / Y.n_cols;
  //<
}

mat one_hot(const uvec& labels, uword classes) {
  //> 4.3
  mat T(classes, labels.n_elem, arma::fill::zeros);
  for (uword j = 0; j < labels.n_elem; ++j) {
    require(labels(j) < classes, "one_hot", "label " + std::to_string(labels(j)) + " is no class");
    T(labels(j), j) = 1;
  }
  return T;
  //<
}

real cross_entropy(const mat& P, const mat& T) {
  //> 4.4
  require_same(P, T, "cross_entropy");
  return -accu(T % log(P + tiny)) / P.n_cols;
  //<
}

real binary_cross_entropy(const mat& P, const mat& T) {
  //> 4.5
  require_same(P, T, "binary_cross_entropy");
  return -accu(T % log(P + tiny) + (1 - T) % log(1 - P + tiny)) / P.n_cols;
  //<
}

real softmax_cross_entropy(const mat& Z, const mat& T) {
  //> 4.6
  require_same(Z, T, "softmax_cross_entropy");
  mat S = Z.each_row() - max(Z, 0);  // largest entry of each column 0: exp cannot overflow
  S.each_row() -= log(sum(exp(S), 0));
  return -accu(T % S) / Z.n_cols;
  //<
}

real logistic_loss(const rowvec& z, const rowvec& y) {
  //> 4.6
  require_same(z, y, "logistic_loss");
  const rowvec m = -y % z;  // log(1 + e^m) = max(0, m) + log(1 + e^-|m|): the exponent is never above 0
  return accu(relu(m) + log1p(exp(-abs(m)))) / z.n_elem;
  //<
}

real hinge(const rowvec& z, const rowvec& y) {
  //> 4.7
  require_same(z, y, "hinge");
  return accu(relu(1 - y % z)) / z.n_elem;
  //<
}

real perceptron_criterion(const rowvec& z, const rowvec& y) {
  //> 4.7
  require_same(z, y, "perceptron_criterion");
  return accu(relu(-y % z)) / z.n_elem;
  //<
}

mat mean_squared_error_gradient(const mat& Y, const mat& T) {
  //> 4.8
  require_same(Y, T, "mean_squared_error_gradient");
  return (Y - T) / Y.n_cols;
  //<
}

mat cross_entropy_gradient(const mat& P, const mat& T) {
  //> 4.8
  require_same(P, T, "cross_entropy_gradient");
  return -T / clamp(P, tiny, 1) / P.n_cols;
  //<
}

mat binary_cross_entropy_gradient(const mat& P, const mat& T) {
  //> 4.8
  require_same(P, T, "binary_cross_entropy_gradient");
  return ((1 - T) / clamp(1 - P, tiny, 1) - T / clamp(P, tiny, 1)) / P.n_cols;
  //<
}

mat softmax_cross_entropy_gradient(const mat& Z, const mat& T) {
  //> 4.8
  require_same(Z, T, "softmax_cross_entropy_gradient");
  return (softmax(Z) - T) / Z.n_cols;
  //<
}

rowvec logistic_loss_gradient(const rowvec& z, const rowvec& y) {
  //> 4.8
  require_same(z, y, "logistic_loss_gradient");
  return -y % sigmoid(-y % z) / z.n_elem;
  //<
}

rowvec hinge_gradient(const rowvec& z, const rowvec& y) {
  //> 4.8
  require_same(z, y, "hinge_gradient");
  return -y % step(1 - y % z) / z.n_elem;
  //<
}

rowvec perceptron_criterion_gradient(const rowvec& z, const rowvec& y) {
  //> 4.8
  require_same(z, y, "perceptron_criterion_gradient");
  return -y % step(-y % z) / z.n_elem;
  //<
}

}  // namespace nn
