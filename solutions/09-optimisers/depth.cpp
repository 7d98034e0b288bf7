// Lesson 9, depth: what becomes of slopes on their way back, and layers that keep them alive.
#include <cmath>

#include "nn/optimisers.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

vec slope_norms(const Network& network, const mat& X, const mat& T, Loss loss) {
  //> 9.6
  const std::vector<mat> dZ = backward_deltas(network, forward_trace(network, X), T, loss);
  vec norms(dZ.size());
  for (uword l = 0; l < dZ.size(); ++l) norms(l) = norm(dZ[l], "fro");
  return norms;
  //<
}

uvec dead_units(const Network& network, const mat& X) {
  //> 9.6
  const Trace trace = forward_trace(network, X);
  uvec dead(network.size(), arma::fill::zeros);
  for (uword l = 0; l < network.size(); ++l)
    if (network[l].activation == Activation::relu) dead(l) = accu(max(trace.Z[l], 1) <= 0);
  return dead;
  //<
}

Scaling scaling_of(const mat& X) {
  //> 9.6
  require(X.n_cols > 0, "scaling_of", "X has no columns");
  return {mean(X, 1), stddev(X, 1, 1)};
  //<
}

mat standardise(mat X, const Scaling& scaling) {
  //> 9.6
  require_shape(scaling.mean.n_elem, X.n_rows, "standardise", "the mean", "entries", "rows of X");
  require_shape(scaling.deviation.n_elem, X.n_rows, "standardise", "the deviation", "entries", "rows of X");
  for (uword i = 0; i < X.n_rows; ++i)
    if (scaling.deviation(i) == 0) X.row(i).zeros();
    else X.row(i) = (X.row(i) - scaling.mean(i)) / scaling.deviation(i);
  return X;
  //<
}

Normalised batch_norm(const mat& Z, const vec& gamma, const vec& beta, real epsilon) {
  //> 9.7
  require(Z.n_cols > 0, "batch_norm", "Z has no columns");
  require_shape(gamma.n_elem, Z.n_rows, "batch_norm", "gamma", "entries", "rows of Z");
  require_shape(beta.n_elem, Z.n_rows, "batch_norm", "beta", "entries", "rows of Z");
  Normalised result{{}, {}, mean(Z, 1), var(Z, 1, 1)};
  result.H = Z.each_col() - result.mean;
  result.H.each_col() /= sqrt(result.variance + epsilon);
  result.Y = result.H.each_col() % gamma;
  result.Y.each_col() += beta;
  return result;
  //<
}

NormGradients batch_norm_backward(const Normalised& normalised, const vec& gamma, const mat& dY, real epsilon) {
  //> 9.7
  const mat& H = normalised.H;
  require_same_shape(dY, H, "batch_norm_backward", "dY", "H");
  require_shape(gamma.n_elem, H.n_rows, "batch_norm_backward", "gamma", "entries", "rows of H");
  NormGradients g{dY, sum(dY % H, 1), sum(dY, 1)};
  g.dZ.each_col() -= g.dbeta / H.n_cols;
  g.dZ -= H.each_col() % (g.dgamma / H.n_cols);
  g.dZ.each_col() %= gamma / sqrt(normalised.variance + epsilon);
  return g;
  //<
}

Layer fold_norm(Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon) {
  //> 9.7
  for (const vec* each : {&gamma, &beta, &mean, &variance})
    require_shape(each->n_elem, layer.W.n_rows, "fold_norm", "gamma, beta, mean or variance", "entries", "rows of W");
  const vec s = gamma / sqrt(variance + epsilon);
  layer.W.each_col() %= s;
  layer.b = s % (layer.b - mean) + beta;
  return layer;
  //<
}

}  // namespace nn
