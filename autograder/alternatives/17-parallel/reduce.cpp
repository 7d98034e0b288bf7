// Lesson 17, all-reduce: two ways in which every rank learns the sum of what all ranks hold.
#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- the entries of a range, which may be none
static vec chunk_of(const vec& v, Range at) { return vec(v.memptr() + at.begin, at.end - at.begin); }

static void put(vec& v, Range at, const vec& values) {
  if (at.begin < at.end) v.subvec(at.begin, at.end - 1) = values;
}
//<

vec ring_all_reduce(vec mine, uword rank, uword ranks, const Exchange& exchange) {
  //> 17.4
  require(rank < ranks, "ring_all_reduce", "there is no such rank");
  const uword right = (rank + 1) % ranks, left = (rank + ranks - 1) % ranks;
  const auto chunk = [&](uword c) { return shard(mine.n_elem, c % ranks, ranks); };
  for (uword s = 0; s + 1 < ranks; ++s) {  // everything + ranks or + 2 ranks, so that nothing is below 0
    const Range to_send = chunk(rank + ranks - s), to_add = chunk(rank + 2 * ranks - s - 1);
    const vec came = exchange(right, chunk_of(mine, to_send), left);
    put(mine, to_add, chunk_of(mine, to_add) + came);
  }
  for (uword s = 0; s + 1 < ranks; ++s) {
    const Range to_send = chunk(rank + ranks + 1 - s), to_replace = chunk(rank + ranks - s);
    put(mine, to_replace, exchange(right, chunk_of(mine, to_send), left));
  }
  return mine;
  //<
}

vec tree_all_reduce(vec mine, uword rank, uword ranks, const Send& send, const Receive& receive) {
  //> 17.5
  require(rank < ranks, "tree_all_reduce", "there is no such rank");
  uword d = 1;
  for (; d < ranks && (rank & d) == 0; d *= 2)
    if (rank + d < ranks) mine += receive(rank + d);
  if (d < ranks) {  // d is the lowest bit of the rank: up to the parent, and wait for what comes back
    send(rank - d, mine);
    mine = receive(rank - d);
  }
  while (d /= 2)
    if (rank + d < ranks) send(rank + d, mine);
  return mine;
  //<
}

}  // namespace nn
