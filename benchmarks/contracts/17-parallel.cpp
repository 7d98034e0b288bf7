// Lesson 17: a network of 784-100-10, and ranks that are played.
#include "nn/parallel.hpp"

#include "benchmarks/contracts/bench.hpp"
#include "nn/support/ranks.hpp"

namespace nn {
namespace {

Network reader() {
  Rng rng(1);
  Network network = {he_init(100, 784, Activation::relu, rng)};
  network.push_back(xavier_init(10, 100, Activation::softmax, rng));
  return network;
}

Batch some(uword n) {
  Rng rng(1);
  Batch batch = {random_uniform(784, n, 0, 1, rng), mat(10, n, arma::fill::zeros)};
  for (uword i = 0; i < n; ++i) batch.T(rng.below(10), i) = 1;
  return batch;
}

const Benchmarks messages([] {
  measure("17.1 shard", no_sizes, [](benchmark::State&) { return [] { return shard(60000, 5, 64); }; });
  measure("17.2 pack", no_sizes, [](benchmark::State&) {
    const Batch batch = some(10);
    return [g = backprop(reader(), batch.X, batch.T, Loss::cross_entropy)] { return pack(g); };
  });
  measure("17.2 unpack", no_sizes, [](benchmark::State&) {
    return [network = reader(), message = vec(79511, arma::fill::ones)] { return unpack(message, network); };
  });
  measure("17.3 combine", {{"parts", {8}}}, [](benchmark::State& state) {
    const Batch batch = some(10);
    const Gradients g = backprop(reader(), batch.X, batch.T, Loss::cross_entropy);
    return [parts = std::vector<Gradients>(size(state), g), sizes = uvec(size(state)).fill(10)] {
      return combine(parts, sizes);
    };
  });
});

const Benchmarks sums([] {
  const Sizes ranks = {{"ranks", {4, 16}}};
  measure("17.4 ring_all_reduce", ranks, [](benchmark::State& state) {
    return [p = size(state)] {
      Ranks played(p);
      vec sum;
      played.run([&](uword r) { sum = ring_all_reduce(vec(1000, arma::fill::ones), r, p, played.exchange(r)); });
      return sum;
    };
  });
  measure("17.5 tree_all_reduce", ranks, [](benchmark::State& state) {
    return [p = size(state)] {
      Ranks played(p);
      vec sum;
      played.run([&](uword r) {
        sum = tree_all_reduce(vec(1000, arma::fill::ones), r, p, played.send(r), played.receive(r));
      });
      return sum;
    };
  });
});

const Benchmarks steps([] {
  measure("17.6 parallel_step", {{"samples", {100}}}, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state)));
    return [network = reader(), batch = some(size(state)), total = size(state)] {
      return parallel_step(network, batch.X, batch.T, Loss::cross_entropy, real(0.1), total,
                           [](const vec& mine) { return mine; });
    };
  });
  measure("17.7 fit_link", {{"messages", {100}}}, [](benchmark::State& state) {
    Rng rng(1);
    const vec numbers = random_uniform(size(state), 1, 1, 1000, rng);
    return [numbers, seconds = vec(numbers + 5)] { return fit_link(numbers, seconds); };
  });
  const Link link = {real(5e-5), real(6.4e-9)};
  measure("17.7 ring_seconds", no_sizes,
          [=](benchmark::State&) { return [=] { return ring_seconds(8, 79510, link); }; });
  measure("17.7 tree_seconds", no_sizes,
          [=](benchmark::State&) { return [=] { return tree_seconds(8, 79510, link); }; });
  measure("17.7 best_ranks", no_sizes,
          [=](benchmark::State&) { return [=] { return best_ranks(256, 1024, real(4e-5), 79510, link); }; });
  measure("17.8 average", {{"networks", {8}}}, [](benchmark::State& state) {
    return [networks = std::vector<Network>(size(state), reader()),
            weights = vec(size(state)).fill(1 / real(size(state)))] { return average(networks, weights); };
  });
  measure("17.8 local_steps", {{"batches", {10}}}, [](benchmark::State& state) {
    per_second(state, "samples", 32 * double(size(state)));
    return [network = reader(), batches = std::vector<Batch>(size(state), some(32))] {
      return local_steps(
          network, batches, Loss::cross_entropy, real(0.1), 5, [](const vec& mine) { return mine; }, 1);
    };
  });
  measure("17.9 top_k", {{"numbers", {79510}}}, [](benchmark::State& state) {
    Rng rng(1);
    return [gradient = vec(random_normal(size(state), 1, rng)), rest = vec(size(state), arma::fill::zeros)] {
      return top_k(gradient, rest, gradient.n_elem / 100);
    };
  });
});

}  // namespace
}  // namespace nn
