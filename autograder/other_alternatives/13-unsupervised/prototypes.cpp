// Each distance by itself, a difference squared: nothing can fall below 0. The means of k-means are taken over columns
// that are looked up, and the best layer is that of the centred samples.
#include <cmath>
#include <stdexcept>

#include "nn/unsupervised.hpp"

namespace nn {

mat distances(const mat& C, const mat& X) {
  if (C.n_rows != X.n_rows) throw std::invalid_argument("centres and samples of different length");
  mat D(C.n_cols, X.n_cols);
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 0; j < C.n_cols; ++j) D(j, n) = accu(square(C.col(j) - X.col(n)));
  return D;
}

uvec nearest(const mat& C, const mat& X) {
  if (C.n_cols == 0) throw std::invalid_argument("without a centre none is the nearest");
  return arma::index_min(distances(C, X), 0).t();
}

mat compete(mat C, const mat& X, const uvec& order, real rate) {
  if (C.n_rows != X.n_rows) throw std::invalid_argument("centres and samples of different length");
  if (C.n_cols == 0) throw std::invalid_argument("no centre competes");
  for (const uword n : order) {
    if (n >= X.n_cols) throw std::invalid_argument("the order names a sample that is not there");
    const uword winner = nearest(C, X.col(n))(0);
    C.col(winner) += rate * (X.col(n) - C.col(winner));
  }
  return C;
}

Clusters k_means(const mat& X, mat C, uword steps) {
  uvec whose = nearest(C, X);
  if (X.n_cols == 0) throw std::invalid_argument("k_means without samples");
  const auto spread = [&] { return arma::mean(rowvec(arma::min(distances(C, X), 0))); };
  std::vector<real> J = {spread()};
  while (J.size() <= steps) {
    for (uword j = 0; j < C.n_cols; ++j) {
      const uvec mine = arma::find(whose == j);
      if (!mine.empty()) C.col(j) = arma::mean(X.cols(mine), 1);
    }
    J.push_back(spread());
    const uvec now = nearest(C, X);
    if (arma::all(now == whose)) break;
    whose = now;
  }
  return {C, vec(J)};
}

real rbf_width(const mat& C) {
  if (C.n_cols < 2) throw std::invalid_argument("one centre alone has no neighbour");
  mat D = distances(C, C);
  D.diag().fill(arma::Datum<real>::inf);
  return std::sqrt(arma::mean(rowvec(arma::min(D, 0))));
}

mat rbf(const mat& C, real width, const mat& X) {
  if (!(width > 0)) throw std::invalid_argument("a bump must have a width");
  return arma::exp(-distances(C, X) / (2 * width * width));
}

real separable_share(uword n, uword d) {
  if (n == 0 || d == 0) throw std::invalid_argument("no points, or points without coordinates");
  real sum = 0, term = std::pow(real(2), 1 - real(n));
  for (uword i = 0; i < d && i < n; ++i) {
    sum += term;
    term *= real(n - 1 - i) / real(i + 1);
  }
  return sum;
}

Layer rbf_fit(const mat& Phi, const mat& T, real ridge) {
  if (Phi.n_cols != T.n_cols || Phi.n_cols == 0) throw std::invalid_argument("rbf_fit: an answer for each sample");
  if (!(ridge >= 0)) throw std::invalid_argument("rbf_fit: a ridge is not negative");
  const vec phi = arma::mean(Phi, 1), t = arma::mean(T, 1);
  const mat P = Phi.each_col() - phi, Q = T.each_col() - t;
  const mat W = arma::solve(P * P.t() + ridge * arma::eye<mat>(Phi.n_rows, Phi.n_rows), P * Q.t()).t();
  return {W, t - W * phi, Activation::identity};
}

}  // namespace nn
