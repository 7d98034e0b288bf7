// The five rules on the valley x^2 / 20 + y^2, forty steps each from (-7, 2).
#include "nn/optimisers.hpp"
#include "tools/figures/figure.hpp"

namespace {

struct Walk {
  const char* name;
  nn::Rule rule;
  double rate;
};

const nn::Figure walks("walks", [](nn::FigureData& data) {
  for (const auto& [name, rule, rate] : {Walk{"descent", nn::Rule::descent, 0.1},
                                         {"momentum", nn::Rule::momentum, 0.1},
                                         {"nesterov", nn::Rule::nesterov, 0.1},
                                         {"rmsprop", nn::Rule::rmsprop, 0.3},
                                         {"adam", nn::Rule::adam, 0.3}}) {
    nn::FigureTable& table = data.table(name, {"step", "x", "y", "height"});
    nn::Method method;
    method.rule = rule;
    nn::Moved now{nn::vec{-7, 2}, {}};
    for (int step = 0; step <= 40; ++step) {
      const double x = now.x(0), y = now.x(1);
      table.row(step, x, y, x * x / 20 + y * y);
      const nn::vec slope = {now.x(0) / 10, 2 * now.x(1)};
      now = nn::take_step(method, nn::real(rate), now.x, slope, now.memory);
    }
  }
});

}  // namespace
