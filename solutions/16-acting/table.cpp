// Lesson 16, a table: what an action earned, what it is worth, and when to try another one.
#include "nn/acting.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

vec returns(const vec& rewards, real gamma) {
  //> 16.1
  vec R = rewards;
  for (uword t = R.n_elem; t-- > 1;) R(t - 1) += gamma * R(t);
  return R;
  //<
}

uword draw_action(const vec& p, Rng& rng) {
  //> 16.1
  require(!p.empty(), "draw_action", "p is empty, expected a probability for each action");
  const real u = rng.uniform();
  real sum = 0;
  for (uword a = 0; a < p.n_elem; ++a)
    if (u < (sum += p(a))) return a;
  return p.n_elem - 1;
  //<
}

uword epsilon_greedy(const vec& q, real epsilon, Rng& rng) {
  //> 16.1
  require(!q.empty(), "epsilon_greedy", "q is empty, expected a worth for each action");
  require(epsilon >= 0 && epsilon <= 1, "epsilon_greedy",
          "epsilon is " + std::to_string(epsilon) + ", expected 0 ... 1");
  return rng.uniform() < epsilon ? rng.below(q.n_elem) : q.index_max();
  //<
}

mat q_update(mat Q, uword state, uword action, const Turn& turn, uword next, real rate, real gamma) {
  //> 16.2
  require(action < Q.n_rows, "q_update", "there is no action " + std::to_string(action));
  require(state < Q.n_cols && next < Q.n_cols, "q_update", "a state is no column of Q");
  const real future = turn.over ? 0 : gamma * Q.col(next).max();
  Q(action, state) += rate * (turn.reward + future - Q(action, state));
  return Q;
  //<
}

mat learn_table(const Game& game, const Play& how, Rng& rng) {
  //> 16.3
  require(game.kind == GameKind::grid, "learn_table", "only the states of the grid can be numbered");
  mat Q(actions_of(game), inputs_of(game), arma::fill::zeros);
  for (uword g = 0; g < how.games; ++g) {
    Turn now = {start(game, rng)};
    for (uword t = 0; !ended(now); ++t) {
      const uword state = cell_of(now.state), action = epsilon_greedy(Q.col(state), how.epsilon, rng);
      now = play(game, now.state, action, t);
      Q = q_update(std::move(Q), state, action, now, cell_of(now.state), how.rate, how.gamma);
    }
  }
  return Q;
  //<
}

}  // namespace nn
