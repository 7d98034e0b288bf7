// The graph of f = (x + y) z: on each wire its value, and the slope of f along it, which comes back from the right.
#include "nn/backprop.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure graph("graph", [](FigureData& data) {
  const real x = 1, y = 2, z = 3, u = x + y;
  const Slopes product = multiply_backward(u, z, 1), sum = add_backward(product.dx);
  FigureTable& wires = data.table({"wire", "x1", "y1", "x2", "y2", "value", "slope"});
  wires.row("x", 0.9, 3.6, 3.55, 2.7, x, sum.dx);
  wires.row("y", 0.9, 1.7, 3.55, 2.3, y, sum.dy);
  wires.row("u", 4.45, 2.45, 6.75, 1.7, u, product.dx);
  wires.row("z", 0.9, 0.5, 6.75, 1.35, z, product.dy);
  wires.row("f", 7.65, 1.5, 9.8, 1.5, u * z, real(1));
});

}  // namespace
}  // namespace nn
