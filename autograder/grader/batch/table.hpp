// A CSV file with a header, whose columns go by more than one name.
#pragma once

#include <string>
#include <vector>

#include "base/csv.hpp"

namespace grader {

class Table {
 public:
  /// Throws base::UsageError with the file's name when it cannot be read.
  explicit Table(const std::string& file);

  /// The column by the first of these names that the header has, whatever their case, spaces and hyphens; -1: none.
  int column(const std::vector<std::string>& names) const;
  /// Without surrounding space; "" for a column of -1 or a row that is too short.
  std::string cell(const base::CsvRow& row, int column) const;
  /// "roster.csv:3: what is wrong", to be thrown.
  std::string at(const base::CsvRow& row, const std::string& what) const;

  std::vector<std::string> header;
  std::vector<base::CsvRow> rows;

 private:
  std::string file_;
};

}  // namespace grader
