// Lesson 8: measures of the gap, dropout, distorted images, many networks. Networks are 784-units-10.
#include "nn/generalisation.hpp"

#include "benchmarks/contracts/bench.hpp"
#include "nn/support/image.hpp"

namespace nn {
namespace {

const Sizes units = {{"units", {30, 100, 800}}};
const Sizes batch_sizes = {{"batch", {10, 100}}};

uvec first(uword n) { return arma::regspace<uvec>(0, n - 1); }

const Benchmarks gap([] {
  measure("8.1 score", units, [](benchmark::State& state) {
    per_second(state, "samples", 1000);
    return [network = digit_network(size(state)), data = noise_images(1000)] {
      return score(network, data, first(1000), Loss::cross_entropy);
    };
  });
  measure("8.1 parameters", units, [](benchmark::State& state) {
    return [network = digit_network(size(state))] { return parameters(network); };
  });
  measure("8.2 bias_variance", {{"trainings", {30, 300}}}, [](benchmark::State& state) {
    Rng rng(1);
    return [P = random_normal(size(state), 100, rng), truth = rowvec(100, arma::fill::zeros)] {
      return bias_variance(P, truth);
    };
  });
  measure("8.3 l2_penalty", units, [](benchmark::State& state) {
    return [network = digit_network(size(state))] { return l2_penalty(network, real(0.1)); };
  });
  measure("8.3 shrink_weights", units, [](benchmark::State& state) {
    return [next = digit_network(size(state))]() mutable -> Network& {
      return next = shrink_weights(std::move(next), real(1e-9), 1);
    };
  });
});

const Benchmarks dropout([] {
  measure("8.4 dropout_mask", layer_sizes, [](benchmark::State& state) {
    return [m = size(state), n = size(state, 1), rng = Rng(1)]() mutable { return dropout_mask(m, n, real(0.5), rng); };
  });
  measure("8.5 dropout_trace", layer_sizes, [](benchmark::State& state) {
    const mat X = gather(noise_images(size(state, 1)), first(size(state, 1))).X;
    per_second(state, "samples", double(size(state, 1)));
    return [X, network = digit_network(size(state)), rng = Rng(1)]() mutable {
      return dropout_trace(network, X, real(0.5), rng);
    };
  });
  measure("8.5 dropout_deltas", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const Network network = digit_network(size(state));
    const Batch batch = gather(noise_images(size(state, 1)), first(size(state, 1)));
    const Dropped dropped = dropout_trace(network, batch.X, real(0.5), rng);
    per_second(state, "samples", double(size(state, 1)));
    return [=] { return dropout_deltas(network, dropped, batch.T, Loss::cross_entropy, real(0.5)); };
  });
});

const Benchmarks distort([] {
  const auto image = [] { return to_image(gather(noise_images(1), {0}).X.col(0), 28, 28); };
  measure("8.6 between", no_sizes,
          [=](benchmark::State&) { return [picture = image()] { return between(picture, real(13.25), real(7.5)); }; });
  measure("8.6 affine_field", no_sizes,
          [](benchmark::State&) { return [] { return affine_field(28, 28, {.degrees = 10, .down = 1}); }; });
  measure("8.6 warp", no_sizes, [=](benchmark::State&) {
    return [picture = image(), from = affine_field(28, 28, {.degrees = 10, .down = 1})] { return warp(picture, from); };
  });
  measure("8.7 elastic_field", {{"grid", {2, 5}}}, [](benchmark::State& state) {
    return [grid = size(state), rng = Rng(1)]() mutable { return elastic_field(28, 28, 2, grid, rng); };
  });
  measure("8.7 gather_distorted", batch_sizes, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [data = noise_images(size(state)), n = size(state), rng = Rng(1)]() mutable {
      return gather_distorted(data, first(n), {}, rng);
    };
  });
});

const Benchmarks together([] {
  measure("8.8 bootstrap", {{"samples", {1000, 10000, 60000}}}, [](benchmark::State& state) {
    return [indices = first(size(state)), rng = Rng(1)]() mutable { return bootstrap(indices, rng); };
  });
  measure("8.8 average_output", {{"networks", {1, 5}}}, [](benchmark::State& state) {
    const mat X = gather(noise_images(100), first(100)).X;
    return
        [X, networks = std::vector<Network>(size(state), digit_network(100))] { return average_output(networks, X); };
  });
  for (const auto& [name, regularisation] :
       {std::pair<const char*, Regularisation>{"8.9 regularised_epoch dropout", {real(0.5), {}}},
        {"8.9 regularised_epoch distorted", {1, Distortion{}}}})
    measure(name, units, [regularisation = regularisation](benchmark::State& state) {
      per_second(state, "samples", 1000);
      Rng rng(1);
      const std::vector<uvec> batches = shuffled_batches(first(1000), 100, rng);
      return [=, data = noise_images(1000), network = digit_network(size(state))]() mutable {
        return regularised_epoch(network, data, batches, {}, regularisation, rng);
      };
    });
});

}  // namespace
}  // namespace nn
