// Pair by pair, by a basis of what the patterns span, and with sums that are kept up to date.
#include <cmath>
#include <stdexcept>

#include "nn/energy.hpp"

namespace nn {

static void signs_only(const mat& S) {
  for (const real s : S)
    if (s != 1 && s != -1) throw std::invalid_argument("not a sign");
}

real energy(const mat& W, const vec& s) {
  if (!W.is_square() || s.n_elem != W.n_rows) throw std::invalid_argument("does not fit");
  signs_only(s);
  real E = 0;
  for (uword i = 0; i < s.n_elem; ++i) {
    E -= W(i, i) / 2;
    for (uword j = 0; j < i; ++j) E -= (W(i, j) + W(j, i)) / 2 * s(i) * s(j);
  }
  return E;
}

mat store(const mat& P) {
  signs_only(P);
  mat W(P.n_rows, P.n_rows, arma::fill::zeros);
  for (uword k = 0; k < P.n_cols; ++k) W += P.col(k) * P.col(k).t();
  for (uword i = 0; i < P.n_rows; ++i) W(i, i) = 0;
  return W / real(P.n_rows);
}

mat store_projection(const mat& P) {
  if (P.is_empty()) throw std::invalid_argument("nothing to store");
  signs_only(P);
  const mat basis = orth(P);
  const mat W = basis * basis.t();
  return W - diagmat(W);
}

vec recall(const mat& W, vec s, Rng& rng, uword sweeps) {
  if (!W.is_square() || s.n_elem != W.n_rows) throw std::invalid_argument("does not fit");
  signs_only(s);
  uword quiet = 0;
  for (uword sweep = 0; sweep < sweeps && quiet < s.n_elem; ++sweep) {
    quiet = 0;
    for (const uword i : random_permutation(s.n_elem, rng)) {
      const real pull = s(i) * as_scalar(W.row(i) * s);
      if (pull < 0) s(i) = -s(i);
      else ++quiet;
    }
  }
  return s;
}

real remembered(uword n, uword p, real flipped, Rng& rng) {
  if (n == 0 || p == 0 || !(flipped >= 0 && flipped <= 1)) throw std::invalid_argument("nothing to remember");
  mat P(n, p);
  P.imbue([&] { return rng.uniform() >= real(0.5) ? real(1) : real(-1); });
  const mat W = store(P);
  mat found = P;
  for (uword k = 0; k < p; ++k) {
    const uvec order = random_permutation(n, rng);
    for (uword i = 0; i < uword(std::floor(double(flipped) * double(n) + 0.5)); ++i) found(order(i), k) *= -1;
    found.col(k) = recall(W, found.col(k), rng, 100);
  }
  return accu(found % P) / real(n * p);
}

}  // namespace nn
