// Tables as CSV: what training writes down and the figures are drawn from.
//
//   CsvLog log("history.csv", {"epoch", "loss", "optimiser"});
//   log.row(1, 0.25, "sgd");
//
// Cells are separated by commas and quoted as RFC 4180 asks; lines end in \n. A number is written with the fewest
// digits from which it is read back exactly, with a point whatever the system's language is; NaN is nan, infinity inf.
#pragma once

#include <concepts>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "nn/types.hpp"

namespace nn {

/// One cell: made from any number, a truth value (0 or 1) or text.
struct CsvCell {
  std::string text;  ///< as it stands in the file, quoted where it must be

  CsvCell(double number);
  CsvCell(float number);
  CsvCell(std::signed_integral auto number) : text(std::to_string(number)) {}
  CsvCell(std::unsigned_integral auto number) : text(std::to_string(number)) {}
  CsvCell(char) = delete;  ///< a letter or a number? Say which
  CsvCell(std::string_view words);
  CsvCell(const std::string& words) : CsvCell(std::string_view(words)) {}
  CsvCell(const char* words) : CsvCell(std::string_view(words)) {}
};

/// A table written as it grows: each row is in the file when row() returns; an interrupted run keeps its history.
class CsvLog {
 public:
  /// Replaces the file at `path` and writes the names of the columns. Throws std::invalid_argument for no columns, an
  /// empty name or a name given twice, std::runtime_error if the file cannot be written.
  CsvLog(const std::filesystem::path& path, const std::vector<std::string>& columns);

  /// One row. Throws std::invalid_argument unless it has a cell for every column, std::runtime_error if it cannot be
  /// written, as on a full disk.
  void row(const std::vector<CsvCell>& cells);

  template <std::convertible_to<CsvCell> First, std::convertible_to<CsvCell>... Rest>
  void row(const First& first, const Rest&... rest) {
    row(std::vector<CsvCell>{CsvCell(first), CsvCell(rest)...});
  }

  uword rows() const { return rows_; }  ///< rows written, without the names

 private:
  void write(const std::vector<CsvCell>& cells);

  std::filesystem::path path_;
  std::vector<std::string> columns_;
  std::ofstream stream_;
  uword rows_ = 0;
};

/// A whole table at once, one row of the file for one row of `table`: the file is complete or not there. Throws like
/// CsvLog.
void write_csv(const std::filesystem::path& path, const std::vector<std::string>& columns, const mat& table);

}  // namespace nn
