// Digits side by side, as the figures of lesson 13 show them: one part of the figure for each row of pictures.
#pragma once

#include "lessons/07-training/figures/experiment.hpp"
#include "lessons/13-unsupervised/capstone/learn.hpp"
#include "tools/train/digits.hpp"

namespace trainer {

/// The images that lesson 13's figures learn from.
struct Learning {
  nn::mat X, seen;  ///< of the training and of the test images
  nn::uvec labels;  ///< of the test images
  nn::uword rows, cols;
};
inline Learning learning_images(const std::filesystem::path& dataset, nn::uword n) {
  const auto& [train, test, title, sample] = digits(dataset);
  const nn::Dataset judged = first(test, 1000);
  return {nn::scale_pixels(first(train, n).images), nn::scale_pixels(judged.images), judged.labels, train.rows,
          train.cols};
}

/// The first image of each class: ten columns.
inline nn::mat one_of_each(const Learning& images) {
  nn::mat X(images.seen.n_rows, 10);
  for (nn::uword digit = 0; digit < 10; ++digit)
    X.col(digit) = images.seen.col(nn::uvec(arma::find(images.labels == digit))(0));
  return X;
}

/// Through `units` numbers and back, in a network that has learned within seconds.
inline nn::Network quick_code(const nn::mat& X, nn::uword units, nn::Rng& rng) {
  const nn::Network start =
      nn::autoencoder({X.n_rows, 64, units, 64, X.n_rows}, nn::Activation::relu, nn::Activation::sigmoid, rng);
  return nn::train_autoencoder(start, X, 0, 6, 50, nn::real(0.01), rng);
}

/// The columns of X as pictures, side by side, in per cent of white.
inline void paste(nn::FigureData& figure, const char* part, const nn::mat& X, const Learning& images) {
  std::vector<std::string> columns;
  for (nn::uword c = 0; c < X.n_cols * images.cols; ++c) columns.push_back("x" + std::to_string(c));
  nn::FigureTable& table = figure.table(part, columns);
  for (nn::uword r = 0; r < images.rows; ++r) {
    std::vector<double> row;
    for (nn::uword n = 0; n < X.n_cols; ++n)
      for (nn::uword c = 0; c < images.cols; ++c) row.push_back(std::round(100 * X(r * images.cols + c, n)));
    table.row(row);
  }
}

}  // namespace trainer
