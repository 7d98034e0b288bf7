// Lesson 11's graph of the network does the slopes, with advantages as targets; turns are collected in matrices that
// grow by a column each.
#include <stdexcept>

#include "nn/acting.hpp"
#include "nn/activations.hpp"

namespace nn {

Gradients policy_gradient(const Network& policy, const mat& states, const uvec& actions, const vec& advantages) {
  const uword N = states.n_cols;
  if (policy.empty() || policy.back().activation != Activation::softmax)
    throw std::invalid_argument("a policy ends in a softmax");
  if (N == 0) throw std::invalid_argument("no turn was played");
  if (actions.n_elem != N || advantages.n_elem != N)
    throw std::invalid_argument("an action and an advantage for each state");
  mat T(policy.back().W.n_rows, N, arma::fill::zeros);
  for (uword n = 0; n < N; ++n) {
    if (actions(n) >= T.n_rows) throw std::invalid_argument("an action that the policy does not know");
    T(actions(n), n) = advantages(n);
  }
  Model model = network_graph(policy, Loss::cross_entropy);
  model.values[model.inputs(0)] = states;
  model.values[model.targets(0)] = T;
  model.values = evaluate(model.graph, std::move(model.values));
  const Values slopes = backward(model.graph, model.values, model.loss);
  Gradients gradients;
  gradients.loss = model.values[model.loss](0);
  for (uword l = 0; l < policy.size(); ++l) {
    gradients.dW.push_back(slopes[model.parameters(2 * l)]);
    gradients.db.push_back(slopes[model.parameters(2 * l + 1)]);
  }
  return gradients;
}

Played reinforce(const Game& game, Network policy, const Play& how, Rng& rng) {
  if (how.batch == 0) throw std::invalid_argument("reinforce: a step after no game");
  if (policy.empty() || policy.front().W.n_cols != inputs_of(game) || policy.back().W.n_rows != actions_of(game))
    throw std::invalid_argument("reinforce: a policy for another game");
  Method adam;
  adam.rule = Rule::adam;
  std::vector<Memory> memory;
  vec scores(how.games);
  mat states;
  std::vector<uword> actions;
  vec earned;
  for (uword g = 0; g < how.games; ++g) {
    std::vector<real> rewards;
    Turn turn;
    turn.state = start(game, rng);
    while (!ended(turn)) {
      const uword action = draw_action(forward(policy, turn.state), rng);
      states = join_rows(states, turn.state);
      actions.push_back(action);
      turn = play(game, turn.state, action, rewards.size());
      rewards.push_back(turn.reward);
    }
    scores(g) = accu(vec(rewards));
    earned = join_cols(earned, returns(vec(rewards), how.gamma));
    if ((g + 1) % how.batch != 0 && g + 1 != how.games) continue;
    const real deviation = stddev(earned, 1);
    vec advantages(earned.n_elem, arma::fill::zeros);
    if (deviation >= real(1e-8)) advantages = (earned - mean(earned)) / deviation;
    const Gradients slopes = policy_gradient(policy, states, uvec(actions), advantages);
    const Optimised next = optimise(policy, slopes, memory, adam, how.rate);
    policy = next.network;
    memory = next.memory;
    states.reset();
    actions.clear();
    earned.reset();
  }
  return {policy, scores};
}

}  // namespace nn
