// One epoch of mini-batch training (7.3, 7.5), by width, depth, batch size and samples.
#include <fmt/format.h>

#include <memory>

#include "benchmarks/growth/curve.hpp"
#include "nn/training.hpp"

namespace growth {
namespace {

/// n images of noise, `pixels` each, in 10 classes.
nn::Dataset noise(nn::uword n, nn::uword pixels) {
  nn::Dataset data{nn::bytes(pixels, n), nn::uvec(n), pixels, 1, 10};
  nn::Rng rng(1);
  data.images.imbue([&] { return std::uint8_t(rng()); });
  for (nn::uword j = 0; j < n; ++j) data.labels(j) = j % 10;
  return data;
}

/// An epoch over the first n samples, in batches of `size`, of a network whose hidden layers have these widths.
std::function<void()> epoch(const nn::Dataset& data, nn::uword n, nn::uword size,
                            const std::vector<nn::uword>& hidden) {
  struct State {
    nn::Rng rng{1};
    nn::Network network;
    nn::uvec indices;
    nn::Options options;
  };
  const auto state = std::make_shared<State>();
  nn::uword inputs = data.images.n_rows;
  for (const nn::uword width : hidden) {
    state->network.push_back(nn::he_init(width, inputs, nn::Activation::relu, state->rng));
    inputs = width;
  }
  state->network.push_back(nn::he_init(10, inputs, nn::Activation::softmax, state->rng));
  state->indices = arma::regspace<nn::uvec>(0, n - 1);
  state->options.rate = nn::real(0.001);  // the noise teaches nothing; all that counts is that numbers stay ordinary
  return [&data, state, size] {
    auto& [rng, network, indices, options] = *state;
    network = nn::train_epoch(std::move(network), data, nn::shuffled_batches(indices, size, rng), options).network;
  };
}

}  // namespace

std::vector<Curve> epoch_curves(const Effort& effort) {
  const nn::uword some = effort.quick ? 500 : 2000;
  const nn::Dataset digits = noise(effort.quick ? 16000 : 64000, 784), small = noise(some, 100);

  Curve width{"epoch-width",   fmt::format("An epoch of {} samples, 784-units-10, batches of 100", some),
              "units",         "seconds",
              {{1, 0.5, 200}}, doubling(25, effort.up_to(1600, 800))};
  measure(width, effort, [&](double units) { return epoch(digits, some, 100, {nn::uword(units)}); });

  Curve depth{"epoch-depth", fmt::format("An epoch of {} samples, 100 inputs, hidden layers of 100", some),
              "layers",      "seconds",
              {{1, 0.5, 8}}, doubling(1, 32)};
  measure(depth, effort,
          [&](double layers) { return epoch(small, some, 100, std::vector<nn::uword>(nn::uword(layers), 100)); });

  const nn::uword most = effort.quick ? 1024 : 4096;
  Curve batch{"epoch-batch",
              fmt::format("An epoch of {} samples, 784-100-10", most),
              "batch",
              "seconds",
              {{0, 0.5, 128}, {-1, 0.6, 1, 8}},
              doubling(1, 1024)};
  measure(batch, effort, [&](double size) { return epoch(digits, most, nn::uword(size), {100}); });

  Curve samples{"epoch-samples",  "An epoch of 784-30-10, batches of 100", "samples", "seconds",
                {{1, 0.5, 4000}}, doubling(1000, double(digits.size()))};
  measure(samples, effort, [&](double n) { return epoch(digits, nn::uword(n), 100, {30}); });
  return {width, depth, batch, samples};
}

}  // namespace growth
