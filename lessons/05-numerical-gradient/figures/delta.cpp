// Tasks 5.1 and 5.5: how far the measured slope of x^3 at 1.7 is from the true one, against delta. Only sums, products
// and quotients: the same digits on every machine.
#include "nn/numerical_gradient.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure delta("delta", [](FigureData& data) {
  const auto cube = [](real x) { return x * x * x; };
  const auto slope = [](real x) { return 3 * x * x; };
  const real x = 1.7;
  FigureTable& table = data.table({"delta", "central", "forward"});
  real power = 1;
  for (int k = 1; k <= 13; ++k) {
    power *= 10;
    for (const real step : {real(7), real(4), real(2), real(1)}) {
      const real d = step / power;
      const real forward = (cube(x + d) - cube(x)) / d;  // to compare with: one side only
      table.row(d, std::abs(derivative(cube, x, d) - slope(x)), std::abs(forward - slope(x)));
    }
  }
  data.table("best", {"delta"}).row(best_delta(cube, slope, x));
});

}  // namespace
}  // namespace nn
