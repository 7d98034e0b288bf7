// XOR as two hidden units learn it: the loss from three random starts, and what the first network answers all over the
// plane.
#include "lessons/06-backprop/figures/xor.hpp"
#include "nn/activations.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure xor_learning("xor_learning", [](FigureData& data) {
  FigureTable& losses = data.table("losses", {"step", "learns", "waits", "stuck"});
  const vec learns = train_xor(xor_start(11), 1000).losses, waits = train_xor(xor_start(1), 1000).losses,
            stuck = train_xor(xor_start(6), 1000).losses;
  for (uword t = 0; t <= 1000; t += 4) losses.row(t, learns.at(t), waits.at(t), stuck.at(t));

  const std::vector<uword> steps = {0, 100, 175, 225, 275, 1000};
  FigureTable& looks = data.table("looks", {"step", "loss"});
  FigureTable& plane = data.table("plane", {"x1", "x2", "a", "b", "c", "d", "e", "f"});
  const std::vector<Network> networks = looks_at_xor(xor_start(11), steps);
  for (const uword step : steps) looks.row(step, learns.at(step));
  for (int i = 0; i <= 24; ++i) {
    for (int j = 0; j <= 24; ++j) {
      const vec x = {-0.5 + i / real(12), -0.5 + j / real(12)};
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
