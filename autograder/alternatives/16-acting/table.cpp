// By sums, searches and blends.
#include <stdexcept>

#include "nn/acting.hpp"
namespace nn {
vec returns(const vec& rewards, real gamma) {
  vec G(rewards.n_elem);
  real later = 0;
  for (uword left = rewards.n_elem; left > 0; --left) G(left - 1) = later = rewards(left - 1) + gamma * later;
  return G;
}
uword draw_action(const vec& p, Rng& rng) {
  if (p.is_empty()) throw std::invalid_argument("no actions");
  real left = rng.uniform();
  uword action = 0;
  while (action + 1 < p.n_elem && left >= p(action)) left -= p(action++);
  return action;
}
uword epsilon_greedy(const vec& q, real epsilon, Rng& rng) {
  if (q.is_empty() || !(epsilon >= 0) || epsilon > 1) throw std::invalid_argument("no actions, or no share");
  const bool guess = rng.uniform() < epsilon;
  if (guess) return rng.below(q.n_elem);
  const uvec best = find(q == q.max(), 1);
  return best(0);
}
mat q_update(mat Q, uword state, uword action, const Turn& turn, uword next, real rate, real gamma) {
  if (action >= Q.n_rows || state >= Q.n_cols || next >= Q.n_cols) throw std::invalid_argument("no such entry");
  real seen = turn.reward;
  if (!turn.over) seen += gamma * max(Q.col(next));
  Q(action, state) = (1 - rate) * Q(action, state) + rate * seen;
  return Q;
}
mat learn_table(const Game& game, const Play& how, Rng& rng) {
  if (game.kind != GameKind::grid) throw std::invalid_argument("not the grid");
  mat Q(4, game.rows * game.cols, arma::fill::zeros);
  for (uword left = how.games; left > 0; --left) {
    vec state = start(game, rng);
    uword t = 0;
    for (bool plays = true; plays;) {
      const uword from = cell_of(state), action = epsilon_greedy(Q.col(from), how.epsilon, rng);
      const Turn turn = play(game, state, action, t++);
      state = turn.state;
      Q = q_update(Q, from, action, turn, cell_of(state), how.rate, how.gamma);
      plays = !turn.over && !turn.cut;
    }
  }
  return Q;
}
}  // namespace nn
