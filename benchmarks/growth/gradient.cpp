// One gradient of the loss: numerically the loss is computed twice for each of P parameters, and computing it costs P;
// backprop costs P.
#include <memory>

#include "benchmarks/growth/curve.hpp"
#include "nn/backprop.hpp"
#include "nn/numerical_gradient.hpp"
#include "nn/support/random.hpp"

namespace growth {
namespace {

constexpr nn::uword inputs = 30, outputs = 2, samples = 100;

/// Networks that differ in the units of their hidden layer, by the number of their parameters.
double parameters(double units) { return units * (inputs + 1) + outputs * (units + 1); }
nn::uword units(double parameters) { return nn::uword((parameters - outputs) / (inputs + 1 + outputs) + 0.5); }

struct Setting {
  nn::Network network;
  nn::mat X, T;

  explicit Setting(nn::uword m) : T(outputs, samples, arma::fill::zeros) {
    nn::Rng rng(1);
    X = nn::random_normal(inputs, samples, rng);
    for (nn::uword j = 0; j < samples; ++j) T(j % outputs, j) = 1;
    network = {{nn::random_normal(m, inputs, rng) / 5, nn::vec(m, arma::fill::zeros), nn::Activation::tanh},
               {nn::random_normal(outputs, m, rng) / 5, nn::vec(outputs, arma::fill::zeros), nn::Activation::identity}};
  }
};

std::vector<double> sizes(double most_units) {
  std::vector<double> all = doubling(2, most_units);
  for (double& size : all) size = parameters(size);
  return all;
}

}  // namespace

std::vector<Curve> gradient_curves(const Effort& effort) {
  Curve numerical{
      "gradient-numerical",
      "A numerical gradient (5.7), by parameters",
      "parameters",
      "seconds",
      {{2, 0.5, parameters(16)}},
      sizes(effort.up_to(128, 64)),
  };
  measure(numerical, effort, [](double p) {
    const auto s = std::make_shared<Setting>(units(p));
    return [s] { nn::train_numerically(s->network, s->X, s->T, nn::real(0.1), 1); };
  });
  Curve backprop{
      "gradient-backprop", "The same gradient by backprop (6.6)", "parameters",
      "seconds",           {{1, 0.5, parameters(128)}},           sizes(effort.up_to(4096, 2048)),
  };
  measure(backprop, effort, [](double p) {
    const auto s = std::make_shared<Setting>(units(p));
    return [s] { nn::backprop(s->network, s->X, s->T, nn::Loss::squared); };
  });
  return {numerical, backprop};
}

}  // namespace growth
