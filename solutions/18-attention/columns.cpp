// Lesson 18, two more nodes: what shares out attention, and what keeps numbers in bounds.
#include "nn/attention.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

mat soft_columns(const mat& S) {
  //> 18.1
  require(S.n_rows > 0, "soft_columns", "S has no rows");
  const arma::Row<real> highest = max(S, 0);
  for (uword t = 0; t < S.n_cols; ++t) {
    require(highest(t) > -arma::datum::inf, "soft_columns", "column " + std::to_string(t) + " may look nowhere");
    require(highest(t) < arma::datum::inf && !S.col(t).has_nan(), "soft_columns",
            "column " + std::to_string(t) + " holds what is no number");
  }
  mat P = exp(S.each_row() - highest);
  P.each_row() /= sum(P, 0);
  return P;
  //<
}

mat soft_columns_back(const mat& P, const mat& G) {
  //> 18.1
  require_same_shape(G, P, "soft_columns_back", "G", "P");
  return P % (G.each_row() - sum(P % G, 0));
  //<
}

//- the root of variance + epsilon, of each column less its mean
static rowvec deviation(const mat& centred) { return sqrt(mean(square(centred), 0) + real(1e-5)); }
//<

mat normalise_columns(const mat& X) {
  //> 18.2
  require(X.n_rows > 0, "normalise_columns", "X has no rows");
  mat Y = X.each_row() - mean(X, 0);
  Y.each_row() /= deviation(Y);
  return Y;
  //<
}

mat normalise_columns_back(const mat& X, const mat& G) {
  //> 18.2
  require(X.n_rows > 0, "normalise_columns_back", "X has no rows");
  require_same_shape(G, X, "normalise_columns_back", "G", "X");
  mat Y = X.each_row() - mean(X, 0);
  const rowvec sigma = deviation(Y);
  Y.each_row() /= sigma;
  mat dX = G - Y.each_row() % mean(G % Y, 0);
  dX.each_row() -= mean(G, 0);
  dX.each_row() /= sigma;
  return dX;
  //<
}

}  // namespace nn
