// How well random patterns come back from a tenth of turned signs, against their number: memories of three sizes.
#include "nn/energy.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure capacity("capacity", [](nn::FigureData& figure) {
  nn::FigureTable& table = figure.table({"load", "n100", "n200", "n500"});
  nn::Rng rng(1);
  const auto mean_of = [&](nn::uword draws, nn::uword n, double load) {
    double overlap = 0;
    for (nn::uword draw = 0; draw < draws; ++draw)
      overlap += nn::remembered(n, nn::uword(std::lround(load * double(n))), nn::real(0.1), rng) / double(draws);
    return overlap;
  };
  for (int load = 4; load <= 24; load += 2)
    table.row(load / 100.0, mean_of(20, 100, load / 100.0), mean_of(10, 200, load / 100.0),
              mean_of(2, 500, load / 100.0));
});

}  // namespace
