// What tests draw by chance. `sizes` begins with the number of inputs.
#pragma once

#include <cmath>

#include "nn/backprop.hpp"
#include "nn/support/dataset.hpp"
#include "nn/support/random.hpp"

namespace nn {

inline Network random_network(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng) {
  Network network;
  for (std::size_t l = 1; l < sizes.size(); ++l)
    network.push_back({random_normal(sizes[l], sizes[l - 1], rng), random_normal(sizes[l], 1, rng) / 2,
                       l + 1 < sizes.size() ? hidden : output});
  return network;
}

/// Of tanh layers below the output, with weights that keep their sums of about the same size.
inline Network scaled_network(uword d, const std::vector<uword>& units, Activation output, Rng& rng) {
  Network network;
  for (uword l = 0; l < units.size(); ++l) {
    const uword above = l == 0 ? d : units[l - 1];
    network.push_back({random_normal(units[l], above, rng) / std::sqrt(real(above)),
                       random_normal(units[l], 1, rng) / 4, l + 1 < units.size() ? Activation::tanh : output});
  }
  return network;
}

/// Slopes of the shapes of this network; their loss is 0.
inline Gradients random_gradients(const Network& network, Rng& rng) {
  Gradients g;
  for (const Layer& layer : network) {
    g.dW.push_back(random_normal(layer.W.n_rows, layer.W.n_cols, rng));
    g.db.push_back(random_normal(layer.b.n_elem, 1, rng));
  }
  return g;
}

/// n columns with a one each.
inline mat random_targets(uword k, uword n, Rng& rng) {
  mat T(k, n, arma::fill::zeros);
  for (uword j = 0; j < n; ++j) T(rng.below(k), j) = 1;
  return T;
}

/// n random images, with random labels.
inline Dataset random_data(uword n, uword rows, uword cols, uword classes, Rng& rng) {
  Dataset data{bytes(rows * cols, n), uvec(n), rows, cols, classes};
  for (auto& pixel : data.images) pixel = std::uint8_t(rng.below(256));
  for (uword& label : data.labels) label = rng.below(classes);
  return data;
}

}  // namespace nn
