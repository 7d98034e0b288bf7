// Three small games that are played one turn at a time. A game holds no state: what is known of it goes in and comes
// out, so everything in it can be repeated.
//
//   Rng rng(1);
//   Game game = pole_game();
//   vec state = start(game, rng);
//   Turn turn = play(game, state, 1, 0);      // turn number 0: push to the right
//   for (uword t = 1; !ended(turn); ++t) turn = play(game, turn.state, 1, t);
//
// Sources: the grid is that of Russell and Norvig, Artificial Intelligence, without its chance; the pole is that of
// Barto, Sutton and Anderson, 1983, with Euler steps of 0.02 s.
#pragma once

#include "nn/support/random.hpp"
#include "nn/types.hpp"

namespace nn {

/// What is played.
enum class GameKind {
  grid,        ///< walk to the goal, around a wall and a pit
  catch_ball,  ///< be under a ball when it comes down
  pole,        ///< keep a pole upright on a cart
};

/// A game and its measures.
struct Game {
  GameKind kind = GameKind::grid;
  uword rows = 3, cols = 4;  ///< of the grid, or of the picture in which the ball falls
  uword limit = 100;         ///< turns; then time has run out
};

/// What a turn leads to.
struct Turn {
  vec state;          ///< what is seen now
  real reward = 0;    ///< what the action earned
  bool over = false;  ///< the game has ended: nothing can be earned any more
  bool cut = false;   ///< time has run out, and the game could have gone on
};

inline bool ended(const Turn& turn) { return turn.over || turn.cut; }

/// 3 x 4 cells, numbered row by row from above. The goal is the last of row 0, the pit lies beneath it, the wall is
/// (1, 1); the state is 1 at the cell where one stands and 0 at the others. One begins in any of the nine other cells.
/// Actions: up, right, down, left; against the wall or the rim one stays. The goal earns 1 and the pit -1, and both end
/// the game; any other turn costs 0.04.
Game grid_game();
/// The number of the cell where one stands.
inline uword cell_of(const vec& state) { return state.index_max(); }
inline bool is_goal(const Game& game, uword cell) { return cell == game.cols - 1; }
inline bool is_pit(const Game& game, uword cell) { return cell == 2 * game.cols - 1; }
inline bool is_wall(const Game& game, uword cell) { return cell == game.cols + 1; }

/// 7 x 7 pixels, row by row: 1 where the ball is and where the catcher is, who moves along the last row. The ball
/// starts anywhere in row 0, the catcher anywhere in its row; each turn the catcher moves, then the ball falls by one
/// row. Actions: left, stay, right. In the last row the ball is caught (1) or missed (-1), and the game is over; until
/// then a turn earns 0.
Game catch_game();

/// The state: place of the cart (m), its speed, the angle of the pole (radians from upright), its speed. All four begin
/// within 0.05 of 0. Actions: push to the left, push to the right. Each turn earns 1; it is over when the cart is 2.4 m
/// away or the pole leans by 12 degrees, and cut after 200 turns.
Game pole_game();

/// How many numbers a state has, and how many actions there are.
uword inputs_of(const Game& game);
uword actions_of(const Game& game);

/// A state to begin with. Draws: grid one below(9), catch_ball below(cols) for the ball, then for the catcher; pole one
/// uniform(-0.05, 0.05) for each number.
vec start(const Game& game, Rng& rng);
/// What `action` leads to from `state`, in turn number `turn` (0, 1, 2, ...). Throws std::invalid_argument when the
/// state or the action is none of the game.
Turn play(const Game& game, const vec& state, uword action, uword turn);

}  // namespace nn
