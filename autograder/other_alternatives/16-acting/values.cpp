// Targets one turn at a time, three lists as the memory of turns, and the place of the oldest turn by a remainder.
#include <algorithm>
#include <stdexcept>

#include "nn/acting.hpp"
#include "nn/activations.hpp"

namespace nn {

mat q_targets(const Network& q, const Network& frozen, const mat& states, const uvec& actions,
              const std::vector<Turn>& turns, real gamma) {
  if (actions.n_elem != states.n_cols || turns.size() != states.n_cols)
    throw std::invalid_argument("q_targets: an action and a turn for each state");
  mat T = forward(q, states);
  for (uword n = 0; n < turns.size(); ++n) {
    if (actions(n) >= T.n_rows) throw std::invalid_argument("q_targets: an action that is no output");
    real worth = turns[n].reward;
    if (!turns[n].over) worth += gamma * forward(frozen, turns[n].state).max();
    T(actions(n), n) = worth;
  }
  return T;
}

Played learn_q(const Game& game, Network q, const Play& how, Rng& rng) {
  if (how.batch == 0 || how.keep == 0 || how.copy_every == 0) throw std::invalid_argument("learn_q: a count of 0");
  if (how.batch > how.keep) throw std::invalid_argument("learn_q: a batch larger than the memory");
  if (q.empty() || q.front().W.n_cols != inputs_of(game) || q.back().W.n_rows != actions_of(game))
    throw std::invalid_argument("learn_q: a network for another game");
  Method adam;
  adam.rule = Rule::adam;
  std::vector<vec> states;
  std::vector<uword> actions;
  std::vector<Turn> turns;
  std::vector<Memory> memory;
  Network frozen = q;
  vec scores(how.games, arma::fill::zeros);
  uword moves = 0;
  for (uword g = 0; g < how.games; ++g) {
    const real epsilon = std::max(how.epsilon, 1 - 2 * real(g) / real(how.games));
    Turn turn;
    turn.state = start(game, rng);
    for (uword t = 0; !ended(turn); ++t) {
      const vec state = turn.state;
      const uword action = epsilon_greedy(forward(q, state), epsilon, rng);
      turn = play(game, state, action, t);
      scores(g) += turn.reward;
      const uword place = moves % how.keep;
      if (place == turns.size()) {
        states.emplace_back();
        actions.emplace_back();
        turns.emplace_back();
      }
      states[place] = state;
      actions[place] = action;
      turns[place] = turn;
      if (turns.size() >= how.batch) {
        mat X(state.n_elem, how.batch);
        uvec played(how.batch);
        std::vector<Turn> led_to;
        for (uword i = 0; i < how.batch; ++i) {
          const uword n = rng.below(turns.size());
          X.col(i) = states[n];
          played(i) = actions[n];
          led_to.push_back(turns[n]);
        }
        const Gradients slopes = backprop(q, X, q_targets(q, frozen, X, played, led_to, how.gamma), Loss::squared);
        const Optimised next = optimise(q, slopes, memory, adam, how.rate);
        q = next.network;
        memory = next.memory;
      }
      ++moves;
      if (moves % how.copy_every == 0) frozen = q;
    }
  }
  return {q, scores};
}

}  // namespace nn
