// The plane as the gates of task 1.4 see it: where they fire, the line between, and the rows of their truth tables.
#include "lessons/01-perceptron/figures/plane.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure gates("gates", [](FigureData& data) {
  FigureTable& regions = data.table("regions", {"gate", "left", "right", "bottom", "top"});
  FigureTable& lines = data.table("lines", {"gate", "x1", "x2", "along1", "along2"});
  FigureTable& points = data.table("points", {"gate", "x1", "x2", "wanted", "said"});
  const auto add = [&](const std::string& gate, const Perceptron& neuron, const ToyData& table) {
    for (const Strip& strip : firing_strips(neuron, -0.5, 1.5, 79))
      regions.row(gate, strip.left, strip.right, strip.bottom, strip.top);
    const Line line = line_of(neuron);
    lines.row(gate, line.foot(0), line.foot(1), line.along(0), line.along(1));
    for (uword i = 0; i < table.size(); ++i)
      points.row(gate, table.X(0, i), table.X(1, i), real(table.labels(i)), fire(neuron, table.X.col(i)));
  };
  add("AND", and_gate(), and_table());
  add("OR", or_gate(), or_table());
  add("NAND", nand_gate(), nand_table());
});

}  // namespace
}  // namespace nn
