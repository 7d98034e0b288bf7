// Four ranks take 100 steps each and meet now and then: what they read in the end, with shards that are alike, and with
// ranks that know some digits only.
#include "lessons/17-parallel/figures/learners.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

constexpr uword ranks = 4, steps = 100;

/// Which images belong to a rank.
uvec images_of(const Dataset& data, uword rank, bool alike) {
  const uvec order = alike ? all_of(data) : uvec(stable_sort_index(data.labels));
  const Range mine = shard(order.n_elem, rank, ranks);
  return order.subvec(mine.begin, mine.end - 1);
}

/// All ranks, block after block: `every` steps of one's own, then the mean of all.
Network learned(const Dataset& data, bool alike, uword every, Rng rng) {
  Network mean = small_network(rng);
  std::vector<std::vector<Batch>> batches;
  for (uword r = 0; r < ranks; ++r) batches.push_back(batches_of(data, images_of(data, r, alike), 32, steps, rng));
  const AllReduce alone = [](const vec& mine) { return mine; };
  for (uword begin = 0; begin < steps; begin += every) {
    std::vector<Network> own;
    for (uword r = 0; r < ranks; ++r) {
      const auto first = batches[r].begin() + std::ptrdiff_t(begin);
      own.push_back(
          local_steps(mean, {first, first + std::ptrdiff_t(every)}, Loss::cross_entropy, real(0.2), every, alone, 1));
    }
    mean = average(own, vec(ranks).fill(real(1) / ranks));
  }
  return mean;
}

const Figure meetings("meetings", [](FigureData& figure) {
  const trainer::Digits& digits = trainer::digits({});
  for (const bool alike : {true, false}) {
    FigureTable& table = figure.table(alike ? "alike" : "sorted", {"every", "least", "middle", "most"});
    for (const uword every : {1, 5, 20, 100}) {
      vec right(5);
      for (uword seed = 0; seed < 5; ++seed)
        right(seed) =
            100 * accuracy(learned(digits.train, alike, every, Rng(seed + 1)), digits.test, all_of(digits.test));
      table.row(int(every), double(right.min()), double(arma::median(right)), double(right.max()));
    }
  }
});

}  // namespace
}  // namespace nn
