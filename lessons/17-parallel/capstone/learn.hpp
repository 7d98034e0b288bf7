// What one rank does: the whole training, from its shard of each batch.
#pragma once

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/clock.hpp"
#include "lessons/17-parallel/capstone/wire.hpp"
#include "nn/support/weights.hpp"
#include "tools/train/reference.hpp"

namespace many {

namespace fs = std::filesystem;

struct Job {
  std::string reduce = "ring";  ///< ring, tree, star, or mpi: its own
  nn::uword batch = 100, steps = 200, save_every = 100;
  double rate = 0.4;  ///< of the first step; it falls to 0 in a straight line
  std::uint64_t seed = 1;
  bool resume = false;         ///< go on from what was saved last
  nn::uword kill = 0, at = 0;  ///< rank `kill` dies before step `at`, unless that is 0
  fs::path out;                ///< where results and savings are left
};

inline nn::real rate_at(const Job& job, nn::uword step) {
  return nn::real(job.rate * (1 - double(step) / double(job.steps)));
}

/// A number that differs where a single bit of the weights does (FNV-1a).
inline std::uint64_t fingerprint(const nn::Network& network) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char byte : nn::network_to_bytes(network)) hash = (hash ^ std::uint8_t(byte)) * 1099511628211u;
  return hash;
}

inline fs::path saved(const Job& job, nn::uword step) { return job.out / ("saved-" + std::to_string(step) + ".nn"); }

/// The last step whose network was saved, 0 for none.
inline nn::uword last_saved(const Job& job) {
  nn::uword step = 0;
  for (nn::uword s = job.save_every; s < job.steps; s += job.save_every)
    if (fs::exists(saved(job, s))) step = s;
  return step;
}

/// Every rank draws the same start and the same order from the seed, so nothing of these is ever sent. Leaves its
/// fingerprint; rank 0 also leaves the network and the seconds that the middle one of all steps took.
inline void learn(const Wire& wire, const Job& job, const nn::Dataset& data) {
  nn::Rng rng(job.seed);
  nn::Network network = trainer::reference_network(data, {100}, rng);
  const nn::uvec all = arma::regspace<nn::uvec>(0, data.size() - 1);
  const nn::AllReduce sum = all_reduce(wire, job.reduce);
  const nn::uword begin = job.resume ? last_saved(job) : 0;
  if (begin > 0) network = nn::load_network(saved(job, begin));
  std::vector<nn::uvec> batches;
  std::vector<double> seconds;
  for (nn::uword step = 0; step < job.steps; ++step) {
    if (batches.empty()) {
      batches = nn::shuffled_batches(all, job.batch, rng);
      std::reverse(batches.begin(), batches.end());
    }
    const nn::uvec batch = batches.back();
    batches.pop_back();
    if (step < begin) continue;
    if (job.at > 0 && step == job.at && wire.rank == job.kill) std::raise(SIGKILL);
    const base::Clock::time_point start = base::Clock::now();
    const nn::Range mine = nn::shard(batch.n_elem, wire.rank, wire.ranks);
    const nn::Batch own =
        nn::gather(data, mine.begin < mine.end ? nn::uvec(batch.subvec(mine.begin, mine.end - 1)) : nn::uvec());
    network = nn::parallel_step(std::move(network), own.X, own.T, nn::Loss::cross_entropy, rate_at(job, step),
                                batch.n_elem, sum)
                  .network;
    seconds.push_back(base::seconds_since(start));
    if ((step + 1) % job.save_every == 0 && wire.rank == 0 && step + 1 < job.steps)
      nn::save_network(saved(job, step + 1), network);
  }
  std::ofstream(job.out / ("rank-" + std::to_string(wire.rank))) << fingerprint(network);
  if (wire.rank > 0) return;
  std::nth_element(seconds.begin(), seconds.begin() + std::ptrdiff_t(seconds.size() / 2), seconds.end());
  std::ofstream(job.out / "seconds") << seconds[seconds.size() / 2];
  nn::save_network(job.out / "network.nn", network);
}

}  // namespace many
