// One digit, as it is and eleven times distorted, each time in another way.
#include "lessons/08-generalisation/figures/experiment.hpp"
#include "nn/support/image.hpp"

namespace {

const nn::Figure digit("digit", [](nn::FigureData& figure) {
  const nn::Dataset train = trainer::digits(figure.dataset()).train;
  const nn::uvec twos = arma::find(train.labels == 2);
  nn::Rng rng(4);
  const nn::Batch batch = nn::gather_distorted(train, nn::uvec(12).fill(twos(3)), nn::Distortion{}, rng);
  std::vector<std::string> columns;
  for (nn::uword c = 0; c < 6 * train.cols; ++c) columns.push_back("x" + std::to_string(c));
  nn::FigureTable& table = figure.table(columns);  // two rows of six pictures
  for (nn::uword down = 0; down < 2; ++down)
    for (nn::uword r = 0; r < train.rows; ++r) {
      std::vector<double> row;
      for (nn::uword across = 0; across < 6; ++across) {
        const nn::uword k = 6 * down + across;
        const nn::mat image =
            nn::to_image(k == 0 ? nn::gather(train, {twos(3)}).X.col(0) : batch.X.col(k), train.rows, train.cols);
        for (nn::uword c = 0; c < train.cols; ++c) row.push_back(std::round(100 * image(r, c)));
      }
      table.row(row);
    }
});

}  // namespace
