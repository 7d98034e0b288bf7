// Every line in the plane as a neuron for XOR: its weights point at an angle, its line passes the origin at a distance.
// How many of the four rows it gets wrong. The best lines miss one; none misses none.
#include "nn/multilayer.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

real wrong(real degrees, real distance) {
  const real angle = degrees * arma::datum::pi / 180;
  const Layer line{{{std::cos(angle), std::sin(angle)}}, {-distance}, Activation::step};
  const ToyData table = xor_table();
  return accu(forward_steps({line}, table.X) != arma::conv_to<rowvec>::from(table.labels));
}

const Figure xor_lines("xor_lines", [](FigureData& data) {
  constexpr real step = 4, low = -1.75, high = 1.75, cell = 0.035;
  // For each angle and the 4 degrees after it, the distances with the same count.
  FigureTable& strips = data.table({"angle", "from", "to", "wrong"});
  for (real angle = 0; angle < 360; angle += step) {
    real start = low, count = wrong(angle + step / 2, low + cell / 2);
    for (real edge = low + cell; edge < high + cell / 2; edge += cell) {
      const real next = edge + cell / 2 < high ? wrong(angle + step / 2, edge + cell / 2) : -1;
      if (next == count) continue;
      strips.row(angle, start, edge, count);
      start = edge, count = next;
    }
  }
});

}  // namespace
}  // namespace nn
