// How long dL/dW of each of fifty layers is before training, compared with the last one: in a chain and with a way
// around each, five starts, as a power of ten.
#include <cmath>

#include "lessons/11-graphs/capstone/learn.hpp"
#include "tools/figures/figure.hpp"
#include "tools/train/digits.hpp"

namespace nn {
namespace {

/// One number for each of the fifty, those of the layer before and the layer behind left out.
vec slopes_of_blocks(const Model& model, const mat& X, const mat& T) {
  const Values values = values_for(model, model.values, X, T);
  const Values slopes = backward(model.graph, values, model.loss);
  vec norms(model.parameters.n_elem / 2 - 2);
  for (uword l = 0; l < norms.n_elem; ++l) norms(l) = norm(slopes[model.parameters(2 * (l + 1))], "fro");
  return norms;
}

const Figure residual("residual", [](FigureData& data) {
  const Samples samples = samples_of(trainer::digits(data.dataset()).train);
  const mat X = samples.X.head_cols(50), T = samples.T.head_cols(50);
  for (const auto& [name, phi] :
       {std::pair<const char*, Activation>{"tanh", Activation::tanh}, {"sigmoid", Activation::sigmoid}}) {
    FigureTable& table = data.table(name, {"block", "chain", "residual"});
    for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
      Rng rng(seed), same(seed);
      const vec chain = slopes_of_blocks(chain_graph(X.n_rows, 32, 50, T.n_rows, phi, rng), X, T),
                around = slopes_of_blocks(residual_graph(X.n_rows, 32, 50, T.n_rows, phi, same), X, T);
      const auto power = [](real a, real b) {
        return std::log10(std::max(double(a), 1e-40) / std::max(double(b), 1e-40));
      };
      for (uword l = 0; l < chain.n_elem; ++l)
        table.row(l + 1, power(chain(l), chain.back()), power(around(l), around.back()));
      table.gap();
    }
  }
});

}  // namespace
}  // namespace nn
