// Lesson 16, values: a network that says what each action is worth, and learns from what it remembers.
#include <algorithm>

#include "nn/acting.hpp"
#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- many states, a column each
static mat columns(const std::vector<Turn>& turns) {
  mat X(turns.empty() ? 0 : turns.front().state.n_elem, turns.size());
  for (uword n = 0; n < X.n_cols; ++n) X.col(n) = turns[n].state;
  return X;
}
//<

mat q_targets(const Network& q, const Network& frozen, const mat& states, const uvec& actions,
              const std::vector<Turn>& turns, real gamma) {
  //> 16.6
  require_shape(actions.n_elem, states.n_cols, "q_targets", "actions", "entries", "columns of states");
  require_shape(turns.size(), states.n_cols, "q_targets", "turns", "entries", "columns of states");
  mat T = forward(q, states);  // k x N
  if (turns.empty()) return T;
  require(actions.max() < T.n_rows, "q_targets", "there is no action " + std::to_string(actions.max()));
  const mat best = arma::max(forward(frozen, columns(turns)), 0);
  for (uword n = 0; n < T.n_cols; ++n) T(actions(n), n) = turns[n].reward + (turns[n].over ? 0 : gamma * best(n));
  return T;
  //<
}

//- what is remembered: turn i led from column i of `states` by actions(i) to turns[i]
namespace {
struct Replay {
  mat states;
  uvec actions;
  std::vector<Turn> turns;
};
}  // namespace

static Gradients look_back(const Network& q, const Network& frozen, const Replay& replay, const Play& how, Rng& rng) {
  uvec drawn(how.batch);
  for (uword& i : drawn) i = rng.below(replay.turns.size());
  std::vector<Turn> turns;
  for (const uword i : drawn) turns.push_back(replay.turns[i]);
  const mat states = replay.states.cols(drawn);
  return backprop(q, states, q_targets(q, frozen, states, replay.actions(drawn), turns, how.gamma), Loss::squared);
}
//<

Played learn_q(const Game& game, Network q, const Play& how, Rng& rng) {
  //> 16.7
  require(how.batch > 0 && how.copy_every > 0 && how.keep >= how.batch, "learn_q",
          "batch and copy_every must be at least 1, and keep at least batch");
  require(!q.empty() && q.back().b.n_elem == actions_of(game), "learn_q", "q's outputs are not the game's actions");
  Method adam;
  adam.rule = Rule::adam;
  Network frozen = q;
  Optimised now = {std::move(q), {}};
  Replay replay = {mat(inputs_of(game), how.keep), uvec(how.keep), {}};
  vec scores(how.games, arma::fill::zeros);
  uword moves = 0;
  for (uword g = 0; g < how.games; ++g) {
    const real guesses = std::max(how.epsilon, 1 - 2 * real(g) / real(how.games));
    Turn turn = {start(game, rng)};
    for (uword t = 0; !ended(turn); ++t) {
      const uword place = moves++ % how.keep;  // of the oldest, once all are taken
      replay.states.col(place) = turn.state;
      replay.actions(place) = epsilon_greedy(forward(now.network, turn.state), guesses, rng);
      turn = play(game, turn.state, replay.actions(place), t);
      if (place == replay.turns.size()) replay.turns.push_back(turn);
      else replay.turns[place] = turn;
      scores(g) += turn.reward;
      if (replay.turns.size() >= how.batch) {
        const Gradients slopes = look_back(now.network, frozen, replay, how, rng);
        now = optimise(std::move(now.network), slopes, std::move(now.memory), adam, how.rate);
      }
      if (moves % how.copy_every == 0) frozen = now.network;
    }
  }
  return {std::move(now.network), std::move(scores)};
  //<
}

}  // namespace nn
