// What lesson 16 shows and claims, checked: the code blocks of its README.md are cut from here, its numbers repeated.
#include "nn/acting.hpp"

#include <cmath>
#include <numbers>

#include "lessons/16-acting/capstone/judge.hpp"
#include "lessons/examples.hpp"

namespace nn {
namespace {

TEST_CASE("a game, turn by turn", "[16][lesson]") {
  // [game]
  Rng rng(1);
  Game game = catch_game();  // 7 x 7 pixels
  Turn turn = {start(game, rng)};
  for (uword t = 0; !ended(turn); ++t) turn = play(game, turn.state, 1, t);  // action 1: stay
  CHECK(std::abs(turn.reward) == 1);                                         // caught, or missed
  // [/game]
}

TEST_CASE("what an action earned", "[16][lesson]") {
  // [returns]
  CHECK(equal(returns({1, 2, 3}, 0.5), vec{2.75, 3.5, 3}));
  CHECK(equal(returns({0, 0, 1}, 0.9), vec{0.81, 0.9, 1}));
  // [/returns]
  CHECK(equal(2 + 0.5 * 3, 3.5));
  CHECK(equal(1 + 0.5 * 3.5, 2.75));
}

TEST_CASE("one entry of a table", "[16][lesson]") {
  // [update]
  mat Q = {{0, 1}, {1, 2}};  // two actions, two states
  Turn turn = {{}, 0.5};     // it earned 0.5, and the game goes on
  CHECK(equal(q_update(Q, 0, 1, turn, 1, 0.1, 0.9), mat{{0, 1}, {1.13, 2}}));
  turn.over = true;
  CHECK(equal(q_update(Q, 0, 1, turn, 1, 0.1, 0.9), mat{{0, 1}, {0.95, 2}}));
  // [/update]
  CHECK(equal(0.5 + 0.9 * 2, 2.3));
  CHECK(equal(1 + 0.1 * (2.3 - 1), 1.13));
}

TEST_CASE("a table learns the grid", "[16][lesson]") {
  // [table]
  Rng rng(1);
  mat Q = learn_table(grid_game(), {.games = 400, .rate = 0.5, .gamma = 0.9, .epsilon = 0.5}, rng);
  CHECK(equal(Q.col(0).max(), 0.734, 3));    // the corner above, on the left
  CHECK(equal(Q.col(8).max(), 0.51854, 3));  // the one below, on the left
  CHECK(Q.col(2).index_max() == 1);          // beside the goal: to the right
  // [/table]
  CHECK(equal(-0.04 + 0.9 * 1, 0.86));
  CHECK(equal(-0.04 + 0.9 * 0.86, 0.734));
  CHECK(equal(-0.04 + 0.9 * 0.734, 0.6206));
  CHECK(equal(-0.04 + 0.9 * 0.6206, 0.51854));
}

TEST_CASE("praise in proportion", "[16][lesson]") {
  // [praise]
  Network policy = {{{{1, 0}, {2, 0}, {0, 0}}, {0, 0, 0}, Activation::softmax}};
  mat states = {{1, 0}, {0, 1}};  // logits 1, 2, 0 and 0, 0, 0
  Gradients g = policy_gradient(policy, states, {1, 2}, {2, -1});
  CHECK(equal(g.dW[0], mat{{0.2447, -0.1667}, {-0.3348, -0.1667}, {0.0900, 0.3333}}, 4));
  CHECK(equal(g.loss, -0.1417, 4));
  // [/praise]
  CHECK(equal(forward(policy, states).eval()(1, 0), 0.6652, 4));
  CHECK(equal((0.6652 - 1) * 2 / 2, -0.3348, 4));
}

TEST_CASE("a policy practises", "[16][lesson]") {
  // [reinforce]
  Game game = {GameKind::catch_ball, 4, 3, 100};  // a small picture
  Rng rng(1);
  Network policy = {xavier_init(3, 12, Activation::softmax, rng)};
  Played played = reinforce(game, policy, {.games = 3000, .batch = 10, .rate = 0.03}, rng);
  CHECK(mean(played.scores.head(100)) < 0);
  CHECK(mean(played.scores.tail(100)) > 0.8);
  // [/reinforce]
}

TEST_CASE("targets that hope", "[16][lesson]") {
  // [targets]
  Network q = {{mat(vec{2, -1}), {0, 0}, Activation::identity}};                   // of state s it says 2 s and -s
  Network frozen = {{mat(vec{1, 0.5}), {0, 0}, Activation::identity}};             // and this s and s / 2
  std::vector<Turn> turns = {{{10}, 1}, {{20}, 5, true}, {{30}, 7, false, true}};  // the last one was cut
  mat T = q_targets(q, frozen, mat{{1, 2, 3}}, {1, 0, 1}, turns, 0.5);
  CHECK(equal(T, mat{{2, 5, 6}, {6, -2, 22}}));
  // [/targets]
}

TEST_CASE("values from pixels", "[16][lesson]") {
  // [dqn]
  Game game = {GameKind::catch_ball, 4, 3, 100};
  Rng rng(1);
  Network q = {he_init(16, 12, Activation::relu, rng), xavier_init(3, 16, Activation::identity, rng)};
  Played played = learn_q(game, q, {.games = 300, .copy_every = 20, .rate = 0.01}, rng);
  CHECK(min(judged(game, played.network, 100, rng)) == 1);  // 100 of 100 balls
  // [/dqn]
}

TEST_CASE("two players, one graph", "[16][lesson]") {
  // [rivals]
  Rng rng(1);
  Rivals r = rivals(2, 24, rng);
  CHECK(r.generator.n_elem == 6);
  r = train_rivals(r, ring_batches(2000, rng), 0.002, rng);
  CHECK(on_ring(made_points(r, 1000, rng)).sectors == 16);
  // [/rivals]
  CHECK(equal(2 * std::log(2.0), 1.386, 3));
  CHECK(equal(std::log(2.0), 0.693, 3));
  CHECK(equal(-std::log(0.8) - std::log(1 - 0.3), 0.580, 3));
  CHECK(equal(-std::log(0.3), 1.204, 3));
  CHECK(equal(0.3 - 1, -0.7));  // the slope of g along the logit; of -log(1 - p) turned round it is -0.3
}

real at(const std::string& file, const std::string& column, real games) {
  const vec all = column_of(file, "games"), values = column_of(file, column);
  return values(uvec(find(all == games))(0));
}

TEST_CASE("what the captions say", "[16][lesson]") {
  const vec worth = column_of("grid-150.csv", "worth"), early = column_of("grid-10.csv", "worth");
  CHECK(worth(7) == real(0.52));
  CHECK(early(7) < 0);
  CHECK(at("catch-dqn.csv", "middle", 700) > 0.7);
  CHECK(at("catch-dqn.csv", "most", 250) < -0.4);
  CHECK(at("catch-reinforce.csv", "most", 3000) < -0.4);
  CHECK(at("catch-reinforce.csv", "middle", 10000) > 0.7);
  CHECK(at("pole-dqn.csv", "least", 260) < 20);
  CHECK(at("pole-dqn.csv", "least", 200) > 180);
  const vec d = column_of("rival_losses.csv", "d"), g = column_of("rival_losses.csv", "g");
  CHECK(abs(d.tail(20) - 1.386).max() < 0.05);
  CHECK(abs(g.tail(20) - 0.693).max() < 0.06);
  CHECK(column_of("ring-3000-made.csv", "x").n_elem == 300);
  const auto near_cloud = [](const std::string& file, double angle) {
    const vec x = column_of(file, "x"), y = column_of(file, "y");
    return accu(square(x - std::cos(angle)) + square(y - std::sin(angle)) < 0.04);
  };
  CHECK(near_cloud("modes-1-made.csv", -std::numbers::pi / 4) == 7);
  CHECK(near_cloud("modes-3-made.csv", 0) == 2);
}

/// What ./course capstone 16 said, as our solutions ran it once.
TEST_CASE("what the capstone measured, over ten seeds", "[16][lesson]") {
  CHECK(seeds("grid_games").n_elem == 10);
  lies_between(seeds("grid_games"), 67, 155);
  lies_between(seeds("caught"), 200, 200);
  lies_between(seeds("score"), 0.99, 1);
  lies_between(seeds("pole_turns"), 200, 200);
  lies_between(seeds("pole_games"), 1000, 2000);
  lies_between(seeds("sectors"), 16, 16);
  lies_between(seeds("near"), 99.6, 100);
  lies_between(seeds("d_loss"), 1.384, 1.389);
  lies_between(seeds("g_loss"), 0.690, 0.696);
  CHECK(seeds("q_seconds").max() < 0.3);
  CHECK(seeds("ring_seconds").max() < 1.3);
  CHECK(accu(seeds("pole_games") == 1000) == 9);
}

}  // namespace
}  // namespace nn
