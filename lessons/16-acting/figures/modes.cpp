// Eight clouds of true points, and what two pairs of rivals make of them.
#include "lessons/16-acting/figures/plane.hpp"
#include "nn/support/toys.hpp"

namespace {

const nn::Figure modes("modes", [](nn::FigureData& figure) {
  nn::Rng drawn(9);
  nn::FigureTable& truth = figure.table("true", {"x", "y"});
  const nn::mat points = nn::blobs(320, 8, nn::real(0.05), drawn).X;
  for (nn::uword i = 0; i < points.n_cols; ++i) truth.row(double(points(0, i)), double(points(1, i)));
  for (const int seed : {1, 3}) {
    nn::Rng rng{std::uint64_t(seed)};
    nn::Rivals r = nn::rivals(4, 32, rng);
    std::vector<nn::mat> batches;
    for (int step = 0; step < 3000; ++step) batches.push_back(nn::blobs(64, 8, nn::real(0.05), rng).X);
    r = nn::train_rivals(std::move(r), batches, nn::real(0.001), rng);
    nn::draw_rivals(figure, std::to_string(seed), r, rng);
  }
});

}  // namespace
