// Lesson 13, prototypes: centres that stand for the samples around them, and bumps on top of these.
#include <cmath>

#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

//- what all functions of centres ask for
static void require_centres(const mat& C, const mat& X, std::string_view function) {
  require(C.n_cols > 0, function, "C has no columns, expected at least one centre");
  require_shape(X.n_rows, C.n_rows, function, "X", "rows", "rows of C");
}
//<

mat distances(const mat& C, const mat& X) {
  //> 13.1
  require_shape(X.n_rows, C.n_rows, "distances", "X", "rows", "rows of C");
  mat D = -2 * C.t() * X;  // |c - x|^2 = |c|^2 - 2 c.x + |x|^2
  D.each_col() += sum(square(C), 0).t();
  D.each_row() += sum(square(X), 0);
  return clamp(D, real(0), arma::Datum<real>::inf);  // rounding may have gone below 0
  //<
}

uvec nearest(const mat& C, const mat& X) {
  //> 13.1
  require_centres(C, X, "nearest");
  return index_min(distances(C, X), 0).t();
  //<
}

mat compete(mat C, const mat& X, const uvec& order, real rate) {
  //> 13.2
  require_centres(C, X, "compete");
  for (const uword n : order) {
    require(n < X.n_cols, "compete",
            "order has the entry " + std::to_string(n) + ", expected columns of X, 0 ... " + std::to_string(X.n_cols) +
                " - 1");
    const uword winner = nearest(C, X.col(n))(0);
    C.col(winner) += rate * (X.col(n) - C.col(winner));
  }
  return C;
  //<
}

Clusters k_means(const mat& X, mat C, uword steps) {
  //> 13.3
  require_centres(C, X, "k_means");
  require(X.n_cols > 0, "k_means", "X has no columns, expected at least one sample");
  std::vector<real> J;
  arma::urowvec before;
  for (uword step = 0;; ++step) {
    const mat D = distances(C, X);
    const arma::urowvec label = index_min(D, 0);  // assign
    J.push_back(mean(min(D, 0)));
    if (step == steps || (step > 0 && all(label == before))) return {C, J};
    for (uword j = 0; j < C.n_cols; ++j) {  // average
      const uvec own = find(label == j);
      if (!own.empty()) C.col(j) = mean(X.cols(own), 1);
    }
    before = label;
  }
  //<
}

real rbf_width(const mat& C) {
  //> 13.4
  require(C.n_cols > 1, "rbf_width", "C has " + std::to_string(C.n_cols) + " columns, expected at least two centres");
  mat D = distances(C, C);
  D.diag().fill(arma::Datum<real>::inf);  // not itself
  return std::sqrt(mean(min(D, 0)));
  //<
}

mat rbf(const mat& C, real width, const mat& X) {
  //> 13.4
  require(width > 0, "rbf", "the width is " + std::to_string(width) + ", expected more than 0");
  return exp(-distances(C, X) / (2 * width * width));
  //<
}

real separable_share(uword n, uword d) {
  //> 13.4
  require(n > 0 && d > 0, "separable_share",
          "n is " + std::to_string(n) + " and d is " + std::to_string(d) + ", expected at least 1 of each");
  vec heads(d);  // the chance of i heads in so many tosses of a coin: tosses over i, divided by 2^tosses
  heads(0) = 1;
  for (uword tosses = 1; tosses < n; ++tosses)
    for (uword i = d; i-- > 0;) heads(i) = (heads(i) + (i > 0 ? heads(i - 1) : 0)) / 2;
  return sum(heads);
  //<
}

Layer rbf_fit(const mat& Phi, const mat& T, real ridge) {
  //> 13.5
  require_shape(T.n_cols, Phi.n_cols, "rbf_fit", "T", "columns", "columns of Phi");
  require(Phi.n_cols > 0, "rbf_fit", "Phi has no columns, expected at least one sample");
  require(ridge >= 0, "rbf_fit", "ridge is " + std::to_string(ridge) + ", expected 0 or more");
  const vec phi = mean(Phi, 1), t = mean(T, 1);  // the best b is t - W phi: take both means off, and b is gone
  const mat P = Phi.each_col() - phi, Q = T.each_col() - t;
  const mat ridges = ridge * arma::eye<mat>(P.n_rows, P.n_rows);
  const mat W = solve(P * P.t() + ridges, P * Q.t()).t();  // W (P P' + ridge I) = Q P', m x k
  return {W, t - W * phi, Activation::identity};
  //<
}

}  // namespace nn
