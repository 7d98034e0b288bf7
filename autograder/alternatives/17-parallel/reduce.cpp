// A list of chunks, and a tree that calls itself.
#include <stdexcept>

#include "nn/parallel.hpp"
namespace nn {
vec ring_all_reduce(vec mine, uword rank, uword ranks, const Exchange& exchange) {
  if (rank >= ranks) throw std::invalid_argument("no such rank");
  std::vector<vec> chunks;
  for (uword c = 0; c < ranks; ++c) {
    const Range at = shard(mine.n_elem, c, ranks);
    vec chunk(at.end - at.begin);
    for (uword i = 0; i < chunk.n_elem; ++i) chunk(i) = mine(at.begin + i);
    chunks.push_back(chunk);
  }
  uword now = rank;
  for (uword step = 0; step < 2 * (ranks - 1); ++step) {
    const uword before = now == 0 ? ranks - 1 : now - 1;
    const vec came = exchange(rank + 1 == ranks ? 0 : rank + 1, chunks[now], rank == 0 ? ranks - 1 : rank - 1);
    if (step < ranks - 1) chunks[before] += came;
    else chunks[before] = came;
    now = before;
  }
  uword i = 0;
  for (const vec& chunk : chunks)
    for (const real x : chunk) mine(i++) = x;
  return mine;
}
static void up(vec& sum, uword r, uword p, uword d, const Send& send, const Receive& receive) {
  if (d >= p) return;
  if (r % (2 * d) == d) {
    send(r - d, sum);
    sum = receive(r - d);
    return;
  }
  const bool has_child = r + d < p;
  if (has_child) sum = sum + receive(r + d);
  up(sum, r, p, 2 * d, send, receive);
  if (has_child) send(r + d, sum);
}
vec tree_all_reduce(vec mine, uword rank, uword ranks, const Send& send, const Receive& receive) {
  if (rank >= ranks) throw std::invalid_argument("no such rank");
  up(mine, rank, ranks, 1, send, receive);
  return mine;
}
}  // namespace nn
