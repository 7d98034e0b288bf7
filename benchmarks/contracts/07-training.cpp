// Lesson 7: the data, the mini-batch and the whole training. Networks are 784-units-10.
#include "nn/training.hpp"

#include <numeric>

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Sizes batch_sizes = {{"batch", {10, 100, 1000}}};
const Sizes sample_sizes = {{"samples", {1000, 10000, 60000}}};
const Sizes epoch_sizes = {{"units", {30, 100, 800}}, {"samples", {1000}}};

uvec first(uword n) {
  uvec indices(n);
  std::iota(indices.begin(), indices.end(), uword(0));
  return indices;
}

using Init = Layer (*)(uword, uword, Activation, Rng&);

const Benchmarks data([] {
  measure("7.1 scale_pixels", batch_sizes, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [images = noise_images(size(state)).images] { return scale_pixels(images); };
  });
  measure("7.1 gather", batch_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const uvec chosen = uvec(random_permutation(2000, rng)).head(size(state));
    per_second(state, "samples", double(size(state)));
    return [chosen, data = noise_images(2000), batch = Batch()]() mutable -> Batch& {
      return batch = gather(data, chosen, std::move(batch));
    };
  });
  measure("7.2 split", sample_sizes, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [n = size(state), rng = Rng(1)]() mutable { return split(n, real(0.1), rng); };
  });
  measure("7.3 shuffled_batches", sample_sizes, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [indices = first(size(state)), rng = Rng(1)]() mutable { return shuffled_batches(indices, 100, rng); };
  });
  for (const auto& [name, init] :
       {std::pair<const char*, Init>{"7.4 he_init", he_init}, {"7.4 xavier_init", xavier_init}})
    measure(name, {{"units", {30, 100, 800}}}, [init = init](benchmark::State& state) {
      per_second(state, "weights", double(size(state) * 784));
      return [init, m = size(state), rng = Rng(1)]() mutable { return init(m, 784, Activation::relu, rng); };
    });
});

const Benchmarks training([] {
  measure("7.5 descend", layer_sizes, [](benchmark::State& state) {
    const Network network = digit_network(size(state));
    const Batch batch = gather(noise_images(size(state, 1)), first(size(state, 1)));
    const Trace trace = forward_trace(network, batch.X);
    const std::vector<mat> deltas = backward_deltas(network, trace, batch.T, Loss::cross_entropy);
    per_second(state, "samples", double(size(state, 1)));
    return [=, next = network]() mutable -> Network& {
      return next = descend(std::move(next), batch.X, trace, deltas, real(1e-9));
    };
  });
  measure("7.5 train_epoch", epoch_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const uword n = size(state, 1);
    const std::vector<uvec> batches = shuffled_batches(first(n), 100, rng);
    per_second(state, "samples", double(n));
    return [batches, data = noise_images(n), network = digit_network(size(state))]() mutable -> Network& {
      return network = train_epoch(std::move(network), data, batches, Options()).network;
    };
  });
  measure("7.6 accuracy", epoch_sizes, [](benchmark::State& state) {
    const uword n = size(state, 1);
    per_second(state, "samples", double(n));
    return [data = noise_images(n), network = digit_network(size(state)), indices = first(n)] {
      return accuracy(network, data, indices);
    };
  });
  measure("7.6 confusion_matrix", sample_sizes, [](benchmark::State& state) {
    const uvec labels = first(size(state)) - 10 * (first(size(state)) / 10);
    per_second(state, "samples", double(size(state)));
    return [labels, predicted = uvec(reverse(labels))] { return confusion_matrix(labels, predicted, 10); };
  });
  // A rate so small that W (1 - rate lambda) stays W: thousands of calls must not end in tiny numbers, which are slow.
  measure("7.7 decay_weights", {{"units", {30, 100, 800}}}, [](benchmark::State& state) {
    per_second(state, "weights", double(size(state) * 794));
    return [network = digit_network(size(state))]() mutable -> Network& {
      return network = decay_weights(std::move(network), real(1e-20), 1);
    };
  });
  measure("7.8 train", {{"units", {30, 100}}, {"samples", {1000}}, {"epochs", {2}}}, [](benchmark::State& state) {
    Rng rng(1);
    const uword n = size(state, 1);
    Options options;
    options.epochs = size(state, 2);
    per_second(state, "samples", double(n * options.epochs));
    return [=, network = digit_network(size(state)), data = noise_images(n),
            parts = split(n, real(0.1), rng)]() mutable { return train(network, data, parts, options, rng); };
  });
});

}  // namespace
}  // namespace nn
