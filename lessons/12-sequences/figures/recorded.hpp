// Figures whose numbers take minutes: they are read from what the capstone wrote down with our solutions.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "nn/types.hpp"
#include "tools/figures/figure.hpp"

namespace nn {

/// The lines of capstone/NAME, cell by cell; the first one names the columns.
inline std::vector<std::vector<std::string>> recorded(const std::string& name) {
  std::ifstream file(std::filesystem::path(__FILE__).parent_path().parent_path() / "capstone" / name);
  std::vector<std::vector<std::string>> lines;
  for (std::string line, cell; std::getline(file, line);) {
    lines.emplace_back();
    for (std::istringstream cells(line); std::getline(cells, cell, ',');) lines.back().push_back(cell);
  }
  if (lines.size() < 2) throw std::runtime_error("capstone/" + name + " holds no numbers");
  return lines;
}

inline void copy_numbers(FigureTable& table, const std::vector<std::vector<std::string>>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::vector<double> row;
    for (const std::string& cell : lines[i]) row.push_back(std::stod(cell));
    table.row(row);
  }
}

}  // namespace nn
