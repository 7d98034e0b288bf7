// Task 5.1 with a delta so large that it can be seen: the slope of x^3 at 1 from both sides, from one side, and the
// true one.
#include "nn/numerical_gradient.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure chords("chords", [](FigureData& data) {
  const auto cube = [](real x) { return x * x * x; };
  const real x = 1, delta = real(0.6);
  const real both = derivative(cube, x, delta), one = (cube(x + delta) - cube(x)) / delta;
  FigureTable& table = data.table({"x", "curve", "tangent", "both", "one"});
  for (int i = 0; i <= 40; ++i) {
    const real at = real(i) / 20;
    table.row(at, cube(at), cube(x) + 3 * (at - x), cube(x - delta) + both * (at - (x - delta)),
              cube(x) + one * (at - x));
  }
  FigureTable& points = data.table("points", {"x", "height"});
  for (const real at : {x - delta, x, x + delta}) points.row(at, cube(at));
});

}  // namespace
}  // namespace nn
