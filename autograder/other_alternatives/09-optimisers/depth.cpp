// Row by row: means and variances by plain sums, each row of a batch normalised by itself; a dead unit is one whose
// largest sum is not above 0.
#include <cmath>
#include <stdexcept>

#include "nn/optimisers.hpp"

namespace nn {

vec slope_norms(const Network& network, const mat& X, const mat& T, Loss loss) {
  const std::vector<mat> deltas = backward_deltas(network, forward_trace(network, X), T, loss);
  vec norms(deltas.size());
  for (uword l = 0; l < deltas.size(); ++l) {
    real squares = 0;
    for (const real d : deltas[l]) squares += d * d;
    norms(l) = std::sqrt(squares);
  }
  return norms;
}

uvec dead_units(const Network& network, const mat& X) {
  const Trace trace = forward_trace(network, X);
  uvec dead(network.size(), arma::fill::zeros);
  for (uword l = 0; l < network.size(); ++l) {
    if (network[l].activation != Activation::relu) continue;
    const mat& Z = trace.Z[l];
    for (uword j = 0; j < Z.n_rows; ++j) {
      bool speaks = false;
      for (uword n = 0; n < Z.n_cols && !speaks; ++n) speaks = Z(j, n) > 0;
      if (!speaks) ++dead(l);
    }
  }
  return dead;
}

Scaling scaling_of(const mat& X) {
  if (X.n_cols == 0) throw std::invalid_argument("scaling_of: no data");
  Scaling scaling{vec(X.n_rows, arma::fill::zeros), vec(X.n_rows, arma::fill::zeros)};
  for (uword i = 0; i < X.n_rows; ++i) {
    const rowvec row = X.row(i);
    scaling.mean(i) = arma::mean(row);
    scaling.deviation(i) = row.min() < row.max() ? arma::stddev(row, 1) : real(0);
  }
  return scaling;
}

mat standardise(mat X, const Scaling& scaling) {
  if (X.n_rows != scaling.mean.n_elem || X.n_rows != scaling.deviation.n_elem)
    throw std::invalid_argument("standardise: the scaling of other data");
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword i = 0; i < X.n_rows; ++i) {
      const real s = scaling.deviation(i);
      X(i, n) = s == 0 ? real(0) : (X(i, n) - scaling.mean(i)) / s;
    }
  return X;
}

Normalised batch_norm(const mat& Z, const vec& gamma, const vec& beta, real epsilon) {
  const uword m = Z.n_rows, N = Z.n_cols;
  if (N == 0) throw std::invalid_argument("batch_norm: a batch of no sample");
  if (gamma.n_elem != m || beta.n_elem != m) throw std::invalid_argument("batch_norm: a gamma and a beta for each row");
  Normalised out{mat(m, N), mat(m, N), vec(m), vec(m)};
  for (uword i = 0; i < m; ++i) {
    const rowvec z = Z.row(i);
    out.mean(i) = arma::accu(z) / real(N);
    const rowvec off = z - out.mean(i);
    out.variance(i) = arma::dot(off, off) / real(N);
    out.H.row(i) = off / std::sqrt(out.variance(i) + epsilon);
    out.Y.row(i) = gamma(i) * out.H.row(i) + beta(i);
  }
  return out;
}

NormGradients batch_norm_backward(const Normalised& normalised, const vec& gamma, const mat& dY, real epsilon) {
  const mat& H = normalised.H;
  const uword m = H.n_rows, N = H.n_cols;
  if (size(dY) != size(H)) throw std::invalid_argument("batch_norm_backward: a slope for each number");
  if (gamma.n_elem != m || normalised.variance.n_elem != m)
    throw std::invalid_argument("batch_norm_backward: a gamma and a variance for each row");
  NormGradients slopes{mat(m, N), vec(m), vec(m)};
  for (uword i = 0; i < m; ++i) {
    const rowvec g = dY.row(i), h = H.row(i);
    slopes.dgamma(i) = arma::dot(g, h);
    slopes.dbeta(i) = arma::accu(g);
    const rowvec felt = g - slopes.dbeta(i) / real(N) - h * (slopes.dgamma(i) / real(N));
    slopes.dZ.row(i) = felt * (gamma(i) / std::sqrt(normalised.variance(i) + epsilon));
  }
  return slopes;
}

Layer fold_norm(Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon) {
  const uword m = layer.W.n_rows;
  for (const vec* numbers : {static_cast<const vec*>(&layer.b), &gamma, &beta, &mean, &variance})
    if (numbers->n_elem != m) throw std::invalid_argument("fold_norm: one number for each unit");
  for (uword j = 0; j < m; ++j) {
    const real s = gamma(j) / std::sqrt(variance(j) + epsilon);
    layer.W.row(j) *= s;
    layer.b(j) = s * (layer.b(j) - mean(j)) + beta(j);
  }
  return layer;
}

}  // namespace nn
