// Lesson 15: networks over digits that shrink, and networks over the plane that grow.
#include "nn/structure.hpp"

#include "benchmarks/contracts/bench.hpp"
#include "nn/support/toys.hpp"

namespace nn {
namespace {

const Sizes units = {{"units", {30, 100}}};

Network reader(uword hidden) {
  Rng rng(1);
  Network network = {he_init(hidden, 784, Activation::relu, rng)};
  network.push_back(he_init(10, hidden, Activation::softmax, rng));
  return network;
}

Dataset noise(uword n) {
  Rng rng(1);
  Dataset data{bytes(784, n), uvec(n), 28, 28, 10};
  for (auto& pixel : data.images) pixel = std::uint8_t(rng.below(256));
  for (uword& label : data.labels) label = rng.below(10);
  return data;
}

const Benchmarks smaller([] {
  measure("15.1 magnitude_masks", units, [](benchmark::State& state) {
    return [network = reader(size(state))] { return magnitude_masks(network, real(0.9), true); };
  });
  measure("15.1 masked", units, [](benchmark::State& state) {
    const Network network = reader(size(state));
    return [network, masks = magnitude_masks(network, real(0.9), true)] { return masked(network, masks); };
  });
  measure("15.2 retrain", units, [](benchmark::State& state) {
    Rng rng(1);
    const Network network = reader(size(state));
    per_second(state, "samples", 320);
    return [network, masks = magnitude_masks(network, real(0.9), true), data = noise(320),
            batches = shuffled_batches(arma::regspace<uvec>(0, 319), 32, rng)] {
      return retrain(network, masks, data, batches, Options());
    };
  });
  measure("15.3 importance", units,
          [](benchmark::State& state) { return [network = reader(size(state))] { return importance(network, 0); }; });
  measure("15.3 remove_units", units, [](benchmark::State& state) {
    return [network = reader(size(state)), kept = arma::regspace<uvec>(0, 2, size(state) - 1)] {
      return remove_units(network, 0, kept);
    };
  });
  measure("15.4 zero_share", units,
          [](benchmark::State& state) { return [network = reader(size(state))] { return zero_share(network); }; });
});

struct Points {
  mat X, T;
};

Points moons_of(uword n) {
  Rng rng(1);
  const ToyData data = moons(n, real(0.05), rng);
  return {data.X, arma::conv_to<mat>::from(data.labels.t())};
}

Network one_unit() {
  Rng rng(1);
  Network network = {xavier_init(1, 2, Activation::tanh, rng)};
  network.push_back(xavier_init(1, 1, Activation::sigmoid, rng));
  return network;
}

const Benchmarks larger([] {
  measure("15.5 settled", {{"losses", {1000}}}, [](benchmark::State& state) {
    return [losses = vec(size(state), arma::fill::ones)] { return settled(losses, 100, real(0.01)); };
  });
  measure("15.6 candidate", {{"samples", {200}}}, [](benchmark::State& state) {
    return [points = moons_of(size(state))] {
      Rng rng(1);
      return candidate(points.X, points.T, 8, 100, 1, rng);
    };
  });
  measure("15.6 add_unit", units, [](benchmark::State& state) {
    return [network = reader(size(state)), unit = reader(1)[0]] {
      return add_unit(network, unit, vec(10, arma::fill::zeros));
    };
  });
  measure("15.7 grow", {{"samples", {200}}}, [](benchmark::State& state) {
    return [points = moons_of(size(state)), start = one_unit()] {
      Rng rng(1);
      return grow(start, points.X, points.T, 24, 100, real(0.01), 1, rng);
    };
  });
});

}  // namespace
}  // namespace nn
