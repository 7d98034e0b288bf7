// A noisy digit under Gauss's bell of several widths, and how far the result is from the digit without noise: the root
// mean square error over 40 test images.
#include <cmath>

#include "nn/convolution.hpp"
#include "nn/support/image.hpp"
#include "tools/figures/figure.hpp"
#include "tools/train/digits.hpp"

namespace {

nn::mat blurred(const nn::mat& image, double sigma) {
  if (sigma == 0) return image;
  const nn::vec bell = nn::gaussian(nn::real(sigma), nn::uword(std::ceil(3 * sigma)));
  return nn::filter_image(nn::filter_image(image, bell), bell.t());
}

const nn::Figure blur("blur", [](nn::FigureData& figure) {
  const nn::Dataset& test = trainer::digits(figure.dataset()).test;
  std::vector<nn::mat> images;
  const nn::mat X = nn::gather(test, arma::regspace<nn::uvec>(0, 39)).X;
  for (nn::uword n = 0; n < X.n_cols; ++n) images.push_back(nn::to_image(X.col(n), test.rows, test.cols));
  const std::vector<double> widths = {0, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.5}, shown = {0, 0.5, 0.8, 1.5};
  nn::FigureTable& errors = figure.table("errors", {"sigma", "little", "middle", "much"});
  nn::Rng rng(2);
  std::vector<std::vector<nn::mat>> noisy;
  for (const double noise : {0.1, 0.3, 0.5}) {
    noisy.push_back(images);
    for (nn::mat& image : noisy.back()) image += nn::real(noise) * nn::random_normal(image.n_rows, image.n_cols, rng);
  }
  for (const double sigma : widths) {
    std::vector<double> row = {sigma};
    for (const std::vector<nn::mat>& with : noisy) {
      double squares = 0;
      for (std::size_t n = 0; n < with.size(); ++n)
        squares += arma::mean(arma::vectorise(arma::square(blurred(with[n], sigma) - images[n])));
      row.push_back(std::sqrt(squares / double(with.size())));
    }
    errors.row(row);
  }
  std::vector<std::string> columns;
  for (nn::uword c = 0; c < shown.size() * test.cols; ++c) columns.push_back("x" + std::to_string(c));
  nn::FigureTable& pictures = figure.table("pictures", columns);  // one after another
  std::vector<nn::mat> pasted;
  for (const double sigma : shown) pasted.push_back(blurred(noisy[1][0], sigma));
  for (nn::uword r = 0; r < test.rows; ++r) {
    std::vector<double> row;
    for (const nn::mat& image : pasted)
      for (nn::uword c = 0; c < test.cols; ++c) row.push_back(std::round(100 * image(r, c)));
    pictures.row(row);
  }
});

}  // namespace
