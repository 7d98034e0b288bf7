// The loss of 2-8-1 on two moons against the slopes that were paid for: conjugate gradients with every slope of the
// line searches counted, and three rules at the rates that serve them best.
#include <algorithm>

#include "nn/optimisers.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace {

constexpr nn::uword paid = 600;

struct Contender {
  const char* name;
  nn::Rule rule;
  double rate;
};

const nn::Figure conjugate("conjugate", [](nn::FigureData& data) {
  nn::Rng rng(1);
  const nn::ToyData moons = nn::moons(200, nn::real(0.2), rng);
  const nn::mat T = arma::conv_to<nn::rowvec>::from(moons.labels);
  const nn::Network start = {nn::xavier_init(8, 2, nn::Activation::tanh, rng),
                             nn::xavier_init(1, 8, nn::Activation::sigmoid, rng)};
  // the least loss after so many slopes
  nn::FigureTable& table = data.table({"slopes", "conjugate", "descent", "momentum", "adam"});
  nn::mat least(paid, 4);
  nn::uword count = 0, column = 0;
  const auto slope = [&](const nn::vec& numbers) -> nn::vec {
    const nn::Gradients g = nn::backprop(nn::unflatten(start, numbers), moons.X, T, nn::Loss::binary_cross_entropy);
    if (count < paid) least(count, column) = count == 0 ? g.loss : std::min(least(count - 1, column), g.loss);
    ++count;
    nn::Network slopes = start;
    for (std::size_t l = 0; l < slopes.size(); ++l) slopes[l].W = g.dW[l], slopes[l].b = g.db[l];
    return nn::flatten(slopes);
  };
  (void)nn::conjugate_gradient(slope, nn::flatten(start), paid / 2, nn::real(0.1));
  for (const auto& [name, rule, rate] : {Contender{"descent", nn::Rule::descent, 3},
                                         {"momentum", nn::Rule::momentum, 1},
                                         {"adam", nn::Rule::adam, 0.1}}) {
    count = 0, ++column;
    nn::Method method;
    method.rule = rule;
    nn::Moved now{nn::flatten(start), {}};
    while (count < paid) {
      const nn::vec g = slope(now.x);
      now = nn::take_step(method, nn::real(rate), now.x, g, now.memory);
    }
  }
  for (nn::uword i = 0; i < paid; i += 5) table.row(i + 1, least(i, 0), least(i, 1), least(i, 2), least(i, 3));
});

}  // namespace
