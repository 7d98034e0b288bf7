// Lesson 13: centres, bumps, directions and codes of pictures of 28 x 28.
#include "nn/unsupervised.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

constexpr uword pixels = 784;

mat noise(uword rows, uword cols) {
  Rng rng(1);
  return random_uniform(rows, cols, 0, 1, rng);
}

const Benchmarks prototypes([] {
  const Sizes centres_and_samples = {{"centres", {30, 300}}, {"samples", {100, 1000}}};
  measure("13.1 distances", centres_and_samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [C = noise(pixels, size(state)), X = noise(pixels, size(state, 1))] { return distances(C, X); };
  });
  measure("13.1 nearest", centres_and_samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [C = noise(pixels, size(state)), X = noise(pixels, size(state, 1))] { return nearest(C, X); };
  });
  measure("13.2 compete", {{"centres", {30}}, {"samples", {100}}}, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    const uvec order = arma::regspace<uvec>(0, size(state, 1) - 1);
    return [=, C = noise(pixels, size(state)), X = noise(pixels, size(state, 1))] {
      return compete(C, X, order, real(0.1));
    };
  });
  measure("13.3 k_means", {{"centres", {30}}, {"samples", {1000}}, {"steps", {5}}}, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)) * double(size(state, 2)));
    return [X = noise(pixels, size(state, 1)), k = size(state), steps = size(state, 2)] {
      return k_means(X, X.head_cols(k), steps);
    };
  });
  measure("13.4 rbf_width", {{"centres", {30, 300}}},
          [](benchmark::State& state) { return [C = noise(pixels, size(state))] { return rbf_width(C); }; });
  measure("13.4 rbf", centres_and_samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [C = noise(pixels, size(state)), X = noise(pixels, size(state, 1))] { return rbf(C, 5, X); };
  });
  measure("13.4 separable_share", {{"d", {10, 100}}},
          [](benchmark::State& state) { return [d = size(state)] { return separable_share(2 * d, d); }; });
  measure("13.5 rbf_fit", {{"bumps", {30, 300}}, {"samples", {1000}}}, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [Phi = noise(size(state), size(state, 1)), T = noise(10, size(state, 1))] {
      return rbf_fit(Phi, T, real(1e-3));
    };
  });
});

Network digits_code(Rng& rng) {
  return autoencoder({pixels, 128, 32, 128, pixels}, Activation::relu, Activation::sigmoid, rng);
}

const Benchmarks codes([] {
  const Sizes samples = {{"samples", {100, 1000}}};
  measure("13.6 principal_components", samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [X = noise(pixels, size(state))] { return principal_components(X, 32); };
  });
  measure("13.6 reconstruct", samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    const mat X = noise(pixels, size(state));
    return [=, components = principal_components(X, 32)] { return reconstruct(components, X); };
  });
  measure("13.7 autoencoder", no_sizes,
          [](benchmark::State&) { return [rng = Rng(1)]() mutable { return digits_code(rng); }; });
  measure("13.7 encode", samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    Rng rng(1);
    return [network = digits_code(rng), X = noise(pixels, size(state))] { return encode(network, 2, X); };
  });
  measure("13.7 decode", samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    Rng rng(1);
    return [network = digits_code(rng), H = noise(32, size(state))] { return decode(network, 2, H); };
  });
  measure("13.8 corrupt", samples, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [X = noise(pixels, size(state)), rng = Rng(1)]() mutable { return corrupt(X, real(0.3), rng); };
  });
  measure("13.8 train_autoencoder", {{"samples", {500}}}, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [X = noise(pixels, size(state)), rng = Rng(1)]() mutable {
      return train_autoencoder(digits_code(rng), X, real(0.3), 1, 50, real(2e-3), rng);
    };
  });
});

}  // namespace
}  // namespace nn
