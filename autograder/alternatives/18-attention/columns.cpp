// Column by column, as it stands in a book: the log of the sum, and means by name. The slope of the softmax is that of
// a product with the matrix of its own slopes; that of the normalisation leaves out the two directions that it cannot
// feel.
#include <cmath>
#include <stdexcept>

#include "nn/attention.hpp"

namespace nn {

mat soft_columns(const mat& S) {
  if (S.n_rows == 0) throw std::invalid_argument("soft_columns: S has no rows");
  mat P(size(S));
  for (uword t = 0; t < S.n_cols; ++t) {
    const vec s = S.col(t);
    const real highest = s.max();
    if (s.has_nan() || !std::isfinite(highest)) throw std::invalid_argument("soft_columns: a column cannot be shared");
    const real log_sum = highest + std::log(accu(exp(s - highest)));
    P.col(t) = exp(s - log_sum);
  }
  return P;
}

mat soft_columns_back(const mat& P, const mat& G) {
  if (size(P) != size(G)) throw std::invalid_argument("soft_columns_back: P and G differ in shape");
  mat slope(size(P));
  for (uword t = 0; t < P.n_cols; ++t) {
    const vec p = P.col(t);
    slope.col(t) = (diagmat(p) - p * p.t()) * G.col(t);
  }
  return slope;
}

namespace {
struct Even {
  vec y;
  real sigma;
};
Even even(const vec& x) {
  const real mean = accu(x) / real(x.n_elem),
             sigma = std::sqrt(dot(x - mean, x - mean) / real(x.n_elem) + real(0.00001));
  return {(x - mean) / sigma, sigma};
}
}  // namespace

mat normalise_columns(const mat& X) {
  if (X.n_rows == 0) throw std::invalid_argument("normalise_columns: X has no rows");
  mat Y(size(X));
  for (uword t = 0; t < X.n_cols; ++t) Y.col(t) = even(X.col(t)).y;
  return Y;
}

mat normalise_columns_back(const mat& X, const mat& G) {
  if (X.n_rows == 0 || size(X) != size(G)) throw std::invalid_argument("normalise_columns_back: X and G");
  const real m = real(X.n_rows);
  mat slope(size(X));
  for (uword t = 0; t < X.n_cols; ++t) {
    const auto [y, sigma] = even(X.col(t));
    const vec g = G.col(t);
    slope.col(t) = (g - accu(g) / m - y * (dot(g, y) / m)) / sigma;
  }
  return slope;
}

}  // namespace nn
