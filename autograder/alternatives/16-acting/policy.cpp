// Without a graph: the slope along the logits, and lesson 6's way back from there.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/acting.hpp"
#include "nn/activations.hpp"
namespace nn {
Gradients policy_gradient(const Network& policy, const mat& states, const uvec& actions, const vec& advantages) {
  const uword N = states.n_cols;
  if (policy.empty() || policy.back().activation != Activation::softmax || N == 0 || actions.n_elem != N ||
      advantages.n_elem != N)
    throw std::invalid_argument("does not fit");
  const Trace trace = forward_trace(policy, states);
  mat delta = trace.A.back();
  if (actions.max() >= delta.n_rows) throw std::invalid_argument("no such action");
  real loss = 0;
  for (uword n = 0; n < N; ++n) {
    const vec z = trace.Z.back().col(n);
    loss += advantages(n) * (z.max() + std::log(accu(exp(z - z.max()))) - z(actions(n)));
    delta(actions(n), n) -= 1;
  }
  delta.each_row() %= advantages.t() / real(N);
  std::vector<mat> deltas(policy.size());
  deltas.back() = delta;
  for (uword l = policy.size() - 1; l > 0; --l)
    deltas[l - 1] =
        activation_backward(policy[l - 1].activation, trace.Z[l - 1], trace.A[l - 1], policy[l].W.t() * deltas[l]);
  Gradients g = gradients_of(states, trace, deltas);
  g.loss = loss / real(N);
  return g;
}
Played reinforce(const Game& game, Network policy, const Play& how, Rng& rng) {
  if (how.batch == 0 || policy.empty() || policy.back().W.n_rows != actions_of(game))
    throw std::invalid_argument("does not fit");
  Played played = {policy, vec(how.games, arma::fill::zeros)};
  Method method;
  method.rule = Rule::adam;
  std::vector<Memory> memory;
  for (uword from = 0; from < how.games; from += how.batch) {
    const uword to = std::min(from + how.batch, how.games);
    mat states;
    uvec actions;
    vec G;
    for (uword g = from; g < to; ++g) {
      Turn turn;
      turn.state = start(game, rng);
      vec rewards;
      do {
        const uword t = rewards.n_elem;
        states.insert_cols(states.n_cols, turn.state);
        actions.resize(actions.n_elem + 1);
        actions(actions.n_elem - 1) = draw_action(forward(played.network, turn.state), rng);
        turn = play(game, turn.state, actions(actions.n_elem - 1), t);
        rewards.resize(t + 1);
        rewards(t) = turn.reward;
      } while (!ended(turn));
      played.scores(g) = sum(rewards);
      G = join_cols(G, returns(rewards, how.gamma));
    }
    G -= sum(G) / real(G.n_elem);
    const real deviation = std::sqrt(accu(square(G)) / real(G.n_elem));
    G *= deviation < real(1e-8) ? 0 : 1 / deviation;
    const Gradients g = policy_gradient(played.network, states, actions, G);
    const Optimised next = optimise(played.network, g, memory, method, how.rate);
    played.network = next.network, memory = next.memory;
  }
  return played;
}
}  // namespace nn
