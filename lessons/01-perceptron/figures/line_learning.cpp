// Task 1.6 in motion: forty points, 1 where x1 > x2, and what the neuron takes them for after each pass.
#include "lessons/01-perceptron/figures/plane.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure line_learning("line_learning", [](FigureData& data) {
  constexpr uword passes = 10;
  Rng rng(47);
  const mat X = random_uniform(2, 40, 0, 1, rng);
  const rowvec y = arma::conv_to<rowvec>::from(X.row(0) > X.row(1));
  std::vector<Perceptron> neurons = learn(X, y, 1, passes, rng).history;
  neurons.insert(neurons.begin(), {vec(2, arma::fill::zeros), 0});

  FigureTable& strips = data.table("strips", {"pass", "left", "right", "bottom", "top"});
  FigureTable& lines = data.table("lines", {"pass", "x1", "x2", "along1", "along2", "wrong"});
  FigureTable& points = data.table("points", {"pass", "x1", "x2", "wanted", "said"});
  for (uword pass = 0; pass <= passes; ++pass) {
    const Perceptron& neuron = neurons.at(std::min<uword>(pass, neurons.size() - 1));
    strips.row(pass, 0.0, 0.0, 0.0, 0.0);  // each frame has one, even if the neuron never fires
    for (const Strip& strip : firing_strips(neuron, 0, 1, 41))
      strips.row(pass, strip.left, strip.right, strip.bottom, strip.top);
    uword wrong = 0;
    for (uword i = 0; i < X.n_cols; ++i) {
      const real said = fire(neuron, X.col(i));
      points.row(pass, X(0, i), X(1, i), y(i), said);
      wrong += said != y(i);
    }
    const Line line = line_of(neuron);
    lines.row(pass, line.foot(0), line.foot(1), line.along(0), line.along(1), wrong);
  }
});

}  // namespace
}  // namespace nn
