// The committed numbers of a lesson's figures, for the tests of what its captions say.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "nn/types.hpp"

namespace nn {

/// A column of figures/data/FILE in the folder of a lesson. Throws std::runtime_error when it holds no such number.
inline vec committed_column(const std::filesystem::path& lesson, const std::string& file, const std::string& name) {
  std::ifstream table(lesson / "figures/data" / file);
  std::vector<real> values;
  std::size_t column = std::string::npos;
  for (std::string line; std::getline(table, line);) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    if (const auto found = std::find(row.begin(), row.end(), name); found != row.end())
      column = std::size_t(found - row.begin());
    else if (column < row.size()) values.push_back(real(std::stod(row[column])));
  }
  if (values.empty()) throw std::runtime_error(file + " has no numbers of " + name);
  return vec(values);
}

}  // namespace nn
