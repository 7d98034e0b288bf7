// The eight filters of the first layer before and after they have learned from 1000 digits; and what the learned ones
// say to a 4, before and after pooling.
#include "lessons/08-generalisation/figures/experiment.hpp"
#include "lessons/10-convolution/capstone/learn.hpp"
#include "nn/support/image.hpp"

namespace {

/// One picture beside the other: row k of `pictures` is picture k, row after row.
void paste(nn::FigureData& figure, const char* part, const nn::mat& pictures, nn::uword side) {
  std::vector<std::string> columns;
  for (nn::uword c = 0; c < pictures.n_rows * side; ++c) columns.push_back("x" + std::to_string(c));
  nn::FigureTable& table = figure.table(part, columns);
  for (nn::uword r = 0; r < side; ++r) {
    std::vector<double> row;
    for (nn::uword k = 0; k < pictures.n_rows; ++k)
      for (nn::uword c = 0; c < side; ++c) row.push_back(std::round(100 * pictures(k, r * side + c)) / 100);
    table.row(row);
  }
}

const nn::Figure filters("filters", [](nn::FigureData& figure) {
  const auto [train, test, all, judged] = trainer::few_images(figure.dataset(), 1000);
  nn::Rng rng(3);
  const nn::ConvNetwork before = nn::digits_network(train, rng), after = nn::learn(before, train, all, 4, {}, rng);
  const auto& [W, b, activation] = after.filters[0];
  const nn::Window& window = after.windows[0];
  const nn::uvec fours = arma::find(test.labels == 4);
  const nn::mat four = nn::gather(test, fours.subvec(1, 1)).X;
  const nn::mat said = nn::conv_forward(window, W, b, four);
  paste(figure, "before", before.filters[0].W, 5);
  paste(figure, "after", W, 5);
  paste(figure, "said", said, 24);
  paste(figure, "pooled", nn::max_pool(window, said).Z, 12);
});

}  // namespace
