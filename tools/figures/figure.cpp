#include "tools/figures/figure.hpp"

#include <charconv>
#include <cmath>
#include <exception>

#include "nn/support/output_file.hpp"
#include "nn/support/shape.hpp"

namespace nn {
namespace fs = std::filesystem;
namespace {

std::map<std::string, std::function<void(FigureData&)>>& registry() {
  static std::map<std::string, std::function<void(FigureData&)>> all;
  return all;
}

std::string six_digits(double value) {
  if (value == 0) return "0";  // and never -0
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, 6).ptr};
}

/// FIGURE.csv, FIGURE-*.csv and FIGURE.note: nothing of an earlier run may be taken for this one.
void remove_old(const std::string& name, const fs::path& folder) {
  std::vector<fs::path> old;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string file = entry.path().filename().string();
    const bool part = file.starts_with(name + "-") && file.ends_with(".csv");
    if (part || file == name + ".csv" || file == name + ".note") old.push_back(entry.path());
  }
  for (const fs::path& path : old) fs::remove(path);
}

}  // namespace

FigureTable::FigureTable(std::vector<std::string> columns) : columns_(std::move(columns)) {
  require(!columns_.empty(), "figure", "a table needs at least one column");
  add({columns_.begin(), columns_.end()});
}

void FigureTable::row(const std::vector<double>& numbers) {
  std::vector<CsvCell> cells;
  for (const double value : numbers) cells.push_back(number(value));
  add(cells);
}

CsvCell FigureTable::number(double value) {
  ++numbers_;
  if (!std::isfinite(value)) ++not_finite_;
  if (std::isnan(value)) return CsvCell("nan");  // whatever its sign
  return std::isfinite(value) ? CsvCell(six_digits(value)) : CsvCell(value);
}

void FigureTable::add(const std::vector<CsvCell>& cells) {
  require_shape(cells.size(), columns_.size(), "figure", "a row", "cells", "columns of the table");
  for (const CsvCell& cell : cells) text_ += (&cell == &cells.front() ? "" : ",") + cell.text;
  text_ += '\n';
}

FigureTable& FigureData::table(const std::string& part, const std::vector<std::string>& columns) {
  const std::string file = figure_ + (part.empty() ? "" : "-" + part) + ".csv";
  const auto [entry, added] = tables_.try_emplace(file, columns);
  require(added, "figure", "the table " + file + " was made twice");
  return entry->second;
}

Figure::Figure(std::string name, std::function<void(FigureData&)> fill) {
  registry().emplace(std::move(name), std::move(fill));
}

const std::map<std::string, std::function<void(FigureData&)>>& figures() { return registry(); }

FigureResult make_figure(const std::string& name, const std::function<void(FigureData&)>& fill, const fs::path& folder,
                         const fs::path& dataset) {
  remove_old(name, folder);
  FigureResult result;
  FigureData data(name, dataset);
  try {
    fill(data);
    result.made = true;
  } catch (const std::exception& error) {
    result.note = error.what();
  } catch (...) {
    result.note = "it threw something that is no std::exception";
  }
  uword numbers = 0, not_finite = 0;
  for (const auto& [file, table] : data.tables()) {
    if (result.made) write_file(folder / file, table.text());
    numbers += table.numbers();
    not_finite += table.not_finite();
  }
  if (result.made && not_finite > 0)
    result.note = std::to_string(not_finite) + " of " + std::to_string(numbers) +
                  " numbers are NaN or infinite and cannot be drawn";
  if (!result.note.empty()) write_file(folder / (name + ".note"), result.note + "\n");
  return result;
}

}  // namespace nn
