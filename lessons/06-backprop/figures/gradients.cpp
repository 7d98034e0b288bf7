// The gradient of every weight and bias of a small network, once by backprop and once measured, by numerical_gradient.
#include "nn/activations.hpp"
#include "nn/backprop.hpp"
#include "nn/losses.hpp"
#include "nn/support/random.hpp"
#include "nn/support/shape.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure gradients("gradients", [](FigureData& data) {
  Rng rng(3);
  const auto layer = [&](uword m, uword d, Activation phi) {
    return Layer{random_normal(m, d, rng), random_normal(m, 1, rng).as_col(), phi};
  };
  Network network = {layer(5, 4, Activation::tanh), layer(4, 5, Activation::sigmoid), layer(3, 4, Activation::softmax)};
  const mat X = random_normal(4, 6, rng), T = one_hot({0, 1, 2, 2, 1, 0}, 3);
  const Gradients g = backprop(network, X, T, Loss::cross_entropy);

  FigureTable& table = data.table({"layer", "row", "column", "backprop", "numerical"});
  for (uword l = 0; l < network.size(); ++l) {
    const mat W = network[l].W, b = network[l].b;
    const auto loss = [&] { return cross_entropy(forward(network, X), T); };
    const mat dW = numerical_gradient(
        [&](const mat& moved) {
          network[l].W = moved;
          return loss();
        },
        W, 1e-5);
    network[l].W = W;
    const mat db = numerical_gradient(
        [&](const mat& moved) {
          network[l].b = moved;
          return loss();
        },
        b, 1e-5);
    network[l].b = b;
    require_same_shape(g.dW.at(l), W, "backprop", "dW of layer " + std::to_string(l + 1), "W");
    require_same_shape(g.db.at(l), b, "backprop", "db of layer " + std::to_string(l + 1), "b");
    for (uword i = 0; i < W.n_rows; ++i) {
      for (uword j = 0; j < W.n_cols; ++j) table.row(l + 1, i + 1, real(j + 1), g.dW[l](i, j), dW(i, j));
      table.row(l + 1, i + 1, W.n_cols + real(1.5), g.db[l](i), db(i));  // half a cell apart: the biases
    }
  }
});

}  // namespace
}  // namespace nn
