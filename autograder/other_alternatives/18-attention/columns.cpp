// Softmax column by column with its checks before it; normalising by whole rows of means, and back by the formula.
#include <stdexcept>

#include "nn/attention.hpp"

namespace nn {

mat soft_columns(const mat& S) {
  if (S.n_rows == 0) throw std::invalid_argument("soft_columns: nothing to share out among");
  mat P(S.n_rows, S.n_cols);
  for (uword t = 0; t < S.n_cols; ++t) {
    const vec s = S.col(t);
    const real top = s.max();
    if (s.has_nan() || top == arma::Datum<real>::inf) throw std::invalid_argument("soft_columns: not a number");
    if (top == -arma::Datum<real>::inf) throw std::invalid_argument("soft_columns: a column that may look nowhere");
    const vec e = arma::exp(s - top);
    P.col(t) = e / arma::accu(e);
  }
  return P;
}

mat soft_columns_back(const mat& P, const mat& G) {
  if (size(P) != size(G)) throw std::invalid_argument("soft_columns_back: a slope for each probability");
  mat D = G;
  D.each_row() -= rowvec(arma::sum(P % G, 0));
  return P % D;
}

mat normalise_columns(const mat& X) {
  if (X.n_rows == 0) throw std::invalid_argument("normalise_columns: columns of nothing");
  mat Y = X;
  Y.each_row() -= rowvec(arma::mean(X, 0));
  const rowvec deviation = arma::sqrt(arma::mean(Y % Y, 0) + real(1e-5));
  Y.each_row() /= deviation;
  return Y;
}

mat normalise_columns_back(const mat& X, const mat& G) {
  if (X.n_rows == 0) throw std::invalid_argument("normalise_columns_back: columns of nothing");
  if (size(X) != size(G)) throw std::invalid_argument("normalise_columns_back: a slope for each number");
  const mat Y = normalise_columns(X);
  const rowvec deviation = arma::sqrt(arma::var(X, 1, 0) + real(1e-5));
  const rowvec along = arma::mean(G % Y, 0);
  mat D = G;
  D.each_row() -= rowvec(arma::mean(G, 0));
  D -= Y.each_row() % along;
  D.each_row() /= deviation;
  return D;
}

}  // namespace nn
