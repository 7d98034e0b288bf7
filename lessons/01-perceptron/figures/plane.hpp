// What the figures of the plane share: where a neuron fires, and the line where it changes its mind.
#pragma once

#include "nn/perceptron.hpp"

namespace nn {

struct Strip {
  real left, right, bottom, top;
};

/// Where the neuron fires in the square from low to high: for each row of cells the runs of cells in whose middle it
/// fires. An odd number of cells keeps the middles off the lines of gates.
inline std::vector<Strip> firing_strips(const Perceptron& neuron, real low, real high, int cells) {
  const real width = (high - low) / cells;
  std::vector<Strip> strips;
  for (int row = 0; row < cells; ++row) {
    const real x2 = low + (row + real(0.5)) * width;
    int start = -1;
    for (int column = 0; column <= cells; ++column) {
      const bool fires = column < cells && fire(neuron, {low + (column + real(0.5)) * width, x2}) != 0;
      if (fires && start < 0) start = column;
      if (!fires && start >= 0) {
        strips.push_back({low + start * width, low + column * width, x2 - width / 2, x2 + width / 2});
        start = -1;
      }
    }
  }
  return strips;
}

/// The line w . x + b = 0: its point nearest to the origin, and its direction. Without weights there is none: a point
/// far away.
struct Line {
  vec foot, along;
};
inline Line line_of(const Perceptron& neuron) {
  const real length = std::sqrt(dot(neuron.w, neuron.w));
  if (!(length > 0)) return {{9, 9}, {0, 0}};
  return {-neuron.b / (length * length) * neuron.w, vec{-neuron.w(1), neuron.w(0)} / length};
}

}  // namespace nn
