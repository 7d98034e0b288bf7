// Lesson 1: one neuron.
#include "nn/perceptron.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Sizes input_sizes = {{"inputs", {2, 100, 784}}};

const Benchmarks perceptron([] {
  measure("1.1 step", no_sizes, [](benchmark::State&) { return [a = real(0.5)] { return step(a); }; });
  measure("1.2 fire", input_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const vec w = random_normal(size(state), 1, rng), x = random_normal(size(state), 1, rng);
    return [x, neuron = Perceptron{w, 0}] { return fire(neuron, x); };
  });
  measure("1.3 with_threshold", input_sizes, [](benchmark::State& state) {
    return [w = vec(size(state), arma::fill::ones)] { return with_threshold(w, real(0.5)); };
  });
  measure("1.4 and_gate", no_sizes, [](benchmark::State&) { return and_gate; });
  measure("1.4 nand_gate", no_sizes, [](benchmark::State&) { return nand_gate; });
  measure("1.4 or_gate", no_sizes, [](benchmark::State&) { return or_gate; });
  measure("1.4 not_gate", no_sizes, [](benchmark::State&) { return not_gate; });
  measure("1.5 at_least", input_sizes,
          [](benchmark::State& state) { return [n = size(state)] { return at_least(n / 2, n); }; });
  // Labels that no line separates: every run makes all its passes.
  measure("1.6 learn", {{"inputs", {2, 100, 784}}, {"samples", {100}}, {"passes", {10}}}, [](benchmark::State& state) {
    Rng rng(1);
    const uword n = size(state, 1), passes = size(state, 2);
    const mat X(size(state), n, arma::fill::ones);
    rowvec y(n, arma::fill::zeros);
    y.head(n / 2).ones();
    per_second(state, "samples", double(n * passes));
    return [=]() mutable { return learn(X, y, real(0.1), passes, rng); };
  });
});

}  // namespace
}  // namespace nn
