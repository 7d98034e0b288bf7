// What two figures learn from: the sample's digits, and a small network.
#pragma once

#include <vector>

#include "nn/parallel.hpp"
#include "tools/train/digits.hpp"

namespace nn {

inline Network small_network(Rng& rng) {
  Layer hidden = he_init(30, 784, Activation::relu, rng);
  Layer last = xavier_init(10, 30, Activation::softmax, rng);
  return {hidden, last};
}

inline uvec all_of(const Dataset& data) { return arma::regspace<uvec>(0, data.size() - 1); }

/// As many batches as asked for, of some of the images, drawn anew when all were used.
inline std::vector<Batch> batches_of(const Dataset& data, const uvec& indices, uword size, uword count, Rng& rng) {
  std::vector<Batch> batches;
  while (batches.size() < count)
    for (const uvec& batch : shuffled_batches(indices, size, rng))
      if (batch.n_elem == size && batches.size() < count) batches.push_back(gather(data, batch));
  return batches;
}

}  // namespace nn
