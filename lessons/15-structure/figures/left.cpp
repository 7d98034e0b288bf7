// How many of 50 units still look at each pixel, when half, nine tenths and 97 % of the weights are gone.
#include "lessons/15-structure/capstone/size.hpp"
#include "tools/figures/figure.hpp"
#include "tools/train/digits.hpp"

namespace {

/// Pictures of 28 x 28 side by side, one for each column.
void paste(nn::FigureTable& table, const nn::mat& pictures) {
  for (nn::uword r = 0; r < 28; ++r) {
    std::vector<double> row;
    for (nn::uword k = 0; k < pictures.n_cols; ++k)
      for (nn::uword c = 0; c < 28; ++c) row.push_back(double(pictures(r * 28 + c, k)));
    table.row(row);
  }
}

const nn::Figure left("left", [](nn::FigureData& figure) {
  const nn::Dataset& data = trainer::digits(figure.dataset()).train;
  nn::Rng rng(1);
  const nn::Network network = nn::learn(nn::hidden_of(50, data, rng), data, nn::at_first, rng);
  nn::mat looked_at(784, 3);
  for (nn::uword i = 0; i < 3; ++i) {
    const double share[] = {0.5, 0.9, 0.97};
    const std::vector<nn::mat> masks = nn::magnitude_masks(network, nn::real(share[i]), true);
    looked_at.col(i) = arma::sum(masks[0], 0).t();
  }
  std::vector<std::string> columns;
  for (nn::uword c = 0; c < 3 * 28; ++c) columns.push_back("x" + std::to_string(c));
  paste(figure.table(columns), looked_at);
});

}  // namespace
