// A figure begins as a function that calls the lesson's contracts and writes down numbers; a gnuplot script of the same
// name draws them.
//
//   const nn::Figure steps("step_and_sigmoid", [](nn::FigureData& data) {
//     nn::FigureTable& table = data.table({"z", "step", "sigmoid"});     // step_and_sigmoid.csv
//     for (int i = -60; i <= 60; ++i) table.row(i / 10.0, ...);
//   });
//
// The files are written when the function has returned: a figure's numbers are complete or not there.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include "nn/support/csv.hpp"

namespace nn {

/// One CSV file of a figure. Numbers keep six significant digits: more cannot be seen, and the last ones differ between
/// machines.
class FigureTable {
 public:
  explicit FigureTable(std::vector<std::string> columns);

  /// One row: a number or a text for each column. Throws std::invalid_argument for another count.
  template <typename... Cells>
  void row(const Cells&... cells) {
    add({cell(cells)...});
  }
  void row(const std::vector<double>& numbers);

  /// An empty line: gnuplot's end of a curve, or of one line of a grid.
  void gap() { text_ += '\n'; }

  const std::string& text() const { return text_; }
  uword numbers() const { return numbers_; }
  uword not_finite() const { return not_finite_; }

 private:
  template <typename T>
  CsvCell cell(const T& value) {
    if constexpr (std::is_floating_point_v<T>) return number(double(value));
    else return CsvCell(value);
  }
  CsvCell number(double value);
  void add(const std::vector<CsvCell>& cells);

  std::vector<std::string> columns_;
  std::string text_;
  uword numbers_ = 0, not_finite_ = 0;
};

/// What a figure's function writes into, and what it was asked for.
class FigureData {
 public:
  FigureData(std::string figure, std::filesystem::path dataset)
      : figure_(std::move(figure)), dataset_(std::move(dataset)) {}

  /// FIGURE.csv, or FIGURE-part.csv where a figure needs several files. The reference stays valid.
  FigureTable& table(const std::vector<std::string>& columns) { return table("", columns); }
  FigureTable& table(const std::string& part, const std::vector<std::string>& columns);

  /// The folder of the data set to use (--data); empty for the embedded sample.
  const std::filesystem::path& dataset() const { return dataset_; }

  const std::map<std::string, FigureTable>& tables() const { return tables_; }  ///< by file name

 private:
  std::string figure_;
  std::filesystem::path dataset_;
  std::map<std::string, FigureTable> tables_;
};

/// Announces a figure to the program: make one, const and global, in lessons/NN-name/figures/NAME.cpp.
struct Figure {
  Figure(std::string name, std::function<void(FigureData&)> fill);
};

/// All figures that were announced, by name.
const std::map<std::string, std::function<void(FigureData&)>>& figures();

/// Fills one figure and writes its files into `folder`, in place of older ones. Where a number is NaN or infinite, or
/// the figure's code throws, FIGURE.note says so in one line, to be shown in the picture. Returns that note, empty if
/// all is well, and whether files were made.
struct FigureResult {
  bool made = false;
  std::string note;
};
FigureResult make_figure(const std::string& name, const std::function<void(FigureData&)>& fill,
                         const std::filesystem::path& folder, const std::filesystem::path& dataset = {});

}  // namespace nn
