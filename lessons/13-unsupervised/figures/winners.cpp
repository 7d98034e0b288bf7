// Centres that compete for four clouds, sample after sample: four begin in the middle, one far away, where it never
// wins.
#include "nn/support/toys.hpp"
#include "nn/unsupervised.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure winners("winners", [](nn::FigureData& figure) {
  nn::Rng rng(2);
  const nn::ToyData clouds = nn::blobs(160, 4, nn::real(0.15), rng);
  nn::FigureTable& points = figure.table("points", {"x", "y"});
  for (nn::uword n = 0; n < clouds.size(); ++n) points.row(clouds.X(0, n), clouds.X(1, n));
  nn::mat C = nn::real(0.1) * nn::random_normal(2, 5, rng);
  C.col(4) = nn::vec{nn::real(1.6), nn::real(1.4)};
  std::vector<nn::mat> path = {C};
  for (int step = 0; step < 60; ++step) {
    nn::uvec order(4);
    for (nn::uword& n : order) n = rng.below(clouds.size());
    C = nn::compete(std::move(C), clouds.X, order, nn::real(0.08));
    path.push_back(C);
  }
  nn::FigureTable& walks = figure.table("walks", {"step", "x0", "y0", "x1", "y1", "x2", "y2", "x3", "y3", "x4", "y4"});
  for (std::size_t step = 0; step < path.size(); ++step) {
    std::vector<double> row = {double(4 * step)};
    for (const nn::real coordinate : path[step]) row.push_back(double(coordinate));
    walks.row(row);
  }
});

}  // namespace
