// How a game is judged, and how well points lie on the ring: what the capstone and the figures share. It calls the
// contracts alone, so it is made of whose bodies it is linked with.
#pragma once

#include <cmath>
#include <numbers>

#include "nn/acting.hpp"
#include "nn/activations.hpp"
#include "nn/training.hpp"

namespace nn {

/// What each cell of the grid is worth to one who plays best, with a gamma of 0.9, by hand; 0 at the wall and where the
/// game is over.
inline constexpr double grid_worth[12] = {0.734, 0.86, 1, 0, 0.6206, 0, 0.86, 0, 0.51854, 0.6206, 0.734, 0.6206};

/// How each is learned.
inline Play grid_play(uword games) {
  return {.games = games, .rate = real(0.5), .gamma = real(0.9), .epsilon = real(0.5)};
}
inline Play catch_q(uword games = 1500) { return {.games = games}; }
inline Play catch_policy(uword games = 30000) { return {.games = games, .batch = 10, .rate = real(0.002)}; }
inline Play pole_policy(uword games = 1000) { return {.games = games, .batch = 5, .rate = real(0.01)}; }
inline Play pole_q(uword games = 300) {
  return {.games = games, .rate = real(0.001), .gamma = real(0.99), .epsilon = real(0.05)};
}

/// A ReLU layer of 32 units over the states of a game, and an output for each action.
inline Network player(const Game& game, Activation output, Rng& rng) {
  Network network = {he_init(32, inputs_of(game), Activation::relu, rng)};
  network.push_back(xavier_init(actions_of(game), 32, output, rng));
  return network;
}

/// The scores of so many games in which the largest answer is played, always.
inline vec judged(const Game& game, const Network& network, uword games, Rng rng) {
  vec scores(games, arma::fill::zeros);
  for (real& score : scores) {
    Turn turn = {start(game, rng)};
    for (uword t = 0; !ended(turn); ++t) {
      const uword action = vec(forward(network, turn.state)).index_max();
      turn = play(game, turn.state, action, t);
      score += turn.reward;
    }
  }
  return scores;
}

/// A policy after courses of 1000 games each, of those the one that was judged best, and how it came there.
struct Practised {
  Network policy;
  vec scores;  ///< of all games of practice
};
/// Ends as soon as the policy reaches `enough`, in the mean of so many games.
inline Practised practise(const Game& game, const Play& course, uword courses, uword games, real enough, Rng& rng) {
  Network policy = player(game, Activation::softmax, rng);
  Practised best = {policy, {}};
  real most = -arma::datum::inf;
  for (uword c = 0; c < courses && most < enough; ++c) {
    Played played = reinforce(game, std::move(policy), course, rng);
    policy = std::move(played.network);
    best.scores = join_cols(best.scores, played.scores);
    if (const real score = mean(judged(game, policy, games, rng)); score > most) most = score, best.policy = policy;
  }
  return best;
}

inline constexpr real ring_noise = real(0.05);

/// Points near the circle of radius 1: the angle is drawn, then normal noise for each coordinate.
inline mat ring_points(uword n, Rng& rng) {
  mat X(2, n);
  for (uword i = 0; i < n; ++i) {
    const real angle = rng.uniform(0, real(2 * std::numbers::pi));
    X(0, i) = std::cos(angle) + ring_noise * rng.normal();
    X(1, i) = std::sin(angle) + ring_noise * rng.normal();
  }
  return X;
}

inline std::vector<mat> ring_batches(uword steps, Rng& rng) {
  std::vector<mat> batches;
  for (uword step = 0; step < steps; ++step) batches.push_back(ring_points(64, rng));
  return batches;
}

/// Points that the generator makes.
inline mat made_points(const Rivals& r, uword n, Rng& rng) {
  Values values = r.model.values;
  values[r.noise] = random_normal(values[r.generator(0)].n_cols, n, rng);
  values[r.model.inputs(1)] = mat(2, n, arma::fill::zeros);
  values[r.model.targets(0)].ones(1, n);
  values[r.model.targets(1)].zeros(1, n);
  return evaluate(r.model.graph, std::move(values))[r.made];
}

/// In how many of 16 equal sectors at least one point in a hundred lies, and which share of them lies within four
/// deviations of the circle.
struct Ring {
  uword sectors = 0;
  double near = 0;
};

inline Ring on_ring(const mat& points) {
  vec sectors(16, arma::fill::zeros);
  uword near = 0;
  for (uword i = 0; i < points.n_cols; ++i) {
    const double turn = std::atan2(double(points(1, i)), double(points(0, i))) / (2 * std::numbers::pi) + 0.5;
    sectors(std::min<uword>(15, uword(16 * turn))) += 1;
    near += std::abs(std::hypot(double(points(0, i)), double(points(1, i))) - 1) <= 4 * double(ring_noise);
  }
  return {uword(accu(sectors >= real(0.01) * real(points.n_cols))), double(near) / double(points.n_cols)};
}

}  // namespace nn
