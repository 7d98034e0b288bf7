// Pair by pair: each pair of units is looked at once and written on both sides of the diagonal, which stays 0. Sums are
// loops over units, and a unit that hears nothing new is passed over.
#include <cmath>
#include <stdexcept>

#include "nn/energy.hpp"

namespace nn {
namespace {

bool only_signs(const mat& S) {
  for (const real s : S)
    if (s != 1 && s != -1) return false;
  return true;
}

void check_state(const mat& W, const vec& s) {
  if (W.n_rows != W.n_cols) throw std::invalid_argument("weights between units are a square");
  if (W.n_rows != s.n_elem) throw std::invalid_argument("a state of another network");
  if (!only_signs(s)) throw std::invalid_argument("a unit is either -1 or 1");
}

}  // namespace

real energy(const mat& W, const vec& s) {
  check_state(W, s);
  real sum = 0;
  for (uword j = 0; j < s.n_elem; ++j)
    for (uword i = 0; i < s.n_elem; ++i) sum += W(i, j) * s(i) * s(j);
  return -sum / 2;
}

mat store(const mat& P) {
  if (!only_signs(P)) throw std::invalid_argument("a pattern is made of -1 and 1");
  const uword n = P.n_rows;
  mat W(n, n, arma::fill::zeros);
  for (uword i = 0; i < n; ++i)
    for (uword j = 0; j < i; ++j) {
      real agreed = 0;
      for (uword k = 0; k < P.n_cols; ++k) agreed += P(i, k) * P(j, k);
      W(i, j) = W(j, i) = agreed / real(n);
    }
  return W;
}

mat store_projection(const mat& P) {
  if (P.n_cols == 0) throw std::invalid_argument("nothing to store");
  if (!only_signs(P)) throw std::invalid_argument("a pattern is made of -1 and 1");
  const mat onto = P * arma::pinv(P);
  return onto - arma::diagmat(onto.diag());
}

vec recall(const mat& W, vec s, Rng& rng, uword sweeps) {
  check_state(W, s);
  bool moved = true;
  for (uword sweep = 0; moved && sweep < sweeps; ++sweep) {
    moved = false;
    for (const uword i : random_permutation(s.n_elem, rng)) {
      real heard = 0;
      for (uword j = 0; j < s.n_elem; ++j) heard += W(i, j) * s(j);
      const real next = heard > 0 ? real(1) : heard < 0 ? real(-1) : s(i);
      if (next == s(i)) continue;
      s(i) = next;
      moved = true;
    }
  }
  return s;
}

real remembered(uword n, uword p, real flipped, Rng& rng) {
  if (n == 0 || p == 0) throw std::invalid_argument("remembered: units and patterns, at least one of each");
  if (!(flipped >= 0 && flipped <= 1)) throw std::invalid_argument("remembered: the turned signs are a share");
  mat P(n, p, arma::fill::ones);
  for (real& sign : P)
    if (rng.uniform() < real(0.5)) sign = -1;
  const mat W = store(P);
  const uword turned = uword(std::round(flipped * real(n)));
  real alike = 0;
  for (uword k = 0; k < p; ++k) {
    vec s = P.col(k);
    const uvec places = random_permutation(n, rng);
    for (uword i = 0; i < turned; ++i) s(places(i)) = -s(places(i));
    const vec found = recall(W, s, rng, 100);
    for (uword i = 0; i < n; ++i) alike += found(i) * P(i, k);
  }
  return alike / real(n * p);
}

}  // namespace nn
