// Ten test digits from 8 numbers each: by principal components, and by a code.
#include "lessons/13-unsupervised/figures/pictures.hpp"

namespace {

const nn::Figure rebuilt("rebuilt", [](nn::FigureData& figure) {
  const trainer::Learning images = trainer::learning_images(figure.dataset(), 2000);
  nn::Rng rng(1);
  const nn::mat shown = trainer::one_of_each(images);
  const nn::Components components = nn::principal_components(images.X, 8);
  const nn::Network network = trainer::quick_code(images.X, 8, rng);
  trainer::paste(figure, "true", shown, images);
  trainer::paste(figure, "components", nn::reconstruct(components, shown), images);
  trainer::paste(figure, "code", nn::decode(network, 2, nn::encode(network, 2, shown)), images);
  nn::FigureTable& errors = figure.table("errors", {"components", "code"});
  errors.row(nn::pixel_error(nn::reconstruct(components, images.seen), images.seen),
             nn::pixel_error(nn::forward(network, images.seen), images.seen));
});

}  // namespace
