// The return is built in the rewards' own place, from the back; the table is played turn by turn with the functions
// above it and nothing else.
#include <stdexcept>

#include "nn/acting.hpp"

namespace nn {

vec returns(const vec& rewards, real gamma) {
  vec R = rewards;
  for (uword t = R.n_elem; t-- > 1;) R(t - 1) += gamma * R(t);
  return R;
}

uword draw_action(const vec& p, Rng& rng) {
  if (p.empty()) throw std::invalid_argument("no action to draw from");
  const real u = rng.uniform();
  real sum = 0;
  for (uword a = 0; a < p.n_elem; ++a) {
    sum += p(a);
    if (u < sum) return a;
  }
  return p.n_elem - 1;
}

uword epsilon_greedy(const vec& q, real epsilon, Rng& rng) {
  if (q.empty()) throw std::invalid_argument("no action to choose from");
  if (!(epsilon >= 0 && epsilon <= 1)) throw std::invalid_argument("epsilon is a probability");
  const bool guess = rng.uniform() < epsilon;
  return guess ? rng.below(q.n_elem) : q.index_max();
}

mat q_update(mat Q, uword state, uword action, const Turn& turn, uword next, real rate, real gamma) {
  if (action >= Q.n_rows || state >= Q.n_cols || next >= Q.n_cols) throw std::invalid_argument("not in the table");
  real worth = turn.reward;
  if (!turn.over) worth += gamma * Q.col(next).max();
  Q(action, state) += rate * (worth - Q(action, state));
  return Q;
}

mat learn_table(const Game& game, const Play& how, Rng& rng) {
  if (game.kind != GameKind::grid) throw std::invalid_argument("this game has too many states for a table");
  mat Q(actions_of(game), inputs_of(game), arma::fill::zeros);
  for (uword g = 0; g < how.games; ++g) {
    Turn turn;
    turn.state = start(game, rng);
    for (uword t = 0; !ended(turn); ++t) {
      const uword from = cell_of(turn.state);
      const uword action = epsilon_greedy(Q.col(from), how.epsilon, rng);
      turn = play(game, turn.state, action, t);
      Q = q_update(std::move(Q), from, action, turn, cell_of(turn.state), how.rate, how.gamma);
    }
  }
  return Q;
}

}  // namespace nn
