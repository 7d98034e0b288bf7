// One epoch of mini-batch training (7.3, 7.5), by width, depth, batch size and samples.
#include <fmt/format.h>

#include <memory>

#include "benchmarks/growth/curve.hpp"
#include "nn/training.hpp"

namespace growth {
namespace {

/// All that an epoch needs: n images of noise, `pixels` each, in 10 classes, and a network whose hidden layers have
/// these widths.
struct Training {
  nn::Rng rng{1};
  nn::Dataset data;
  nn::uvec indices;
  nn::Network network;
  nn::Options options;

  Training(nn::uword n, nn::uword pixels, const std::vector<nn::uword>& hidden)
      : data{nn::bytes(pixels, n), nn::uvec(n), pixels, 1, 10}, indices(arma::regspace<nn::uvec>(0, n - 1)) {
    data.images.imbue([&] { return std::uint8_t(rng()); });
    for (nn::uword j = 0; j < n; ++j) data.labels(j) = j % 10;
    nn::uword inputs = pixels;
    for (const nn::uword width : hidden) {
      network.push_back(nn::he_init(width, inputs, nn::Activation::relu, rng));
      inputs = width;
    }
    network.push_back(nn::he_init(10, inputs, nn::Activation::softmax, rng));
    options.rate = nn::real(0.001);  // the noise teaches nothing; all that counts is that numbers stay ordinary
  }
};

/// An epoch over n samples, in batches of `size`.
std::function<void()> epoch(nn::uword n, nn::uword pixels, nn::uword size, const std::vector<nn::uword>& hidden) {
  return [t = std::make_shared<Training>(n, pixels, hidden), size] {
    const std::vector<nn::uvec> batches = nn::shuffled_batches(t->indices, size, t->rng);
    t->network = nn::train_epoch(std::move(t->network), t->data, batches, t->options).network;
  };
}

}  // namespace

std::vector<Curve> epoch_curves(const Effort& effort) {
  const nn::uword some = effort.quick ? 500 : 2000, most = effort.quick ? 1024 : 4096;

  Curve width{
      "epoch-width",   fmt::format("An epoch of {} samples, 784-units-10, batches of 100", some),
      "units",         "seconds",
      {{1, 0.5, 200}}, doubling(25, effort.up_to(1600, 800)),
  };
  measure(width, effort, [&](double units) { return epoch(some, 784, 100, {nn::uword(units)}); });

  Curve depth{
      "epoch-depth", fmt::format("An epoch of {} samples, 100 inputs, hidden layers of 100", some),
      "layers",      "seconds",
      {{1, 0.5, 8}}, doubling(1, 32),
  };
  measure(depth, effort,
          [&](double layers) { return epoch(some, 100, 100, std::vector<nn::uword>(nn::uword(layers), 100)); });

  Curve batch{
      "epoch-batch",
      fmt::format("An epoch of {} samples, 784-100-10", most),
      "batch",
      "seconds",
      {{0, 0.5, 128}, {-0.35, 0.3, 1, 64}},
      doubling(1, 1024),
  };
  measure(batch, effort, [&](double size) { return epoch(most, 784, nn::uword(size), {100}); });

  Curve samples{
      "epoch-samples",  "An epoch of 784-30-10, batches of 100",    "samples", "seconds",
      {{1, 0.5, 4000}}, doubling(1000, effort.up_to(64000, 16000)),
  };
  measure(samples, effort, [](double n) { return epoch(nn::uword(n), 784, 100, {30}); });
  return {width, depth, batch, samples};
}

}  // namespace growth
