#include "autograder/grader/batch/table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"

namespace grader {

static std::string plain(const std::string& text) {
  std::string out = base::lower_case(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  return out;
}

Table::Table(const std::string& file) : file_(file) {
  try {
    const std::string text = base::read_file(file);
    rows = base::csv_rows(text, base::csv_separator(text));
  } catch (const base::EnvironmentError& e) {
    throw base::UsageError(e.what());
  } catch (const std::runtime_error& e) {
    throw base::UsageError(fmt::format("{}: {}", file, e.what()));
  }
  if (rows.empty()) return;
  header = rows.front().cells;
  rows.erase(rows.begin());
}

int Table::column(const std::vector<std::string>& names) const {
  for (const std::string& name : names)
    for (std::size_t i = 0; i < header.size(); ++i)
      if (plain(header[i]) == plain(name)) return int(i);
  return -1;
}

std::string Table::cell(const base::CsvRow& row, int column) const {
  if (column < 0 || std::size_t(column) >= row.cells.size()) return "";
  const std::string& text = row.cells[std::size_t(column)];
  const auto begin = text.find_first_not_of(" \t\n");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::string Table::at(const base::CsvRow& row, const std::string& what) const {
  return fmt::format("{}:{}: {}", file_, row.line, what);
}

}  // namespace grader
