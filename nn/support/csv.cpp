#include "nn/support/csv.hpp"

#include <cerrno>
#include <charconv>
#include <set>
#include <stdexcept>
#include <system_error>

#include "base/csv.hpp"
#include "nn/support/output_file.hpp"
#include "nn/support/shape.hpp"

namespace nn {
namespace fs = std::filesystem;
namespace {

std::string shortest(auto number) {
  if (number != number) return "nan";  // to_chars tells -nan from nan
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

std::string line(const std::vector<CsvCell>& cells) {
  std::string text;
  for (const CsvCell& cell : cells) {
    if (!text.empty()) text += ',';
    text += cell.text;  // never empty: an empty cell is quoted
  }
  text += '\n';
  return text;
}

void require_columns(const std::vector<std::string>& columns) {
  require(!columns.empty(), "csv", "there are no columns, expected at least one name");
  std::set<std::string> seen;
  for (const std::string& name : columns) {
    require(!name.empty(), "csv", "column " + std::to_string(seen.size() + 1) + " has no name, expected one");
    require(seen.insert(name).second, "csv", "two columns are named " + name + ", expected every name once");
  }
}

}  // namespace

CsvCell::CsvCell(double number) : text(shortest(number)) {}
CsvCell::CsvCell(float number) : text(shortest(number)) {}

CsvCell::CsvCell(std::string_view words) : text(base::csv_cell(words)) {}

CsvLog::CsvLog(const fs::path& path, const std::vector<std::string>& columns) : path_(path), columns_(columns) {
  require_columns(columns);
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::string reason;
  if (fs::is_directory(path, error)) {
    reason = "it is a folder; name a file inside it";
  } else if (!fs::is_directory(folder, error)) {
    reason = "there is no folder " + folder.string() + "; create it first";
  } else {
    errno = 0;
    stream_.open(path, std::ios::binary | std::ios::trunc);
    if (!stream_) reason = std::generic_category().message(errno) + "; choose a folder that you may write to";
  }
  if (!reason.empty()) throw std::runtime_error(path.string() + ": cannot be written: " + reason);
  write({columns.begin(), columns.end()});
}

void CsvLog::row(const std::vector<CsvCell>& cells) {
  if (cells.size() != columns_.size()) {
    std::string names;
    for (const std::string& name : columns_) {
      if (!names.empty()) names += ", ";
      names += name;
    }
    throw std::invalid_argument(path_.string() + ": row " + std::to_string(rows_ + 1) + " has " +
                                std::to_string(cells.size()) + " cells, expected " + std::to_string(columns_.size()) +
                                " (" + names + ")");
  }
  write(cells);
  ++rows_;
}

void CsvLog::write(const std::vector<CsvCell>& cells) {
  errno = 0;
  stream_ << line(cells) << std::flush;
  if (!stream_)
    throw std::runtime_error(path_.string() + ": cannot be written: " + std::generic_category().message(errno) +
                             "; free some space or choose another disk");
}

void write_csv(const fs::path& path, const std::vector<std::string>& columns, const mat& table) {
  require_columns(columns);
  require_shape(table.n_cols, columns.size(), "write_csv", "table", "columns", "names of columns");
  std::string text = line({columns.begin(), columns.end()});
  for (uword i = 0; i < table.n_rows; ++i) {
    for (uword j = 0; j < table.n_cols; ++j) {
      if (j > 0) text += ',';
      text += CsvCell(table(i, j)).text;
    }
    text += '\n';
  }
  write_file(path, text);
}

}  // namespace nn
