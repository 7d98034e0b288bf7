// A chunk is copied out when it is sent, and goes in number by number where it comes; down the tree goes whoever has
// turned round, with the distances that are left.
#include <stdexcept>

#include "nn/parallel.hpp"

namespace nn {
namespace {

vec copied(const vec& from, Range range) {
  vec chunk(range.end - range.begin);
  for (uword i = 0; i < chunk.n_elem; ++i) chunk(i) = from(range.begin + i);
  return chunk;
}

}  // namespace

vec ring_all_reduce(vec mine, uword rank, uword ranks, const Exchange& exchange) {
  if (rank >= ranks) throw std::invalid_argument("a rank outside the ring");
  const uword n = mine.n_elem, p = ranks;
  const uword right = (rank + 1) % p, left = (rank + p - 1) % p;
  const auto chunk = [&](uword c) { return shard(n, c % p, p); };
  for (uword s = 0; s + 1 < p; ++s) {
    const vec came = exchange(right, copied(mine, chunk(rank + p - s)), left);
    const uword begin = chunk(rank + 2 * p - s - 1).begin;
    for (uword i = 0; i < came.n_elem; ++i) mine(begin + i) += came(i);
  }
  for (uword s = 0; s + 1 < p; ++s) {
    const vec came = exchange(right, copied(mine, chunk(rank + 1 + p - s)), left);
    const uword begin = chunk(rank + p - s).begin;
    for (uword i = 0; i < came.n_elem; ++i) mine(begin + i) = came(i);
  }
  return mine;
}

vec tree_all_reduce(vec mine, uword rank, uword ranks, const Send& send, const Receive& receive) {
  if (rank >= ranks) throw std::invalid_argument("a rank outside the tree");
  uword d = 1;
  for (; d < ranks; d *= 2) {
    if (rank & d) {
      send(rank - d, mine);
      mine = receive(rank - d);
      break;
    }
    if (rank + d < ranks) mine += receive(rank + d);
  }
  while ((d /= 2) > 0)
    if (rank + d < ranks) send(rank + d, mine);
  return mine;
}

}  // namespace nn
