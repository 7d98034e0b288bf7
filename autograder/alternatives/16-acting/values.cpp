// Turn by turn, with a memory whose places are overwritten in a circle.
#include <stdexcept>

#include "nn/acting.hpp"
#include "nn/activations.hpp"
namespace nn {
mat q_targets(const Network& q, const Network& frozen, const mat& states, const uvec& actions,
              const std::vector<Turn>& turns, real gamma) {
  if (actions.n_elem != states.n_cols || turns.size() != states.n_cols) throw std::invalid_argument("does not fit");
  mat T = forward(q, states);
  uword n = 0;
  for (const Turn& turn : turns) {
    if (actions(n) >= T.n_rows) throw std::invalid_argument("no such action");
    const mat hope = forward(frozen, mat(turn.state));
    T(actions(n), n) = turn.over ? turn.reward : turn.reward + gamma * hope.max();
    ++n;
  }
  return T;
}
Played learn_q(const Game& game, Network q, const Play& how, Rng& rng) {
  if (how.batch == 0 || how.keep < how.batch || how.copy_every == 0 || q.empty() ||
      q.back().W.n_rows != actions_of(game))
    throw std::invalid_argument("does not fit");
  struct Kept {
    vec state;
    uword action;
    Turn turn;
  };
  std::vector<Kept> memory;
  std::vector<Memory> moments;
  Method method;
  method.rule = Rule::adam;
  Network frozen(q);
  Played played = {std::move(q), vec(how.games, arma::fill::zeros)};
  uword oldest = 0, until_copy = how.copy_every;
  for (uword g = 0; g < how.games; ++g) {
    real share = 1 - 2 * real(g) / real(how.games);
    if (share < how.epsilon) share = how.epsilon;
    vec state = start(game, rng);
    for (uword t = 0;; ++t) {
      const uword action = epsilon_greedy(forward(played.network, state), share, rng);
      const Turn turn = play(game, state, action, t);
      played.scores(g) += turn.reward;
      if (memory.size() < how.keep) {
        memory.push_back({state, action, turn});
      } else {
        memory[oldest] = {state, action, turn};
        if (++oldest == how.keep) oldest = 0;
      }
      if (memory.size() >= how.batch) {
        mat X;
        uvec actions(how.batch);
        std::vector<Turn> turns;
        for (uword n = 0; n < how.batch; ++n) {
          const Kept& kept = memory[rng.below(memory.size())];
          X = join_rows(X, kept.state);
          actions(n) = kept.action;
          turns.push_back(kept.turn);
        }
        const mat T = q_targets(played.network, frozen, X, actions, turns, how.gamma);
        Optimised next =
            optimise(played.network, backprop(played.network, X, T, Loss::squared), moments, method, how.rate);
        played.network = std::move(next.network), moments = std::move(next.memory);
      }
      if (--until_copy == 0) frozen = played.network, until_copy = how.copy_every;
      state = turn.state;
      if (turn.over || turn.cut) break;
    }
  }
  return played;
}
}  // namespace nn
