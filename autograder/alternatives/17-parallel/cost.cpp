// A solver, a logarithm and a search from above.
#include <cmath>
#include <stdexcept>

#include "nn/parallel.hpp"
namespace nn {
Link fit_link(const vec& numbers, const vec& seconds) {
  if (numbers.n_elem != seconds.n_elem || numbers.n_elem < 2) throw std::invalid_argument("lengths");
  bool differ = false;
  for (uword i = 0; i < numbers.n_elem; ++i) {
    differ = differ || numbers(i) != numbers(0);
    if (!(seconds(i) > 0)) throw std::invalid_argument("no time");
  }
  if (!differ) throw std::invalid_argument("one length only");
  const vec w = 1 / square(seconds);  // weighted means, and a slope through them
  const real mean_n = dot(w, numbers) / accu(w), mean_t = dot(w, seconds) / accu(w);
  const vec n = numbers - mean_n, t = seconds - mean_t;
  const real beta = dot(w, n % t) / dot(w, n % n);
  return {mean_t - beta * mean_n, beta};
}
real ring_seconds(uword ranks, uword n, const Link& link) {
  if (ranks == 0) throw std::invalid_argument("no ranks");
  const uword messages = 2 * ranks - 2;
  return real(messages) * link.alpha + real(messages) / real(ranks) * (real(n) * link.beta);
}
real tree_seconds(uword ranks, uword n, const Link& link) {
  if (ranks == 0) throw std::invalid_argument("no ranks");
  const real rounds = ranks == 1 ? 0 : real(std::floor(std::log2(double(ranks - 1))) + 1);
  return 2 * rounds * link.alpha + 2 * rounds * real(n) * link.beta;
}
uword best_ranks(uword most, uword batch, real per_sample, uword n, const Link& link) {
  if (most == 0) throw std::invalid_argument("no ranks");
  vec seconds(most);
  for (uword p = 1; p <= most; ++p)
    seconds(p - 1) = per_sample * real(batch / p + (batch % p > 0)) + ring_seconds(p, n, link);
  return seconds.index_min() + 1;
}
}  // namespace nn
