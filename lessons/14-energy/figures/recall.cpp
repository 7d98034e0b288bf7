// A digit comes out of turned pixels, sweep by sweep, and the energy falls: 50 digits are stored by the projection.
#include "lessons/14-energy/figures/pictures.hpp"

namespace {

const nn::Figure recall("recall", [](nn::FigureData& figure) {
  const nn::Dataset& train = trainer::digits(figure.dataset()).train;
  nn::Rng rng(3);
  const nn::mat P = nn::as_signs(train, nn::some_of_each(train, 5, rng)), W = nn::store_projection(P);
  nn::vec s = nn::damaged(P.col(2), nn::real(0.35), rng);
  nn::FigureTable& table = figure.table("energy", {"sweep", "energy", "stored"});
  nn::mat seen(s.n_elem, 0);
  for (int sweep = 0; sweep <= 6; ++sweep) {
    table.row(sweep, nn::energy(W, s), nn::energy(W, P.col(2)));
    seen = join_rows(seen, s);
    s = nn::recall(W, s, rng, 1);
  }
  nn::paste(figure, "pictures", seen, train.rows, 1);
});

}  // namespace
