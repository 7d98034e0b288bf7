// Networks that shrink and networks that grow: what the capstone and the figures share. It calls the contracts alone,
// so it is made of whose bodies it is linked with.
#pragma once

#include "nn/activations.hpp"
#include "nn/structure.hpp"
#include "nn/support/toys.hpp"

namespace nn {

/// So many epochs, in steps of `rate`.
struct Course {
  uword epochs;
  real rate;

  Options options() const {
    Options options;
    options.batch_size = 32, options.rate = rate;
    return options;
  }
};

inline constexpr Course at_first = {10, real(0.2)}, afterwards = {3, real(0.1)};

inline Network hidden_of(uword units, const Dataset& data, Rng& rng) {
  Network network = {he_init(units, data.images.n_rows, Activation::relu, rng)};
  network.push_back(he_init(data.classes, units, Activation::softmax, rng));
  return network;
}

inline std::vector<uvec> epoch_of(const Dataset& data, uword size, Rng& rng) {
  return shuffled_batches(arma::regspace<uvec>(0, data.size() - 1), size, rng);
}

inline Network learn(Network network, const Dataset& data, const Course& course, Rng& rng) {
  const Options options = course.options();
  for (uword epoch = 0; epoch < course.epochs; ++epoch)
    network = train_epoch(std::move(network), data, epoch_of(data, options.batch_size, rng), options).network;
  return network;
}

/// The same for what the masks have left.
inline Network learn_masked(Network network, const std::vector<mat>& masks, const Dataset& data, const Course& course,
                            Rng& rng) {
  const Options options = course.options();
  for (uword epoch = 0; epoch < course.epochs; ++epoch)
    network = retrain(std::move(network), masks, data, epoch_of(data, options.batch_size, rng), options);
  return network;
}

/// Masks of the same size as magnitude_masks makes them, by chance.
inline std::vector<mat> chance_masks(const Network& network, real share, Rng& rng) {
  Network drawn = network;
  for (Layer& layer : drawn) layer.W = random_uniform(layer.W.n_rows, layer.W.n_cols, 0, 1, rng);
  return magnitude_masks(drawn, share, true);
}

/// The `count` units of the first layer that matter most, in their order.
inline Network most_important(const Network& network, uword count) {
  const uvec by_importance = sort_index(importance(network, 0), "descend");
  return remove_units(network, 0, sort(by_importance.head(count)));
}

inline mat targets(const ToyData& data) { return arma::conv_to<mat>::from(data.labels.t()); }

/// One tanh unit over the plane, and a sigmoid that says which class.
inline Network one_unit(Rng& rng) {
  const Layer unit = xavier_init(1, 2, Activation::tanh, rng);
  return {unit, xavier_init(1, 1, Activation::sigmoid, rng)};
}

inline constexpr uword most_units = 24, growth_window = 200;
inline constexpr real growth_least = real(0.005);

inline Grown grow_on(const ToyData& data, Rng& rng) {
  return grow(one_unit(rng), data.X, targets(data), most_units, growth_window, growth_least, 1, rng);
}

/// The share of the points that are on the right side.
inline double right_side(const Network& network, const ToyData& data) {
  return double(accu((forward(network, data.X) > real(0.5)) == (targets(data) > real(0.5)))) / double(data.size());
}

}  // namespace nn
