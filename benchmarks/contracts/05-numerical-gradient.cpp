// Lesson 5: slopes without derivatives, and the walk downhill.
#include "nn/numerical_gradient.hpp"

#include <cmath>

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Sizes entry_sizes = {{"entries", {10, 100, 1000}}};

const std::function<real(const mat&)> squares = [](const mat& X) { return accu(X % X); };

mat some_entries(benchmark::State& state) {
  Rng rng(1);
  per_second(state, "entries", double(size(state)));
  return random_normal(size(state), 1, rng);
}

const Benchmarks numerical([] {
  const std::function<real(real)> cube = [](real x) { return x * x * x; }, slope = [](real x) { return 3 * x * x; };
  measure("5.1 derivative", no_sizes,
          [=](benchmark::State&) { return [=] { return derivative(cube, 1, real(1e-3)); }; });
  measure("5.2 numerical_gradient", entry_sizes, [](benchmark::State& state) {
    return [X = some_entries(state)] { return numerical_gradient(squares, X, real(1e-3)); };
  });
  measure("5.3 relative_error", no_sizes, [](benchmark::State&) { return [] { return relative_error(1, 2); }; });
  measure("5.4 gradient_descent", {{"entries", {10, 100, 1000}}, {"steps", {100}}}, [](benchmark::State& state) {
    const std::function<vec(const vec&)> gradient = [](const vec& x) -> vec { return 2 * x; };
    const vec x0 = some_entries(state);
    return [=, steps = size(state, 1)] { return gradient_descent(gradient, x0, real(0.001), steps); };
  });
  measure("5.5 best_delta", no_sizes, [=](benchmark::State&) { return [=] { return best_delta(cube, slope, 1); }; });
  measure("5.6 check_gradient", entry_sizes, [](benchmark::State& state) {
    const std::function<mat(const mat&)> gradient = [](const mat& X) -> mat { return 2 * X; };
    return [gradient, X = some_entries(state)] { return check_gradient(squares, gradient, X); };
  });
  measure("5.7 train_numerically", {{"units", {3, 10, 30}}, {"batch", {100}}}, [](benchmark::State& state) {
    Rng rng(1);
    const uword m = size(state), n = size(state, 1);
    const Network network = {{random_normal(m, 4, rng), vec(m, arma::fill::zeros), Activation::tanh},
                             {random_normal(2, m, rng), vec(2, arma::fill::zeros), Activation::sigmoid}};
    per_second(state, "parameters", double(m * 5 + 2 * (m + 1)));
    return [network, X = random_normal(4, n, rng), T = some_targets(2, n)] {
      return train_numerically(network, X, T, real(0.1), 1);
    };
  });
});

}  // namespace
}  // namespace nn
