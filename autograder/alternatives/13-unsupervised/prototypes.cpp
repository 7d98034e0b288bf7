// Sample by sample: loops over centres, running sums, binomials one from the other, the bias as the weight of a 1.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/unsupervised.hpp"

namespace nn {

mat distances(const mat& C, const mat& X) {
  if (C.n_rows != X.n_rows) throw std::invalid_argument("samples and centres have other coordinates");
  mat D(C.n_cols, X.n_cols);
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 0; j < C.n_cols; ++j) D(j, n) = std::pow(norm(C.col(j) - X.col(n)), real(2));
  return D;
}

uvec nearest(const mat& C, const mat& X) {
  if (C.n_cols == 0) throw std::invalid_argument("there is no centre");
  const mat D = distances(C, X);
  uvec labels(X.n_cols);
  for (uword n = 0; n < X.n_cols; ++n) labels(n) = D.col(n).index_min();
  return labels;
}

mat compete(mat C, const mat& X, const uvec& order, real rate) {
  if (C.n_cols == 0 || C.n_rows != X.n_rows) throw std::invalid_argument("nobody can compete");
  if (!order.empty() && order.max() >= X.n_cols) throw std::invalid_argument("there is no such sample");
  for (uword step = 0; step < order.n_elem; ++step) {
    const vec x = X.col(order(step));
    const uword winner = nearest(C, x)(0);
    C.col(winner) = (1 - rate) * C.col(winner) + rate * x;
  }
  return C;
}

Clusters k_means(const mat& X, mat C, uword steps) {
  if (X.n_cols == 0) throw std::invalid_argument("there is no sample");
  uvec label = nearest(C, X);
  const auto loss = [&] { return accu(square(X - C.cols(label))) / real(X.n_cols); };
  std::vector<real> J = {loss()};
  for (bool changes = true; changes && steps > 0; --steps) {
    mat sums(size(C), arma::fill::zeros);
    vec count(C.n_cols, arma::fill::zeros);
    for (uword n = 0; n < X.n_cols; ++n) sums.col(label(n)) += X.col(n), count(label(n)) += 1;
    for (uword j = 0; j < C.n_cols; ++j)
      if (count(j) > 0) C.col(j) = sums.col(j) / count(j);
    const uvec next = nearest(C, X);
    changes = any(next != label);
    label = next;
    J.push_back(loss());
  }
  return {C, J};
}

real rbf_width(const mat& C) {
  if (C.n_cols < 2) throw std::invalid_argument("a centre alone has no neighbour");
  vec nearest_other(C.n_cols);
  for (uword j = 0; j < C.n_cols; ++j) {
    mat others = C;
    others.shed_col(j);
    nearest_other(j) = distances(others, C.col(j)).min();
  }
  return std::sqrt(mean(nearest_other));
}

mat rbf(const mat& C, real width, const mat& X) {
  if (!(width > 0)) throw std::invalid_argument("a bump has a width");
  mat Phi = sqrt(distances(C, X)) / width;
  for (real& phi : Phi) phi = std::exp(-phi * phi / 2);
  return Phi;
}

real separable_share(uword n, uword d) {
  if (n == 0 || d == 0) throw std::invalid_argument("no points, or no coordinates");
  real share = 0;
  for (uword i = 0; i < std::min(n, d); ++i)
    share += std::exp(std::lgamma(real(n)) - std::lgamma(real(i + 1)) - std::lgamma(real(n - i)) -
                      real(n - 1) * std::log(real(2)));
  return share;
}

Layer rbf_fit(const mat& Phi, const mat& T, real ridge) {
  if (Phi.n_cols != T.n_cols || Phi.n_cols == 0 || !(ridge >= 0)) throw std::invalid_argument("nothing to fit");
  const uword k = Phi.n_rows, m = T.n_rows;
  // a sample more for each unit asks for a weight of 0, as loudly as the ridge says
  const mat samples = join_cols(join_rows(Phi.t(), vec(Phi.n_cols, arma::fill::ones)),
                                join_rows(std::sqrt(ridge) * arma::eye<mat>(k, k), vec(k, arma::fill::zeros)));
  const mat all = solve(samples, join_cols(T.t(), mat(k, m, arma::fill::zeros)));
  return {all.head_rows(k).t(), vectorise(all.tail_rows(1)), Activation::identity};
}

}  // namespace nn
