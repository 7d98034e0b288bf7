// The network of the capstone, and how it learns. It calls the contracts alone, so it is made of whose bodies it is
// linked with.
#pragma once

#include <functional>

#include "nn/convolution.hpp"

namespace nn {

/// 28 x 28 -> 8 filters of 5 x 5, pool 2 -> 16 of 5 x 5, pool 2 -> units -> 10.
inline ConvNetwork digits_network(const Dataset& data, Rng& rng, uword units = 128) {
  ConvNetwork network;
  Window window{.rows = data.rows, .cols = data.cols, .size = 5, .pool = 2};
  for (const uword filters : {8, 16}) {
    network.windows.push_back(window);
    network.filters.push_back(he_init(filters, window.patch(), Activation::relu, rng));
    window = next_window(window, filters);
  }
  network.classifier = {he_init(units, window.pixels(), Activation::relu, rng),
                        he_init(data.classes, units, Activation::softmax, rng)};
  return network;
}

/// So many passes over the images `indices` by Adam, whose rate falls along a cosine; `look` is called after each.
inline ConvNetwork learn(ConvNetwork network, const Dataset& data, const uvec& indices, uword epochs,
                         std::optional<Distortion> distortion, Rng& rng,
                         const std::function<void(uword, const ConvState&)>& look = {}) {
  Recipe recipe;
  recipe.options.batch_size = 50;
  recipe.options.rate = real(3e-3);
  recipe.method.rule = Rule::adam;
  recipe.method.beta2 = real(0.99);  // chosen, as the rate, on 10,000 training images held out, ten seeds
  recipe.schedule.decay = Decay::cosine;
  recipe.regularisation.distortion = distortion;
  ConvState state{std::move(network), {}, {}, 0, 0};
  for (uword epoch = 1; epoch <= epochs; ++epoch) {
    const std::vector<uvec> batches = shuffled_batches(indices, recipe.options.batch_size, rng);
    state = conv_epoch(std::move(state), data, batches, recipe, epochs * batches.size(), rng);
    if (look) look(epoch, state);
  }
  return std::move(state.network);
}

}  // namespace nn
