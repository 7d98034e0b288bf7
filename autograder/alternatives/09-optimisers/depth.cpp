// Row by row, the way back along three paths (z itself, the mean, the variance), and products with diagonal matrices.
#include <cmath>
#include <stdexcept>

#include "nn/optimisers.hpp"

namespace nn {

vec slope_norms(const Network& network, const mat& X, const mat& T, Loss loss) {
  std::vector<real> norms;
  for (const mat& dZ : backward_deltas(network, forward_trace(network, X), T, loss))
    norms.push_back(std::sqrt(trace(dZ * dZ.t())));
  return vec(norms);
}

uvec dead_units(const Network& network, const mat& X) {
  const std::vector<mat> Z = forward_trace(network, X).Z;
  uvec dead(network.size());
  for (std::size_t l = 0; l < Z.size(); ++l) {
    dead(l) = 0;
    if (network[l].activation != Activation::relu) continue;
    for (uword i = 0; i < Z[l].n_rows; ++i) {
      bool awake = false;
      for (uword j = 0; j < Z[l].n_cols; ++j) awake = awake || Z[l](i, j) > 0;
      dead(l) += awake ? 0 : 1;
    }
  }
  return dead;
}

Scaling scaling_of(const mat& X) {
  if (X.n_cols == 0) throw std::invalid_argument("no samples");
  Scaling scaling{X * vec(X.n_cols, arma::fill::ones) / X.n_cols, vec(X.n_rows)};
  for (uword i = 0; i < X.n_rows; ++i)
    scaling.deviation(i) =
        X.row(i).max() == X.row(i).min() ? 0 : norm(X.row(i) - scaling.mean(i)) / std::sqrt(real(X.n_cols));
  return scaling;
}

mat standardise(mat X, const Scaling& scaling) {
  if (scaling.mean.n_elem != X.n_rows || scaling.deviation.n_elem != X.n_rows)
    throw std::invalid_argument("the scaling belongs to other data");
  vec factor(X.n_rows, arma::fill::zeros);
  for (uword i = 0; i < X.n_rows; ++i)
    if (scaling.deviation(i) > 0) factor(i) = 1 / scaling.deviation(i);
  return arma::diagmat(factor) * (X - repmat(scaling.mean, 1, X.n_cols));
}

Normalised batch_norm(const mat& Z, const vec& gamma, const vec& beta, real epsilon) {
  if (Z.n_cols == 0 || gamma.n_elem != Z.n_rows || beta.n_elem != Z.n_rows)
    throw std::invalid_argument("one gamma and one beta a row, and at least one sample");
  const Scaling scaling = scaling_of(Z);
  const vec variance = square(scaling.deviation);
  const mat H = arma::diagmat(1 / sqrt(variance + epsilon)) * (Z - repmat(scaling.mean, 1, Z.n_cols));
  return {arma::diagmat(gamma) * H + repmat(beta, 1, Z.n_cols), H, scaling.mean, variance};
}

NormGradients batch_norm_backward(const Normalised& n, const vec& gamma, const mat& dY, real epsilon) {
  if (size(dY) != size(n.H) || gamma.n_elem != dY.n_rows) throw std::invalid_argument("the slopes do not fit");
  const real N = real(dY.n_cols);
  NormGradients g{mat(size(dY)), vec(dY.n_rows), vec(dY.n_rows)};
  for (uword i = 0; i < dY.n_rows; ++i) {
    g.dgamma(i) = dot(dY.row(i), n.H.row(i));
    g.dbeta(i) = accu(dY.row(i));
    const real root = std::sqrt(n.variance(i) + epsilon);
    const rowvec dH = gamma(i) * dY.row(i), deviations = root * n.H.row(i);
    const real dvariance = -dot(dH, deviations) / (2 * root * root * root);
    const real dmean = -accu(dH) / root - 2 * dvariance * accu(deviations) / N;
    g.dZ.row(i) = dH / root + dvariance * 2 / N * deviations + dmean / N;
  }
  return g;
}

Layer fold_norm(Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon) {
  const uword m = layer.W.n_rows;
  if (gamma.n_elem != m || beta.n_elem != m || mean.n_elem != m || variance.n_elem != m)
    throw std::invalid_argument("one number a unit");
  for (uword i = 0; i < m; ++i) {
    const real root = std::sqrt(variance(i) + epsilon);
    for (uword j = 0; j < layer.W.n_cols; ++j) layer.W(i, j) *= gamma(i) / root;
    layer.b(i) = gamma(i) * (layer.b(i) - mean(i)) / root + beta(i);
  }
  return layer;
}

}  // namespace nn
