// Four of the 32 rows that tell 24 places apart.
#include "nn/attention.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure waves("waves", [](FigureData& figure) {
  const mat P = positions(32, 24, 100);
  FigureTable& table = figure.table({"place", "row0", "row6", "row12", "row18"});
  for (uword t = 0; t < P.n_cols; ++t)
    table.row(double(t), double(P(0, t)), double(P(6, t)), double(P(12, t)), double(P(18, t)));
});

}  // namespace
}  // namespace nn
