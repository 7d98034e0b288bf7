// A cell of one unit, and the graph of its five steps: the value of each state, and the slope of the loss along it.
#include "nn/sequences.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure unrolled("unrolled", [](FigureData& figure) {
  const Recurrent net{Cell::plain, {{mat{real(0.8)}, mat{real(0.9)}, vec{0}}}, mat{2}, vec{-1}};
  const std::vector<real> read = {1, 0, 0, -1, 0};
  const auto [model, states] = unroll(net, read.size(), {read.size() - 1}, Loss::binary_cross_entropy);
  Values values = model.values;
  values[model.inputs(0)] = mat{0};
  for (uword t = 0; t < read.size(); ++t) values[model.inputs(t + 1)] = mat{read[t]};
  values[model.targets(0)] = mat{1};
  values = evaluate(model.graph, std::move(values));
  const Values slopes = backward(model.graph, values, model.loss);
  const auto number = [](const mat& slope) { return slope.empty() ? real(0) : slope(0); };  // empty: nothing is heard
  FigureTable& steps = figure.table("steps", {"t", "x", "state", "slope"});
  for (uword t = 0; t <= read.size(); ++t)
    steps.row(int(t), t == 0 ? real(0) : read[t - 1], values[states(t)](0), number(slopes[states(t)]));
  FigureTable& weights = figure.table("weights", {"W", "U", "b", "loss"});
  std::vector<double> slope;
  for (uword p = 0; p < 3; ++p) slope.push_back(double(number(slopes[model.parameters(p)])));
  weights.row(slope[0], slope[1], slope[2], values[model.loss](0));
});

}  // namespace
}  // namespace nn
