// Lesson 17, what it costs: the time of a message, of a ring, of a tree, and how many ranks pay.
#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Link fit_link(const vec& numbers, const vec& seconds) {
  //> 17.7
  require_shape(seconds.n_elem, numbers.n_elem, "fit_link", "seconds", "entries", "entries of numbers");
  require(!numbers.empty() && numbers.min() < numbers.max(), "fit_link", "expected two different message lengths");
  require(seconds.min() > 0, "fit_link", "a message took no time");
  const vec a = 1 / seconds, b = numbers / seconds;  // a alpha + b beta = 1, as well as can be
  const real aa = dot(a, a), ab = dot(a, b), bb = dot(b, b), det = aa * bb - ab * ab;
  return {(bb * accu(a) - ab * accu(b)) / det, (aa * accu(b) - ab * accu(a)) / det};
  //<
}

real ring_seconds(uword ranks, uword n, const Link& link) {
  //> 17.7
  require(ranks > 0, "ring_seconds", "there are no ranks");
  return 2 * real(ranks - 1) * (link.alpha + link.beta * real(n) / real(ranks));
  //<
}

real tree_seconds(uword ranks, uword n, const Link& link) {
  //> 17.7
  require(ranks > 0, "tree_seconds", "there are no ranks");
  uword levels = 0;  // ceil(log2 p)
  while ((uword(1) << levels) < ranks) ++levels;
  return 2 * real(levels) * (link.alpha + link.beta * real(n));
  //<
}

uword best_ranks(uword most, uword batch, real per_sample, uword n, const Link& link) {
  //> 17.7
  require(most > 0, "best_ranks", "expected at least one rank");
  const auto step = [&](uword p) { return real((batch + p - 1) / p) * per_sample + ring_seconds(p, n, link); };
  uword best = 1;
  for (uword p = 2; p <= most; ++p)
    if (step(p) < step(best)) best = p;
  return best;
  //<
}

}  // namespace nn
