// What thirty centres look like that have found their places among 1000 digits.
#include "lessons/13-unsupervised/figures/pictures.hpp"

namespace {

const nn::Figure centres("centres", [](nn::FigureData& figure) {
  const trainer::Learning images = trainer::learning_images(figure.dataset(), 1000);
  nn::Rng rng(1);
  const nn::Clusters clusters = nn::find_centres(images.X, 30, 30, rng);
  for (nn::uword row = 0; row < 3; ++row)
    trainer::paste(figure, ("row" + std::to_string(row)).c_str(), clusters.C.cols(10 * row, 10 * row + 9), images);
});

}  // namespace
