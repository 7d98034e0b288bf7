// Tasks 4.1, 4.2 and 4.4 on the two models of the slides: the loss of each picture by itself, and of all three at once.
#include "nn/losses.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure two_models("two_models", [](FigureData& data) {
  FigureTable& table = data.table({"place", "picture", "model", "error", "squared", "entropy"});
  const mat T = one_hot({2, 1, 0}, 3);  // a pig, a dog, a cat
  const mat models[] = {{{0.3, 0.3, 0.1}, {0.3, 0.4, 0.2}, {0.4, 0.3, 0.7}},
                        {{0.1, 0.1, 0.3}, {0.2, 0.7, 0.4}, {0.7, 0.2, 0.3}}};
  const auto add = [&](uword place, const std::string& picture, uword model, const mat& P, const mat& target) {
    table.row(place, picture, model, classification_error(P, target), mean_squared_error(P, target),
              cross_entropy(P, target));
  };
  for (uword model = 0; model < 2; ++model) {
    const mat& P = models[model];
    for (uword i = 0; i < 3; ++i)
      add(i, std::vector<std::string>{"pig", "dog", "cat"}[i], model + 1, P.col(i), T.col(i));
    add(3, "all three", model + 1, P, T);
  }
});

}  // namespace
}  // namespace nn
