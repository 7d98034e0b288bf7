// A chain of single units, each with weight 1 and bias 0: how much of a change at the input arrives at depth l. It is
// the product of the derivatives of all units on the way.
#include "nn/activations.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

/// The derivative of the chain's last unit, whose weighted sum is z.
real slope(Activation phi, const mat& z) {
  switch (phi) {
    case Activation::sigmoid: return sigmoid_derivative(sigmoid(z)).eval()(0);
    case Activation::tanh: return tanh_derivative(tanh(z)).eval()(0);
    default: return relu_derivative(z).eval()(0);
  }
}

const Figure vanishing("vanishing", [](FigureData& data) {
  FigureTable& table = data.table({"depth", "sigmoid", "tanh", "relu"});
  const mat start(1, 1, arma::fill::ones);
  const std::vector<Activation> kinds = {Activation::sigmoid, Activation::tanh, Activation::relu};
  std::vector<double> row = {0, 1, 1, 1};
  table.row(row);
  Network chains[3];
  for (int depth = 1; depth <= 20; ++depth) {
    row[0] = depth;
    for (int i = 0; i < 3; ++i) {
      row[i + 1] *= slope(kinds[i], forward(chains[i], start));  // weight 1: its sum is what the chain before it gives
      chains[i].push_back({start, vec{0}, kinds[i]});
    }
    table.row(row);
  }
});

}  // namespace
}  // namespace nn
