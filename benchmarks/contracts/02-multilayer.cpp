// Lesson 2: layers of steps.
#include "nn/multilayer.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Benchmarks multilayer([] {
  measure("2.1 xor_gate", no_sizes, [](benchmark::State&) { return [] { return xor_gate(1, 0); }; });
  measure("2.2 xor_by_feature", no_sizes, [](benchmark::State&) { return xor_by_feature; });
  measure("2.3 xor_or_minus_and", no_sizes, [](benchmark::State&) { return [] { return xor_or_minus_and(1, 0); }; });
  measure("2.4 dense", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const uword m = size(state), n = size(state, 1);
    const mat W = random_normal(m, 784, rng), X = random_normal(784, n, rng);
    const vec b = random_normal(m, 1, rng);
    per_second(state, "flop", 2.0 * double(m * 784 * n));
    return [=] { return dense(W, b, X); };
  });
  measure("2.5 forward_steps", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const mat X = random_normal(784, size(state, 1), rng);
    per_second(state, "samples", double(X.n_cols));
    return [X, network = digit_network(size(state))] { return forward_steps(network, X); };
  });
  measure("2.6 xor_network", no_sizes, [](benchmark::State&) { return xor_network; });
  measure("2.7 xor_relu_network", no_sizes, [](benchmark::State&) { return xor_relu_network; });
  measure("2.8 boolean_network", {{"inputs", {2, 5, 10}}}, [](benchmark::State& state) {
    uvec table(uword(1) << size(state), arma::fill::zeros);
    for (uword i = 0; i < table.n_elem; i += 2) table(i) = 1;
    per_second(state, "rows", double(table.n_elem));
    return [table] { return boolean_network(table); };
  });
  measure("2.9 collapse", {{"units", {30, 100, 800}}}, [](benchmark::State& state) {
    const uword m = size(state);
    per_second(state, "flop", 2.0 * double(10 * m * 784 + 10 * m));
    return [network = digit_network(m)] { return collapse(network); };
  });
});

}  // namespace
}  // namespace nn
