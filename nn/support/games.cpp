#include "nn/support/games.hpp"

#include <cmath>
#include <numbers>
#include <string>

#include "nn/support/shape.hpp"

namespace nn {
namespace {

/// One number of n is 1.
vec one_of(uword n, uword which) {
  vec state(n, arma::fill::zeros);
  state(which) = 1;
  return state;
}

Turn walk(const Game& game, const vec& state, uword action) {
  const uword cell = cell_of(state), row = cell / game.cols, col = cell % game.cols;
  uword next = cell;
  if (action == 0 && row > 0) next = cell - game.cols;
  if (action == 1 && col + 1 < game.cols) next = cell + 1;
  if (action == 2 && row + 1 < game.rows) next = cell + game.cols;
  if (action == 3 && col > 0) next = cell - 1;
  if (is_wall(game, next)) next = cell;
  const bool goal = is_goal(game, next), pit = is_pit(game, next);
  return {one_of(state.n_elem, next), goal ? real(1) : pit ? real(-1) : real(-0.04), goal || pit};
}

Turn fall(const Game& game, const vec& state, uword action) {
  const uword last = (game.rows - 1) * game.cols, ball = state.index_max();
  uword catcher = state.tail(game.cols).index_max();
  if (action == 0 && catcher > 0) --catcher;
  if (action == 2 && catcher + 1 < game.cols) ++catcher;
  Turn turn = {one_of(state.n_elem, ball + game.cols), 0, ball + game.cols >= last};
  if (turn.over) turn.reward = ball + game.cols == last + catcher ? 1 : -1;
  turn.state(last + catcher) = 1;
  return turn;
}

Turn balance(const vec& state, uword action) {
  constexpr double gravity = 9.8, cart = 1, pole = 0.1, half_length = 0.5, force = 10, tau = 0.02;
  double x = double(state(0)), v = double(state(1)), angle = double(state(2)), spin = double(state(3));
  const double push = action == 1 ? force : -force, mass = cart + pole;
  const double common = (push + pole * half_length * spin * spin * std::sin(angle)) / mass;
  const double swing = (gravity * std::sin(angle) - std::cos(angle) * common) /
                       (half_length * (4.0 / 3 - pole * std::cos(angle) * std::cos(angle) / mass));
  const double speeding = common - pole * half_length * swing * std::cos(angle) / mass;
  x += tau * v, v += tau * speeding, angle += tau * spin, spin += tau * swing;
  const bool over = std::abs(x) > 2.4 || std::abs(angle) > 12 * std::numbers::pi / 180;
  return {{real(x), real(v), real(angle), real(spin)}, 1, over};
}

}  // namespace

Game grid_game() { return {GameKind::grid, 3, 4, 100}; }
Game catch_game() { return {GameKind::catch_ball, 7, 7, 100}; }
Game pole_game() { return {GameKind::pole, 0, 0, 200}; }

uword inputs_of(const Game& game) { return game.kind == GameKind::pole ? 4 : game.rows * game.cols; }
uword actions_of(const Game& game) { return game.kind == GameKind::grid ? 4 : game.kind == GameKind::pole ? 2 : 3; }

vec start(const Game& game, Rng& rng) {
  const uword n = inputs_of(game);
  if (game.kind == GameKind::pole) return random_uniform(4, 1, real(-0.05), real(0.05), rng);
  if (game.kind == GameKind::catch_ball) {
    vec state = one_of(n, rng.below(game.cols));
    state(n - game.cols + rng.below(game.cols)) = 1;
    return state;
  }
  uword free = rng.below(n - 3);
  for (uword cell = 0; cell < n; ++cell)
    if (!is_goal(game, cell) && !is_pit(game, cell) && !is_wall(game, cell) && free-- == 0) return one_of(n, cell);
  throw std::invalid_argument("start: the grid has no free cell");
}

Turn play(const Game& game, const vec& state, uword action, uword turn) {
  require_shape(state.n_elem, inputs_of(game), "play", "the state", "entries", "numbers of a state of this game");
  require(action < actions_of(game), "play",
          "there is no action " + std::to_string(action) + ", they end at " + std::to_string(actions_of(game) - 1));
  Turn next = game.kind == GameKind::grid         ? walk(game, state, action)
              : game.kind == GameKind::catch_ball ? fall(game, state, action)
                                                  : balance(state, action);
  next.cut = !next.over && turn + 1 >= game.limit;
  return next;
}

}  // namespace nn
