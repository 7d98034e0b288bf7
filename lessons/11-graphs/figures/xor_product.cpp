// What the product unit says over the plane once it has learned XOR.
#include "nn/graph.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure plane("xor_product", [](FigureData& data) {
  Rng rng(1);
  Model model = product_graph(rng);
  const auto put = [&](const mat& x1, const mat& x2, const mat& t) {
    model.values[model.inputs(0)] = x1, model.values[model.inputs(1)] = x2, model.values[model.targets(0)] = t;
    model.values = evaluate(model.graph, std::move(model.values));
  };
  for (int step = 0; step < 5000; ++step) {
    put(mat{{0, 0, 1, 1}}, mat{{0, 1, 0, 1}}, mat{{0, 1, 1, 0}});
    const Values slopes = backward(model.graph, model.values, model.loss);
    model.values = step_down(std::move(model.values), slopes, model.parameters, real(0.4));
  }
  FigureTable& learned = data.table("learned", {"w1", "w2", "v", "c"});
  const auto weight = [&](uword p) { return std::round(1e4 * model.values[model.parameters(p)](0)) / 1e4 + 0.0; };
  learned.row(weight(0), weight(1), weight(2), weight(3));
  FigureTable& table = data.table({"x1", "x2", "y"});
  const rowvec x2 = arma::regspace<rowvec>(-20, 2, 60) / 40;
  for (const real x1 : x2) {
    put(mat(size(x2), arma::fill::value(x1)), x2, mat(size(x2), arma::fill::zeros));
    const mat& y = model.values[model.outputs(0)];
    for (uword n = 0; n < x2.n_elem; ++n) table.row(x1, x2(n), std::round(1e4 * y(n)) / 1e4);
    table.gap();
  }
});

}  // namespace
}  // namespace nn
