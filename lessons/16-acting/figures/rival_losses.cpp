// Both losses over a training, looked at after every 50 steps. (Each look begins Adam's memory anew.)
#include "lessons/16-acting/capstone/judge.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure losses("rival_losses", [](nn::FigureData& figure) {
  nn::FigureTable& table = figure.table({"step", "d", "g"});
  nn::Rng rng(1);
  nn::Rivals r = nn::rivals(2, 24, rng);
  for (int look = 1; look <= 60; ++look) {
    r = nn::train_rivals(std::move(r), nn::ring_batches(50, rng), nn::real(0.002), rng);
    table.row(50 * look, double(r.model.values[r.d_loss](0)), double(r.model.values[r.g_loss](0)));
  }
});

}  // namespace
