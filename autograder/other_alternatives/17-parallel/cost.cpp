// The fit by the two normal equations, in one small solve; rounds of a tree by doubling; the best number of ranks by
// trying all.
#include <stdexcept>

#include "nn/parallel.hpp"

namespace nn {

Link fit_link(const vec& numbers, const vec& seconds) {
  if (numbers.n_elem != seconds.n_elem) throw std::invalid_argument("fit_link: a time for each message");
  if (numbers.n_elem < 2 || numbers.min() == numbers.max())
    throw std::invalid_argument("fit_link: one length alone says nothing of the other");
  for (const real s : seconds)
    if (!(s > 0)) throw std::invalid_argument("fit_link: a message that took no time");
  const mat A = arma::join_rows(1 / seconds, numbers / seconds);
  const vec ones(seconds.n_elem, arma::fill::ones);
  const vec found = arma::solve(A.t() * A, A.t() * ones);
  return {found(0), found(1)};
}

real ring_seconds(uword ranks, uword n, const Link& link) {
  if (ranks == 0) throw std::invalid_argument("a ring of nobody");
  return 2 * real(ranks - 1) * (link.alpha + link.beta * real(n) / real(ranks));
}

real tree_seconds(uword ranks, uword n, const Link& link) {
  if (ranks == 0) throw std::invalid_argument("a tree of nobody");
  uword rounds = 0;
  for (uword reached = 1; reached < ranks; reached *= 2) ++rounds;
  return 2 * real(rounds) * (link.alpha + link.beta * real(n));
}

uword best_ranks(uword most, uword batch, real per_sample, uword n, const Link& link) {
  if (most == 0) throw std::invalid_argument("best_ranks: there must be one at least");
  uword best = 0;
  real fastest = 0;
  for (uword p = 1; p <= most; ++p) {
    const real seconds = real(shard(batch, 0, p).end) * per_sample + ring_seconds(p, n, link);
    if (best > 0 && seconds >= fastest) continue;
    best = p;
    fastest = seconds;
  }
  return best;
}

}  // namespace nn
