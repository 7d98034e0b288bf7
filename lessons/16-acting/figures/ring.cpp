// Points that the generator makes after so many steps, over what the discriminator says of the plane.
#include "lessons/16-acting/figures/plane.hpp"

namespace {

const nn::Figure ring("ring", [](nn::FigureData& figure) {
  nn::Rng rng(1);
  nn::Rivals r = nn::rivals(2, 24, rng);
  nn::FigureTable& truth = figure.table("true", {"x", "y"});
  const nn::mat points = nn::ring_points(300, rng);
  for (nn::uword i = 0; i < points.n_cols; ++i) truth.row(double(points(0, i)), double(points(1, i)));
  nn::uword steps = 0;
  for (const nn::uword shown : {0, 600, 1200, 3000}) {
    r = nn::train_rivals(std::move(r), nn::ring_batches(shown - steps, rng), nn::real(0.002), rng);
    steps = shown;
    nn::draw_rivals(figure, std::to_string(shown), r, rng);
  }
});

}  // namespace
