// What lesson 7's figures share: the data they learn from, and a training that is looked at several times an epoch.
#pragma once

#include <algorithm>
#include <ctime>
#include <functional>
#include <vector>

#include "nn/training.hpp"
#include "tools/figures/figure.hpp"
#include "tools/train/digits.hpp"
#include "tools/train/judge.hpp"
#include "tools/train/reference.hpp"

namespace trainer {

/// The first n images; all where there are fewer.
inline nn::Dataset first(const nn::Dataset& data, nn::uword n) {
  const nn::uword last = std::min(n, data.size()) - 1;
  return {data.images.cols(0, last), data.labels.head(last + 1), data.rows, data.cols, data.classes};
}

/// The seconds of the processor that `work` takes: what else the machine does meanwhile is not counted.
inline double timed(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return double(std::clock() - start) / CLOCKS_PER_SEC;
}

/// The indices of all images, in the order in which they stand.
inline nn::uvec all(const nn::Dataset& data) { return arma::regspace<nn::uvec>(0, data.size() - 1); }

/// Trains on the images `indices` for options.epochs and calls look(epochs so far, seconds of training so far, network)
/// before the first step and then `looks` times an epoch.
inline void train_and_look(nn::Network network, const nn::Dataset& data, const nn::uvec& indices,
                           const nn::Options& options, nn::uword looks, nn::Rng& rng,
                           const std::function<void(double, double, const nn::Network&)>& look) {
  double seconds = 0;
  look(0, 0, network);
  for (nn::uword e = 0; e < options.epochs; ++e) {
    const std::vector<nn::uvec> batches = nn::shuffled_batches(indices, options.batch_size, rng);
    for (nn::uword i = 0; i < looks; ++i) {
      const auto from = batches.begin() + long(i * batches.size() / looks),
                 to = batches.begin() + long((i + 1) * batches.size() / looks);
      if (from == to) continue;
      seconds += timed([&] { network = nn::train_epoch(std::move(network), data, {from, to}, options).network; });
      look(double(e) + double(to - batches.begin()) / double(batches.size()), seconds, network);
    }
  }
}

}  // namespace trainer
