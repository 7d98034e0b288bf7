// How many samples the neuron misclassifies after each pass of learning: points that a line can part, and XOR.
#include "nn/perceptron.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

constexpr uword passes = 40;

real wrong(const Perceptron& neuron, const mat& X, const rowvec& y) {
  real count = 0;
  for (uword i = 0; i < X.n_cols; ++i) count += fire(neuron, X.col(i)) != y(i);
  return count;
}

const Figure mistakes("mistakes", [](FigureData& data) {
  FigureTable& table = data.table({"data", "pass", "wrong"});
  const auto add = [&](const std::string& name, const mat& X, const rowvec& y, Rng rng) {
    const Learned learned = learn(X, y, 1, passes, rng);
    for (uword pass = 1; pass <= learned.history.size(); ++pass)
      table.row(name, pass, wrong(learned.history[pass - 1], X, y));
  };
  Rng rng(55);
  const mat X = random_uniform(2, 20, 0, 1, rng);
  add("points", X, arma::conv_to<rowvec>::from(X.row(0) > X.row(1)), rng);
  add("XOR", xor_table().X, arma::conv_to<rowvec>::from(xor_table().labels), Rng(1));
});

}  // namespace
}  // namespace nn
