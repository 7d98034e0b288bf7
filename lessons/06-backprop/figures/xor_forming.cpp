// The boundary of XOR as it forms, frame by frame: the figure moves.
#include "lessons/06-backprop/figures/xor.hpp"
#include "nn/activations.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure xor_forming("xor_forming", [](FigureData& data) {
  const std::vector<uword> steps = {0, 50, 100, 140, 170, 200, 225, 250, 275, 325, 400, 1000};
  const vec losses = train_xor(xor_start(11), 1000).losses;
  FigureTable& curve = data.table("loss", {"step", "loss"});
  for (uword t = 0; t <= 1000; t += 4) curve.row(t, losses.at(t));
  FigureTable& frames = data.table("frames", {"step", "loss"});
  for (const uword step : steps) frames.row(step, losses.at(step));

  std::vector<std::string> columns = {"x1", "x2"};
  for (uword k = 1; k <= steps.size(); ++k) columns.push_back("frame" + std::to_string(k));
  FigureTable& plane = data.table("plane", columns);
  const std::vector<Network> networks = looks_at_xor(xor_start(11), steps);
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < 20; ++j) {
      const vec x = {-0.45 + i / real(10), -0.45 + j / real(10)};
      std::vector<double> row = {x(0), x(1)};
      for (const Network& network : networks) row.push_back(forward(network, x).eval()(0));
      plane.row(row);
    }
    plane.gap();
  }
  FigureTable& corners = data.table("corners", {"x1", "x2", "wanted"});
  const ToyData table = xor_table();
  for (uword i = 0; i < table.size(); ++i) corners.row(table.X(0, i), table.X(1, i), real(table.labels(i)));
});

}  // namespace
}  // namespace nn
