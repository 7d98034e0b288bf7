// The plane as the XOR network of task 2.6 sees it: where the first two hidden units fire, and where the output does.
#include "nn/multilayer.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

constexpr real low = -0.5, high = 1.5;
constexpr uword cells = 79;  // odd, so that no middle of a cell lies on a line
constexpr real width = (high - low) / cells;

const Figure xor_regions("xor_regions", [](FigureData& data) {
  FigureTable& regions = data.table("regions", {"panel", "left", "right", "bottom", "top"});
  FigureTable& points = data.table("points", {"panel", "x1", "x2", "said"});
  const Network network = xor_network();
  const auto panel = [&](int number, const Network& part, uword unit) {
    for (uword row = 0; row < cells; ++row) {
      mat X(2, cells);
      for (uword column = 0; column < cells; ++column)
        X.col(column) = vec{low + (column + real(0.5)) * width, low + (row + real(0.5)) * width};
      const rowvec fires = forward_steps(part, X).eval().row(unit);
      for (uword start = 0; start < cells;) {
        uword end = start;
        while (end < cells && fires(end) != 0) ++end;
        if (end > start)
          regions.row(number, low + start * width, low + end * width, low + row * width, low + (row + 1) * width);
        start = std::max(end, start + 1);
      }
    }
    const ToyData table = xor_table();
    const mat said = forward_steps(part, table.X);
    for (uword i = 0; i < table.size(); ++i) points.row(number, table.X(0, i), table.X(1, i), said(unit, i));
  };
  panel(1, {network.at(0)}, 0);
  panel(2, {network.at(0)}, 1);
  panel(3, network, 0);
});

}  // namespace
}  // namespace nn
