// Task 5.2 on whole networks: how often the loss is computed for one gradient, and what that takes in multiplications.
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/numerical_gradient.hpp"
#include "nn/support/random.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

/// A network of d inputs, m hidden sigmoids and k outputs whose numbers stand in one column, one after the other.
Network unpack(const mat& all, uword d, uword m, uword k) {
  const real* next = all.memptr();
  const auto take = [&](uword rows, uword cols) {
    mat part(next, rows, cols);
    next += rows * cols;
    return part;
  };
  const mat W1 = take(m, d), b1 = take(m, 1), W2 = take(k, m), b2 = take(k, 1);
  return {{W1, b1, Activation::sigmoid}, {W2, b2, Activation::sigmoid}};
}

const Figure cost("cost", [](FigureData& data) {
  FigureTable& table = data.table({"parameters", "evaluations", "multiplications"});
  const uword sizes[][3] = {{2, 2, 1}, {4, 4, 2}, {8, 6, 3}, {12, 10, 4}, {16, 16, 6}, {24, 20, 8}, {32, 30, 10}};
  for (const uword* size : sizes) {
    const uword d = size[0], m = size[1], k = size[2];
    Rng rng(1);
    const mat X = random_uniform(d, 1, 0, 1, rng), T = random_uniform(k, 1, 0, 1, rng);
    const mat all = random_uniform(m * d + m + k * m + k, 1, -1, 1, rng);
    real evaluations = 0, multiplications = 0;
    const auto loss = [&](const mat& moved) {
      ++evaluations;
      multiplications += real(m * d + k * m);
      return mean_squared_error(forward(unpack(moved, d, m, k), X), T);
    };
    (void)numerical_gradient(loss, all, real(1e-5));
    table.row(all.n_elem, evaluations, multiplications);
  }
});

}  // namespace
}  // namespace nn
