// CSV as RFC 4180 has it: cells with a comma, a quote or a line end stand between quotes, and a quote in them is
// doubled.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace base {

/// A cell, quoted where it must be; an empty one is quoted, so that a row of one is not an empty line.
std::string csv_cell(std::string_view text);
/// A row of them, with its line end.
std::string csv_line(const std::vector<std::string>& cells);

struct CsvRow {
  int line;  ///< in which it begins, from 1
  std::vector<std::string> cells;
};

/// What stands between the cells: the one of comma, semicolon and tab that the first line has most of.
char csv_separator(std::string_view text);
/// The rows of a table, its lines ended by \n or \r\n; empty lines are none. Throws std::runtime_error with the line of
/// a quote that is never closed, or is followed by more than a comma.
std::vector<CsvRow> csv_rows(std::string_view text, char separator = ',');

}  // namespace base
