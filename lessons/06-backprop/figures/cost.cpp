// What one gradient costs: the numerical one, which runs the network twice for each parameter, and backprop. Seconds
// are measured.
#include <algorithm>
#include <chrono>

#include "nn/activations.hpp"
#include "nn/backprop.hpp"
#include "nn/losses.hpp"
#include "nn/support/random.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

/// The shortest of several times that `work` takes, in milliseconds.
double milliseconds(int tries, const std::function<void()>& work) {
  double best = 1e9;
  for (int i = 0; i < tries; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

const Figure cost("cost", [](FigureData& data) {
  constexpr uword inputs = 20, classes = 10, samples = 20;
  FigureTable& passes = data.table("passes", {"parameters", "forward", "backprop"});
  FigureTable& measured = data.table("numerical", {"parameters", "evaluations", "milliseconds"});
  Rng rng(1);
  const mat X = random_normal(inputs, samples, rng);
  mat T(classes, samples, arma::fill::zeros);
  for (uword i = 0; i < samples; ++i) T(i % classes, i) = 1;
  for (uword units = 3; units <= 3072; units *= 4) {
    Network network = {{random_normal(units, inputs, rng) / 5, vec(units, arma::fill::zeros), Activation::tanh},
                       {random_normal(classes, units, rng) / 5, vec(classes, arma::fill::zeros), Activation::softmax}};
    const uword parameters = units * (inputs + 1) + classes * (units + 1);
    passes.row(parameters, milliseconds(20, [&] { (void)forward(network, X); }),
               milliseconds(20, [&] { (void)backprop(network, X, T, Loss::cross_entropy); }));
    if (parameters > 2000) continue;
    uword evaluations = 0;
    const double spent = milliseconds(3, [&] {
      evaluations = 0;
      const auto loss = [&] { return ++evaluations, cross_entropy(forward(network, X), T); };
      for (Layer& layer : network) {
        const mat W = layer.W, b = layer.b;
        (void)numerical_gradient(
            [&](const mat& moved) {
              layer.W = moved;
              return loss();
            },
            W, 1e-5);
        layer.W = W;
        (void)numerical_gradient(
            [&](const mat& moved) {
              layer.b = moved;
              return loss();
            },
            b, 1e-5);
        layer.b = b;
      }
    });
    measured.row(parameters, evaluations, spent);
  }
});

}  // namespace
}  // namespace nn
