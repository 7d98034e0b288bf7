// Task 1.6 on the textbook's exercise 1.11.11: 20 points, 1 where x1 > x2, and the neuron's line after six passes.
#include "nn/perceptron.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure learning("learning", [](FigureData& data) {
  Rng rng(55);
  const mat X = random_uniform(2, 20, 0, 1, rng);
  const rowvec y = arma::conv_to<rowvec>::from(X.row(0) > X.row(1));
  const Learned learned = learn(X, y, 1, 100, rng);

  FigureTable& lines = data.table("lines", {"pass", "x1", "x2", "along1", "along2", "wrong"});
  FigureTable& points = data.table("points", {"pass", "x1", "x2", "wanted", "said"});
  for (uword pass = 1; pass <= 6; ++pass) {
    const Perceptron& neuron = learned.history.at(std::min<uword>(pass, learned.history.size()) - 1);
    uword wrong = 0;
    for (uword i = 0; i < X.n_cols; ++i) {
      const real said = fire(neuron, X.col(i));
      points.row(pass, X(0, i), X(1, i), y(i), said);
      wrong += said != y(i);
    }
    const real length = std::max(norm(neuron.w), real(1e-9));  // no weights: a line far away
    const vec foot = -neuron.b / (length * length) * neuron.w;
    lines.row(pass, foot(0), foot(1), -neuron.w(1) / length, neuron.w(0) / length, wrong);
  }
});

}  // namespace
}  // namespace nn
