// Lesson 6: backward through everything. Networks are 784-units-10.
#include "nn/backprop.hpp"

#include <cmath>

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

/// A network halfway through a step.
struct Setting {
  Network network;
  mat X, T;
  Trace trace;
  std::vector<mat> deltas;
  Gradients gradients;
};

Setting setting(benchmark::State& state) {
  Rng rng(1);
  const uword n = size(state, 1);
  Setting s{digit_network(size(state)), random_uniform(784, n, 0, 1, rng), some_targets(10, n), {}, {}, {}};
  s.trace = forward_trace(s.network, s.X);
  s.deltas = backward_deltas(s.network, s.trace, s.T, Loss::cross_entropy);
  s.gradients = backprop(s.network, s.X, s.T, Loss::cross_entropy);
  per_second(state, "samples", double(n));
  return s;
}

/// A backward pass through one activation, in memory that is kept; the copy of dA into it is measured too.
void measure_activation(const std::string& name, Activation phi) {
  measure(name, layer_sizes, [phi](benchmark::State& state) {
    Rng rng(1);
    const uword m = size(state), n = size(state, 1);
    const mat Z = random_normal(m, n, rng), A = random_uniform(m, n, 0, 1, rng), dA = random_normal(m, n, rng);
    per_second(state, "entries", double(Z.n_elem));
    return [=, dZ = mat()]() mutable -> mat& {
      dZ = dA;
      return dZ = activation_backward(phi, Z, A, std::move(dZ));
    };
  });
}

const Benchmarks backward([] {
  measure("6.1 add_backward", no_sizes, [](benchmark::State&) { return [] { return add_backward(2); }; });
  measure("6.1 multiply_backward", no_sizes,
          [](benchmark::State&) { return [] { return multiply_backward(2, 3, 4); }; });
  measure("6.2 dense_backward", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const uword m = size(state), n = size(state, 1);
    const mat W = random_normal(m, 784, rng), X = random_normal(784, n, rng), dZ = random_normal(m, n, rng);
    per_second(state, "flop", 4.0 * double(m * 784 * n));
    return [=] { return dense_backward(W, X, dZ); };
  });
  measure_activation("6.3 activation_backward sigmoid", Activation::sigmoid);
  measure_activation("6.3 activation_backward relu", Activation::relu);
  measure_activation("6.3 activation_backward softmax", Activation::softmax);
  measure("6.4 forward_trace", layer_sizes, [](benchmark::State& state) {
    return [s = setting(state)]() mutable -> Trace& {
      return s.trace = forward_trace(s.network, s.X, std::move(s.trace));
    };
  });
  measure("6.5 hidden_delta", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const uword m = size(state), n = size(state, 1);
    const mat W = random_normal(10, m, rng), delta = random_normal(10, n, rng), A = random_uniform(m, n, 0, 1, rng);
    per_second(state, "samples", double(n));
    return [=] { return hidden_delta(W, delta, A); };
  });
  measure("6.6 loss_value", layer_sizes, [](benchmark::State& state) {
    return [s = setting(state)] { return loss_value(Loss::cross_entropy, s.trace.A.back(), s.T); };
  });
  measure("6.6 backward_deltas", layer_sizes, [](benchmark::State& state) {
    return [s = setting(state)]() mutable -> std::vector<mat>& {
      return s.deltas = backward_deltas(s.network, s.trace, s.T, Loss::cross_entropy, std::move(s.deltas));
    };
  });
  measure("6.6 backprop", layer_sizes, [](benchmark::State& state) {
    return [s = setting(state)] { return backprop(s.network, s.X, s.T, Loss::cross_entropy); };
  });
  measure("6.7 sgd_step", layer_sizes, [](benchmark::State& state) {
    return [s = setting(state)]() mutable -> Network& {
      return s.network = sgd_step(std::move(s.network), s.gradients, real(1e-9));
    };
  });
  measure("6.8 train_full_batch", {{"units", {30, 100, 800}}, {"samples", {100}}, {"steps", {10}}},
          [](benchmark::State& state) {
            const Setting s = setting(state);
            per_second(state, "samples", double(size(state, 1) * size(state, 2)));
            return [s, steps = size(state, 2)] {
              return train_full_batch(s.network, s.X, s.T, Loss::cross_entropy, real(0.01), steps);
            };
          });
});

}  // namespace
}  // namespace nn
