// Task 5.4 on the valley x^2 / 20 + y^2 with slopes from task 5.2: three rates, thirty steps each from (-7, 2).
#include "nn/numerical_gradient.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

real valley(const mat& p) { return p(0) * p(0) / 20 + p(1) * p(1); }

const Figure descent("descent", [](FigureData& data) {
  FigureTable& paths = data.table({"rate", "step", "x", "y", "height"});
  for (const real rate : {real(0.01), real(0.9), real(1.05)}) {
    const auto gradient = [](const vec& p) -> vec { return numerical_gradient(valley, p, real(1e-5)); };
    const mat path = gradient_descent(gradient, {-7, 2}, rate, 30);
    for (uword t = 0; t < path.n_cols; ++t) paths.row(rate, t, path(0, t), path(1, t), valley(path.col(t)));
  }
});

}  // namespace
}  // namespace nn
