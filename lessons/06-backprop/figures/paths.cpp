// One weight that reaches the output along two paths: what each wire multiplies by, and the slope of y along it.
#include "nn/backprop.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure paths("paths", [](FigureData& data) {
  const real h = 4, along_u = 5, along_v = 7;
  const real above = multiply_backward(2, h, along_u).dy, below = multiply_backward(-3, h, along_v).dy;
  FigureTable& wires = data.table({"wire", "x1", "y1", "x2", "y2", "weight", "slope"});
  wires.row("u = 2h", 4.1, 2.2, 6.05, 3.1, real(2), above);
  wires.row("v = -3h", 4.1, 1.8, 6.05, 0.9, real(-3), below);
  wires.row("y", 6.95, 3.1, 8.9, 2.2, along_u, along_u);
  wires.row("y", 6.95, 0.9, 8.9, 1.8, along_v, along_v);
  data.table("sum", {"x", "slope"}).row(3.2, above + below);
});

}  // namespace
}  // namespace nn
