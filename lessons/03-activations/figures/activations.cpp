// Tasks 3.1 to 3.5: every activation, and its derivative where the contract has one.
#include "nn/activations.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

constexpr real leak = 0.1;  // a larger slope than usual, so that it can be seen

const Figure activations("activations", [](FigureData& data) {
  const mat Z = arma::regspace<rowvec>(-60, 60) / 20;  // -3 ... 3, and exactly 0 in the middle
  FigureTable& values = data.table(
      "values", {"z", "step", "sign", "identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "hard_tanh"});
  const std::vector<mat> A = {step(Z),   sign(Z),     identity(Z), sigmoid(Z), tanh(Z), relu(Z), leaky_relu(Z, leak),
                              elu(Z, 1), hard_tanh(Z)};
  FigureTable& slopes = data.table("slopes", {"z", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "hard_tanh"});
  const std::vector<mat> D = {sigmoid_derivative(sigmoid(Z)), tanh_derivative(tanh(Z)), relu_derivative(Z),
                              leaky_relu_derivative(Z, leak), elu_derivative(Z, 1),     hard_tanh_derivative(Z)};
  const auto add = [&](FigureTable& table, const std::vector<mat>& all) {
    for (uword i = 0; i < Z.n_elem; ++i) {
      std::vector<double> row = {Z(i)};
      for (const mat& one : all) row.push_back(one(i));
      table.row(row);
    }
  };
  add(values, A);
  add(slopes, D);
});

}  // namespace
}  // namespace nn
