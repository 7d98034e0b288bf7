// The plane as the gates of task 1.4 see it: where they fire, the line between, and the rows of their truth tables.
#include "nn/perceptron.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

constexpr real low = -0.5, high = 1.5;
constexpr int cells = 79;  // odd, so that no middle of a cell lies on a line
constexpr real width = (high - low) / cells;

/// Where the neuron fires, in strips: for each row of cells the runs of cells in whose middle it fires.
void add_region(FigureTable& table, const std::string& gate, const Perceptron& neuron) {
  for (int row = 0; row < cells; ++row) {
    const real x2 = low + (row + real(0.5)) * width;
    int start = -1;
    for (int column = 0; column <= cells; ++column) {
      const bool fires = column < cells && fire(neuron, {low + (column + real(0.5)) * width, x2}) != 0;
      if (fires && start < 0) start = column;
      if (!fires && start >= 0) {
        table.row(gate, low + start * width, low + column * width, x2 - width / 2, x2 + width / 2);
        start = -1;
      }
    }
  }
}

const Figure gates("gates", [](FigureData& data) {
  FigureTable& regions = data.table("regions", {"gate", "left", "right", "bottom", "top"});
  FigureTable& lines = data.table("lines", {"gate", "x1", "x2", "along1", "along2"});
  FigureTable& points = data.table("points", {"gate", "x1", "x2", "wanted", "said"});
  const auto add = [&](const std::string& gate, const Perceptron& neuron, const ToyData& table) {
    add_region(regions, gate, neuron);
    const real square = dot(neuron.w, neuron.w);
    const vec foot = square > 0 ? vec(-neuron.b / square * neuron.w) : vec{9, 9};  // no weights, no line
    const real length = square > 0 ? std::sqrt(square) : 1;
    lines.row(gate, foot(0), foot(1), -neuron.w(1) / length, neuron.w(0) / length);
    for (uword i = 0; i < table.size(); ++i)
      points.row(gate, table.X(0, i), table.X(1, i), real(table.labels(i)), fire(neuron, table.X.col(i)));
  };
  add("AND", and_gate(), and_table());
  add("OR", or_gate(), or_table());
  add("NAND", nand_gate(), nand_table());
});

}  // namespace
}  // namespace nn
