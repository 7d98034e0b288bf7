// Where four heads look at the end of a verb, as ./course capstone 18 --record agreement wrote it down with our
// solutions.
#include "lessons/12-sequences/figures/recorded.hpp"

namespace {

const nn::Figure agreement("agreement", [](nn::FigureData& figure) {
  const auto lines = nn::recorded("../../18-attention/capstone/agreement.csv");
  nn::FigureTable& table = figure.table(lines[0]);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto& line = lines[i];
    table.row(std::stod(line[0]), line[1], std::stod(line[2]), std::stod(line[3]), std::stod(line[4]),
              std::stod(line[5]));
  }
});

}  // namespace
