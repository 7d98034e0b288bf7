// What new text costs against the processor's time, for a gated cell, one block and two, as ./course capstone 18
// --record compute wrote it down with our solutions. Each run's seconds depend on what else the machine did, so a batch
// is given the least seconds that it took in any run.
#include <algorithm>
#include <string>

#include "lessons/12-sequences/figures/recorded.hpp"
#include "nn/support/sentences.hpp"

namespace {

const nn::Figure compute("compute", [](nn::FigureData& figure) {
  const auto lines = nn::recorded("../../18-attention/capstone/compute.csv");
  const auto number = [&](std::size_t line, std::size_t column) { return std::stod(lines[line][column]); };
  double least[3] = {1e9, 1e9, 1e9};
  for (std::size_t i = 1; i < lines.size(); ++i)
    for (std::size_t kind = 0; kind < 3; ++kind)
      least[kind] = std::min(least[kind], number(i, 1 + 2 * kind) / number(i, 0));
  nn::FigureTable& table = figure.table("losses", lines[0]);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const double done = number(i, 0);
    table.row(done, done * least[0], number(i, 2), done * least[1], number(i, 4), done * least[2], number(i, 6));
  }
  figure.table("entropy", {"entropy"}).row(nn::sentence_entropy());
});

}  // namespace
