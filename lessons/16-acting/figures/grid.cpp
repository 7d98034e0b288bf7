// What each cell of the grid is worth, and where the table would go from there, after 10, 50 and 150 games.
#include "lessons/16-acting/capstone/judge.hpp"
#include "tools/figures/figure.hpp"

namespace {

const nn::Figure grid("grid", [](nn::FigureData& figure) {
  const nn::Game game = nn::grid_game();
  for (const nn::uword games : {10, 50, 150}) {
    nn::FigureTable& table = figure.table(std::to_string(games), {"x", "y", "worth", "dx", "dy"});
    nn::Rng rng(1);
    const nn::mat Q = nn::learn_table(game, nn::grid_play(games), rng);
    for (nn::uword cell = 0; cell < Q.n_cols; ++cell) {
      if (nn::is_wall(game, cell)) continue;
      const double x = double(cell % game.cols), y = -double(cell / game.cols);
      const bool ends = nn::is_goal(game, cell) || nn::is_pit(game, cell);
      const double worth = nn::is_goal(game, cell) ? 1 : nn::is_pit(game, cell) ? -1 : double(Q.col(cell).max());
      const nn::uword best = Q.col(cell).index_max();
      const bool knows = !ends && Q.col(cell).min() < Q.col(cell).max();
      const int dx[] = {0, 1, 0, -1}, dy[] = {1, 0, -1, 0};
      table.row(x, y, std::round(worth * 100) / 100, knows ? 0.28 * dx[best] : 0.0, knows ? 0.28 * dy[best] : 0.0);
    }
  }
});

}  // namespace
