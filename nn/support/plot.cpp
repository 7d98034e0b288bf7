#include "nn/support/plot.hpp"

#include <stdexcept>

#include "nn/support/csv.hpp"

namespace nn {

void plot(const vec& x, const mat& y, const std::string& name, std::vector<std::string> labels) {
  const mat curves = y.n_cols == 1 && y.n_rows == x.n_elem ? mat(y.t()) : y;
  if (x.is_empty() || curves.n_cols != x.n_elem || curves.n_rows == 0)
    throw std::invalid_argument("plot: y is " + std::to_string(y.n_rows) + " x " + std::to_string(y.n_cols) +
                                ", expected a row for each curve and a column for each of the " +
                                std::to_string(x.n_elem) + " numbers of x");
  if (labels.empty())
    for (uword i = 0; i < curves.n_rows; ++i)
      labels.push_back(name + (curves.n_rows > 1 ? " " + std::to_string(i) : ""));
  if (labels.size() != curves.n_rows)
    throw std::invalid_argument("plot: " + std::to_string(labels.size()) + " labels for " +
                                std::to_string(curves.n_rows) + " curves");
  labels.insert(labels.begin(), "x");
  CsvLog file(name + ".csv", labels);
  for (uword j = 0; j < x.n_elem; ++j) {
    std::vector<CsvCell> row = {x[j]};
    for (const real value : curves.col(j)) row.emplace_back(value);
    file.row(row);
  }
}

}  // namespace nn
