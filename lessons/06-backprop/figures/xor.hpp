// What the figures of XOR share: a network of two hidden sigmoids, and its training with looks at certain steps.
#pragma once

#include <vector>

#include "nn/backprop.hpp"
#include "nn/support/random.hpp"
#include "nn/support/toys.hpp"

namespace nn {

inline Network xor_start(std::uint64_t seed) {
  Rng rng(seed);
  const mat W1 = random_normal(2, 2, rng), W2 = random_normal(1, 2, rng);
  return {{W1, vec(2, arma::fill::zeros), Activation::sigmoid}, {W2, vec(1, arma::fill::zeros), Activation::sigmoid}};
}

inline Trained train_xor(const Network& network, uword steps) {
  const ToyData table = xor_table();
  return train_full_batch(network, table.X, arma::conv_to<mat>::from(table.labels.t()), Loss::binary_cross_entropy, 1,
                          steps);
}

/// The network after each of the numbers of steps, which must grow.
inline std::vector<Network> looks_at_xor(Network network, const std::vector<uword>& steps) {
  std::vector<Network> all;
  uword now = 0;
  for (const uword step : steps) {
    if (step > now) network = train_xor(network, step - now).network;
    now = step;
    all.push_back(network);
  }
  return all;
}

}  // namespace nn
