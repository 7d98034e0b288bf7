// Scores of many games as a curve: means over blocks of games, of five seeds the middle, the least and the most.
#pragma once

#include <string>
#include <vector>

#include "lessons/16-acting/capstone/judge.hpp"
#include "tools/figures/figure.hpp"

namespace nn {

inline const std::vector<std::string> block_columns = {"games", "least", "middle", "most"};

template <class Scores>
void add_blocks(FigureTable& table, uword size, Scores scores_of) {
  mat means;
  for (uword seed = 1; seed <= 5; ++seed) {
    Rng rng(seed);
    const vec scores = scores_of(rng);
    means = join_rows(
        means, vec(arma::mean(reshape(scores.head(scores.n_elem / size * size), size, scores.n_elem / size), 0).t()));
  }
  for (uword block = 0; block < means.n_rows; ++block)
    table.row(double((block + 1) * size), double(means.row(block).min()), double(arma::median(means.row(block))),
              double(means.row(block).max()));
}

}  // namespace nn
