// How long a step of 1024 samples takes on so many ranks: by the formulas, and on ranks that are played.
#include "nn/parallel.hpp"
#include "nn/support/ranks.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Link ten_gigabit = {real(5e-5), real(6.4e-9)};
constexpr uword batch = 1024, numbers = 79510;
constexpr double per_sample = 4e-5;

double work(uword p) { return double((batch + p - 1) / p) * per_sample; }

/// The time that the functions themselves take: 64 numbers stand for all.
double played(uword p, bool ring) {
  Ranks ranks(p);
  ranks.alpha = double(ten_gigabit.alpha), ranks.beta = double(ten_gigabit.beta) * numbers / 64;
  ranks.run([&](uword r) {
    if (ring) (void)ring_all_reduce(vec(64, arma::fill::ones), r, p, ranks.exchange(r));
    else (void)tree_all_reduce(vec(64, arma::fill::ones), r, p, ranks.send(r), ranks.receive(r));
  });
  return ranks.time();
}

const Figure more_ranks("more_ranks", [](FigureData& figure) {
  FigureTable& table = figure.table({"ranks", "work", "ring", "tree"});
  for (uword p = 1; p <= 256; p += p < 32 ? 1 : p < 64 ? 4 : 16)
    table.row(int(p), 1e3 * work(p), 1e3 * (work(p) + double(ring_seconds(p, numbers, ten_gigabit))),
              1e3 * (work(p) + double(tree_seconds(p, numbers, ten_gigabit))));
  FigureTable& points = figure.table("played", {"ranks", "ring", "tree"});
  for (uword p = 1; p <= 64; p *= 2)
    points.row(int(p), 1e3 * (work(p) + played(p, true)), 1e3 * (work(p) + played(p, false)));
  FigureTable& best = figure.table("best", {"ranks", "milliseconds"});
  const uword p = best_ranks(256, batch, real(per_sample), numbers, ten_gigabit);
  best.row(int(p), 1e3 * (work(p) + double(ring_seconds(p, numbers, ten_gigabit))));
});

}  // namespace
}  // namespace nn
