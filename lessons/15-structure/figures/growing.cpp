// A network grows until it parts two spirals: its loss, with each new unit, and the plane at one, three and five units.
#include "lessons/15-structure/capstone/size.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure growing("growing", [](nn::FigureData& figure) {
  nn::Rng rng(7);
  const nn::ToyData spirals = nn::spiral(200, 2, 0, rng);
  const nn::Network start = nn::one_unit(rng);
  const int side = 41;
  nn::mat plane(2, side * side);
  for (int row = 0; row < side; ++row)
    for (int column = 0; column < side; ++column)
      plane.col(nn::uword(row * side + column)) =
          1.2 * nn::vec{nn::real(2 * column) / (side - 1) - 1, 1 - nn::real(2 * row) / (side - 1)};

  for (const nn::uword most : {1, 3, 5}) {  // the same growth, ended early
    nn::Rng copy = rng;
    const nn::Grown grown =
        nn::grow(start, spirals.X, nn::targets(spirals), most, nn::growth_window, nn::growth_least, 1, copy);
    const nn::mat Y = nn::forward(grown.network, plane);
    std::vector<std::string> columns;
    for (int c = 0; c < side; ++c) columns.push_back("x" + std::to_string(c));
    nn::FigureTable& table = figure.table("plane" + std::to_string(most), columns);
    for (int row = 0; row < side; ++row) {
      std::vector<double> cells;
      for (int c = 0; c < side; ++c) cells.push_back(std::round(50 * double(Y(nn::uword(row * side + c)))) / 50);
      table.row(cells);
    }
    if (most != 5) continue;
    nn::FigureTable& losses = figure.table("losses", {"step", "loss"});
    for (nn::uword t = 0; t < grown.losses.n_elem; t += 20) losses.row(t, grown.losses(t));
    nn::FigureTable& added = figure.table("added", {"step", "units", "loss"});
    for (nn::uword k = 0; k < grown.added.n_elem; ++k)
      added.row(grown.added(k), start[0].b.n_elem + k + 1, grown.losses(grown.added(k)));
  }
  nn::FigureTable& points = figure.table("points", {"x", "y", "label"});
  for (nn::uword n = 0; n < spirals.size(); ++n) points.row(spirals.X(0, n), spirals.X(1, n), spirals.labels(n));
});

}  // namespace
