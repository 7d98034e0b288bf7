// Lesson 16: players of 32 units, and rivals.
#include "nn/acting.hpp"

#include "benchmarks/contracts/bench.hpp"
#include "nn/training.hpp"

namespace nn {
namespace {

Network player(const Game& game, Activation output) {
  Rng rng(1);
  Network network = {he_init(32, inputs_of(game), Activation::relu, rng)};
  network.push_back(xavier_init(actions_of(game), 32, output, rng));
  return network;
}

const Benchmarks tables([] {
  measure("16.1 returns", {{"turns", {10, 200}}}, [](benchmark::State& state) {
    Rng rng(1);
    return [rewards = vec(random_normal(size(state), 1, rng))] { return returns(rewards, real(0.9)); };
  });
  measure("16.1 draw_action", no_sizes, [](benchmark::State&) {
    return [rng = Rng(1)]() mutable { return draw_action({real(0.2), real(0.5), real(0.3)}, rng); };
  });
  measure("16.1 epsilon_greedy", no_sizes, [](benchmark::State&) {
    return [rng = Rng(1)]() mutable { return epsilon_greedy({1, 3, 2}, real(0.1), rng); };
  });
  measure("16.2 q_update", no_sizes, [](benchmark::State&) {
    const Turn turn = {{}, real(0.5)};
    return [turn, Q = mat(4, 12, arma::fill::zeros)] { return q_update(Q, 3, 1, turn, 4, real(0.1), real(0.9)); };
  });
  measure("16.3 learn_table", {{"games", {100}}}, [](benchmark::State& state) {
    per_second(state, "games", double(size(state)));
    return [games = size(state)] {
      Rng rng(1);
      return learn_table(grid_game(), {.games = games, .rate = real(0.5), .gamma = real(0.9)}, rng);
    };
  });
});

/// Turns of a game of pixels that were played somehow.
struct Seen {
  mat states;
  uvec actions;
  std::vector<Turn> turns;
};

Seen seen(uword n) {
  const Game game = catch_game();
  Rng rng(1);
  Seen all = {mat(inputs_of(game), n), uvec(n), {}};
  for (uword i = 0; i < n; ++i) {
    all.states.col(i) = start(game, rng);
    all.actions(i) = rng.below(3);
    all.turns.push_back(play(game, all.states.col(i), all.actions(i), 0));
  }
  return all;
}

const Benchmarks players([] {
  const Sizes turns = {{"turns", {32, 1000}}};
  measure("16.4 policy_gradient", turns, [](benchmark::State& state) {
    per_second(state, "turns", double(size(state)));
    return [s = seen(size(state)), policy = player(catch_game(), Activation::softmax)] {
      return policy_gradient(policy, s.states, s.actions, vec(s.actions.n_elem, arma::fill::ones));
    };
  });
  measure("16.5 reinforce", {{"games", {200}}}, [](benchmark::State& state) {
    per_second(state, "games", double(size(state)));
    return [games = size(state), policy = player(catch_game(), Activation::softmax)] {
      Rng rng(1);
      return reinforce(catch_game(), policy, {.games = games, .batch = 20}, rng);
    };
  });
  measure("16.6 q_targets", turns, [](benchmark::State& state) {
    per_second(state, "turns", double(size(state)));
    return [s = seen(size(state)), q = player(catch_game(), Activation::identity)] {
      return q_targets(q, q, s.states, s.actions, s.turns, real(0.9));
    };
  });
  measure("16.7 learn_q", {{"games", {100}}}, [](benchmark::State& state) {
    per_second(state, "games", double(size(state)));
    return [games = size(state), q = player(catch_game(), Activation::identity)] {
      Rng rng(1);
      return learn_q(catch_game(), q, {.games = games}, rng);
    };
  });
});

const Benchmarks competitors([] {
  measure("16.8 rivals", {{"units", {24, 100}}}, [](benchmark::State& state) {
    return [m = size(state)] {
      Rng rng(1);
      return rivals(2, m, rng);
    };
  });
  measure("16.9 train_rivals", {{"units", {24}}, {"steps", {100}}}, [](benchmark::State& state) {
    per_second(state, "steps", double(size(state, 1)));
    Rng rng(1);
    std::vector<mat> batches;
    for (uword i = 0; i < size(state, 1); ++i) batches.push_back(random_normal(2, 64, rng));
    return [batches, r = rivals(2, size(state), rng)] {
      Rng drawn(1);
      return train_rivals(r, batches, real(0.002), drawn);
    };
  });
});

}  // namespace
}  // namespace nn
