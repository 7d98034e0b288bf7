// Lesson 16, a policy: a network that draws its actions, and does more often what went better than usual.
#include "nn/acting.hpp"
#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Gradients policy_gradient(const Network& policy, const mat& states, const uvec& actions, const vec& advantages) {
  //> 16.4
  require(states.n_cols > 0, "policy_gradient", "there are no states, expected at least one");
  require_shape(actions.n_elem, states.n_cols, "policy_gradient", "actions", "entries", "columns of states");
  require_shape(advantages.n_elem, states.n_cols, "policy_gradient", "advantages", "entries", "columns of states");
  Model model = network_graph(policy, Loss::cross_entropy);
  mat T(policy.back().b.n_elem, states.n_cols, arma::fill::zeros);  // k x N: the advantage where a one would be
  require(actions.max() < T.n_rows, "policy_gradient", "there is no action " + std::to_string(actions.max()));
  for (uword n = 0; n < T.n_cols; ++n) T(actions(n), n) = advantages(n);
  model.values[model.inputs(0)] = states;
  model.values[model.targets(0)] = T;
  const Values values = evaluate(model.graph, std::move(model.values));
  const Values slopes = backward(model.graph, values, model.loss);
  Gradients gradients;
  gradients.loss = values[model.loss](0);
  for (uword i = 0; i < model.parameters.n_elem; i += 2) {
    gradients.dW.push_back(slopes[model.parameters(i)]);
    gradients.db.push_back(slopes[model.parameters(i + 1)].col(0));
  }
  return gradients;
  //<
}

//- what was seen and done in a few games
namespace {
struct Record {
  std::vector<vec> states;
  std::vector<uword> actions;
  std::vector<real> earned;  // the return of each turn
};

mat columns(const std::vector<vec>& states) {
  mat X(states.front().n_elem, states.size());
  for (uword n = 0; n < X.n_cols; ++n) X.col(n) = states[n];
  return X;
}
}  // namespace

static real play_game(const Game& game, const Network& policy, real gamma, Record& record, Rng& rng) {
  Turn now = {start(game, rng)};
  std::vector<real> rewards;
  while (!ended(now)) {
    record.states.push_back(now.state);
    record.actions.push_back(draw_action(forward(policy, now.state), rng));
    now = play(game, now.state, record.actions.back(), rewards.size());
    rewards.push_back(now.reward);
  }
  const vec earned = returns(rewards, gamma);
  record.earned.insert(record.earned.end(), earned.begin(), earned.end());
  return accu(vec(rewards));
}

static vec better_than_usual(vec earned) {
  const real spread = stddev(earned, 1);
  if (spread < real(1e-8)) return earned.zeros();
  return (earned - mean(earned)) / spread;
}
//<

Played reinforce(const Game& game, Network policy, const Play& how, Rng& rng) {
  //> 16.5
  require(how.batch > 0, "reinforce", "how.batch is 0, expected at least one game to a step");
  require(!policy.empty() && policy.back().b.n_elem == actions_of(game), "reinforce",
          "the policy's outputs are not the game's actions");
  Method adam;
  adam.rule = Rule::adam;
  Optimised now = {std::move(policy), {}};
  vec scores(how.games);
  Record record;
  for (uword g = 0; g < how.games; ++g) {
    scores(g) = play_game(game, now.network, how.gamma, record, rng);
    if ((g + 1) % how.batch != 0 && g + 1 < how.games) continue;
    const Gradients slopes =
        policy_gradient(now.network, columns(record.states), record.actions, better_than_usual(record.earned));
    now = optimise(std::move(now.network), slopes, std::move(now.memory), adam, how.rate);
    record = {};
  }
  return {std::move(now.network), std::move(scores)};
  //<
}

}  // namespace nn
