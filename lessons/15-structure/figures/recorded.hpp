// Numbers that ./course capstone 15 --curves wrote down with our solutions. It takes a minute, so they are not made
// anew.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/figures/figure.hpp"

namespace nn {

/// The numbers of capstone/FILE as this figure's table.
inline void show_recorded(FigureData& data, const char* name) {
  const std::filesystem::path recorded =
      std::filesystem::path(__FILE__).parent_path().parent_path() / "capstone" / name;
  std::ifstream file(recorded);
  std::vector<std::string> columns;
  std::string line, cell;
  std::getline(file, line);
  for (std::istringstream header(line); std::getline(header, cell, ',');) columns.push_back(cell);
  FigureTable& table = data.table(columns);
  while (std::getline(file, line)) {
    std::vector<double> row;
    for (std::istringstream cells(line); std::getline(cells, cell, ',');) row.push_back(std::stod(cell));
    table.row(row);
  }
  if (table.numbers() == 0) throw std::runtime_error(recorded.string() + " holds no numbers");
}

}  // namespace nn
