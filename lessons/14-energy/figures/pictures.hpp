// What lesson 14's figures of images share: a table of pictures side by side, and a machine that has seen digits.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "lessons/14-energy/capstone/memory.hpp"
#include "tools/figures/figure.hpp"
#include "tools/train/digits.hpp"

namespace nn {

/// One picture beside the other: each column of `pictures` is one, of `side` rows; the numbers are rounded to 1/scale.
inline void paste(FigureData& figure, const char* part, const mat& pictures, uword side, double scale) {
  std::vector<std::string> columns;
  for (uword c = 0; c < pictures.n_cols * side; ++c) columns.push_back("x" + std::to_string(c));
  FigureTable& table = figure.table(part, columns);
  for (uword r = 0; r < side; ++r) {
    std::vector<double> row;
    for (uword k = 0; k < pictures.n_cols; ++k)
      for (uword c = 0; c < side; ++c) row.push_back(std::round(scale * double(pictures(r * side + c, k))) / scale);
    table.row(row);
  }
}

/// 64 hidden units that have seen 1000 digits ten times, with k turns in each step.
inline Rbm digits_machine(const FigureData& figure, uword k) {
  const Dataset& train = trainer::digits(figure.dataset()).train;
  const mat V = gather(train, arma::regspace<uvec>(0, 999)).X;
  Rng rng(1);
  return train_rbm(start_rbm(V, 64, rng), V, k, 10, 20, real(0.1), rng);
}

}  // namespace nn
