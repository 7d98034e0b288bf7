// How well three sigmoid layers read digits after 300 labels, from random weights and from those of machines, as
// ./course capstone 14 --curves wrote it down with our solutions. It takes minutes, so these numbers are not made anew.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "nn/types.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure pretraining("pretraining", [](nn::FigureData& data) {
  const std::filesystem::path recorded =
      std::filesystem::path(__FILE__).parent_path().parent_path() / "capstone/pretraining.csv";
  std::ifstream file(recorded);
  std::vector<std::string> columns;
  std::string line, cell;
  std::getline(file, line);
  for (std::istringstream header(line); std::getline(header, cell, ',');) columns.push_back(cell);
  nn::FigureTable& table = data.table(columns);
  while (std::getline(file, line)) {
    std::vector<double> row;
    for (std::istringstream cells(line); std::getline(cells, cell, ',');) row.push_back(std::stod(cell));
    table.row(row);
  }
  if (table.numbers() == 0) throw std::runtime_error("capstone/pretraining.csv holds no numbers");
});

}  // namespace
