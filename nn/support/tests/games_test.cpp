#include "nn/support/games.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <stdexcept>

using namespace nn;

namespace {

vec cell(uword which) {
  vec state(12, arma::fill::zeros);
  state(which) = 1;
  return state;
}

uword after(uword from, uword action) { return cell_of(play(grid_game(), cell(from), action, 0).state); }

/// 7 x 7 pixels with the ball in (row, col) and the catcher in column `catcher`.
vec picture(uword row, uword col, uword catcher) {
  vec state(49, arma::fill::zeros);
  state(7 * row + col) = state(42 + catcher) = 1;
  return state;
}

}  // namespace

TEST_CASE("the grid has a rim, a wall, a goal and a pit", "[games]") {
  CHECK(after(0, 0) == 0);
  CHECK(after(0, 1) == 1);
  CHECK(after(0, 2) == 4);
  CHECK(after(0, 3) == 0);
  CHECK(after(1, 2) == 1);  // the wall
  CHECK(after(4, 1) == 4);
  const Turn goal = play(grid_game(), cell(2), 1, 0), pit = play(grid_game(), cell(11), 0, 0),
             way = play(grid_game(), cell(8), 1, 99);
  CHECK((goal.over && goal.reward == 1 && !goal.cut));
  CHECK((pit.over && pit.reward == -1));
  CHECK((!way.over && way.cut && way.reward == real(-0.04)));
  std::set<uword> starts;
  Rng rng(1);
  for (int i = 0; i < 500; ++i) starts.insert(cell_of(start(grid_game(), rng)));
  CHECK(starts == std::set<uword>{0, 1, 2, 4, 6, 8, 9, 10, 11});
}

TEST_CASE("the ball falls, and is caught or missed", "[games]") {
  const Game game = catch_game();
  Turn turn = play(game, picture(0, 3, 0), 2, 0);
  CHECK(all(turn.state == picture(1, 3, 1)));
  CHECK((turn.reward == 0 && !ended(turn)));
  turn = play(game, picture(5, 3, 4), 0, 5);
  CHECK((turn.over && turn.reward == 1 && accu(turn.state) == 1));
  turn = play(game, picture(5, 3, 4), 1, 5);
  CHECK((turn.over && turn.reward == -1 && accu(turn.state) == 2));
  CHECK(all(play(game, picture(2, 3, 0), 0, 0).state == picture(3, 3, 0)));
  CHECK(all(play(game, picture(2, 3, 6), 2, 0).state == picture(3, 3, 6)));
}

TEST_CASE("a pole that is pushed one way falls the other way, and time runs out for one that stands", "[games]") {
  const Game game = pole_game();
  Rng rng(1);
  Turn turn = {start(game, rng)};
  CHECK(abs(turn.state).max() <= real(0.05));
  uword t = 0;
  while (!ended(turn)) turn = play(game, turn.state, 1, t++);
  CHECK((turn.over && !turn.cut && t < 15 && turn.state(2) < 0 && turn.reward == 1));
  turn = {start(game, rng)};
  for (t = 0; !ended(turn); ++t) turn = play(game, turn.state, turn.state(2) + turn.state(3) > 0, t);
  CHECK((turn.cut && !turn.over && t == 200));
}

TEST_CASE("states and actions that are none of the game are errors", "[games]") {
  CHECK_THROWS_AS(play(grid_game(), cell(0), 4, 0), std::invalid_argument);
  CHECK_THROWS_AS(play(catch_game(), cell(0), 0, 0), std::invalid_argument);
  CHECK_THROWS_AS(play(pole_game(), vec(4, arma::fill::zeros), 2, 0), std::invalid_argument);
}
