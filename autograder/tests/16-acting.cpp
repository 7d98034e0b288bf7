// Lesson 16: tables, policies, values and rivals. Golden values are by hand, from NumPy or from PyTorch; the rest is
// compared with the definitions, turn by turn, and with the slopes of lesson 6.
#include "contracts/acting.hpp"

#include <algorithm>
#include <cmath>

#include "autograder/tests/support/drawn.hpp"
#include "autograder/tests/support/expect.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/training.hpp"

namespace nn {

static const Tolerance printed{1e-12, 1e-12};  // golden values of fourteen digits
static const Tolerance trained{1e-7, 1e-7};    // Adam divides by small numbers

static const Game small_catch = {GameKind::catch_ball, 4, 3, 100};
static const Game long_grid = {GameKind::grid, 4, 5, 12};
static const Game short_pole = {GameKind::pole, 0, 0, 25};

/// The number that an Rng gives next: it tells how many were drawn.
static Part next_number(Rng rng) { return number("the next number of rng", double(rng.uniform())); }

// 16.1

static const auto plain_returns = oracle<vec>("returns", [](const vec& rewards, real gamma) {
  vec G(rewards.n_elem, arma::fill::zeros);
  for (uword t = 0; t < G.n_elem; ++t)
    for (uword later = t; later < G.n_elem; ++later)
      G(t) += real(std::pow(double(gamma), double(later - t))) * rewards(later);
  return G;
});

TEST_CASE("the returns of three turns", "[16][16.1]") {
  check<returns>(vec{2.75, 3.5, 3}, vec{1, 2, 3}, real(0.5));
  check<returns>(vec{0.81, 0.9, 1}, vec{0, 0, 1}, real(0.9));
}

TEST_CASE("any rewards, near and far", "[16][16.1]") {
  Rng rng = seeded(1601);
  for (const uword turns : {0, 1, 2, 5, 40})
    for (const double gamma : {0.0, 0.3, 0.95, 1.0}) {
      const vec rewards = random_normal(turns, 1, rng);
      check<returns>(plain_returns(rewards, real(gamma)), rewards, real(gamma));
    }
}

static const auto plain_draw = oracle<uword>("draw_action", [](const vec& p, Rng rng) -> uword {
  const real u = rng.uniform();
  const vec sums = cumsum(p);
  const uvec beyond = find(sums > u, 1);
  return beyond.empty() ? p.n_elem - 1 : beyond(0);
});

static vec chances(uword k, Rng& rng) {
  const vec p = random_uniform(k, 1, 0, 1, rng);
  return p / accu(p);
}

TEST_CASE("an action is drawn by its chance", "[16][16.1]") {
  for (std::uint64_t seed = 1602; seed < 1614; ++seed) {
    Rng rng = seeded(seed);
    for (const uword k : {1, 2, 3, 7}) {
      const vec p = chances(k, rng);
      check<draw_action>(plain_draw(p, rng), p, rng);
    }
  }
}

TEST_CASE("what is certain is drawn, what is impossible never", "[16][16.1]") {
  for (std::uint64_t seed = 1614; seed < 1620; ++seed) {
    check<draw_action>(uword(1), vec{0, 1, 0}, seeded(seed));
    check<draw_action>(uword(2), vec{0, 0, 0.5}, seeded(seed));
    holds<draw_action>(
        "it is action 0 or 2", [](uword a) { return a == 0 || a == 2; }, vec{0.5, 0, 0.5}, seeded(seed));
  }
}

TEST_CASE("a draw takes one number", "[16][16.1]") {
  for (const std::uint64_t seed : {1620, 1621}) {
    Rng rng = seeded(seed);
    const vec p = chances(4, rng);
    Rng after = rng;
    (void)after.uniform();
    shows<draw_action>({next_number(after)}, {}, parts_of(p, "p"), [&](const auto& f) {
      Rng own = rng;
      (void)f(p, own);
      return Parts{next_number(own)};
    });
  }
}

static const auto plain_epsilon = oracle<uword>("epsilon_greedy", [](const vec& q, real epsilon, Rng rng) -> uword {
  if (rng.uniform() < epsilon) return rng.below(q.n_elem);
  uword best = 0;
  for (uword a = 1; a < q.n_elem; ++a)
    if (q(a) > q(best)) best = a;
  return best;
});

TEST_CASE("without guesses the largest, the first of equal ones", "[16][16.1]") {
  for (std::uint64_t seed = 1622; seed < 1626; ++seed) {
    check<epsilon_greedy>(uword(2), vec{0, -1, 3, 2}, real(0), seeded(seed));
    check<epsilon_greedy>(uword(1), vec{-5, -1, -1, -2}, real(0), seeded(seed));
    check<epsilon_greedy>(uword(0), vec{0, 0, 0}, real(0), seeded(seed));
  }
}

TEST_CASE("so many moves are anybody's guess", "[16][16.1]") {
  for (std::uint64_t seed = 1626; seed < 1636; ++seed) {
    Rng rng = seeded(seed);
    for (const double epsilon : {0.0, 0.2, 0.5, 0.8, 1.0})
      for (const uword k : {1, 2, 4}) {
        const vec q = random_normal(k, 1, rng);
        check<epsilon_greedy>(plain_epsilon(q, real(epsilon), rng), q, real(epsilon), rng);
      }
  }
}

TEST_CASE("a guess takes two numbers, the best one", "[16][16.1]") {
  for (const std::uint64_t seed : {1636, 1637})
    for (const double epsilon : {0.0, 1.0}) {
      const Rng rng = seeded(seed);
      Rng after = rng;
      (void)after.uniform();
      if (epsilon == 1) (void)after.below(3);
      shows<epsilon_greedy>({next_number(after)}, {}, Parts{number("epsilon", epsilon)}, [&](const auto& f) {
        Rng own = rng;
        (void)f(vec{1, 2, 3}, real(epsilon), own);
        return Parts{next_number(own)};
      });
    }
}

TEST_CASE("nothing to choose from, and shares that are none, are errors", "[16][16.1]") {
  rejects<draw_action>(vec(), seeded(1638));
  rejects<epsilon_greedy>(vec(), real(0.1), seeded(1638));
  for (const double share : {-0.1, 1.1, arma::datum::nan})
    rejects<epsilon_greedy>(vec{1, 2}, real(share), seeded(1638));
}

// 16.2

/// A turn that earned `reward`; the state in it does not count for a table.
static Turn turn_of(double reward, bool over = false, bool cut = false) { return {{}, real(reward), over, cut}; }

TEST_CASE("one entry moves a tenth of the way", "[16][16.2]") {
  const mat Q = {{0, 1, -3}, {1, 2, 0}};
  check<q_update>(mat{{0, 1, -3}, {1.13, 2, 0}}, Q, uword(0), uword(1), turn_of(0.5), uword(1), real(0.1), real(0.9));
  check<q_update>(mat{{0, 1, -3}, {0.95, 2, 0}}, Q, uword(0), uword(1), turn_of(0.5, true), uword(1), real(0.1),
                  real(0.9));
}

static const auto plain_update =
    oracle<mat>("q_update", [](const mat& Q, uword s, uword a, real r, bool over, uword next, real rate, real gamma) {
      real best = Q(0, next);
      for (uword b = 1; b < Q.n_rows; ++b) best = std::max(best, Q(b, next));
      mat updated = Q;
      updated(a, s) = (1 - rate) * Q(a, s) + rate * (over ? r : r + gamma * best);
      return updated;
    });

TEST_CASE("any table, any turn", "[16][16.2]") {
  for (const std::uint64_t seed : {1640, 1641, 1642}) {
    Rng rng = seeded(seed);
    for (const auto& [actions, states] : {std::pair<uword, uword>{3, 5}, {4, 2}, {2, 7}, {1, 3}})
      for (const double rate : {0.1, 0.7, 1.0}) {
        const mat Q = random_normal(actions, states, rng);
        const uword s = rng.below(states), a = rng.below(actions), next = rng.below(states);
        const real r = rng.normal();
        for (const auto& [over, cut] : {std::pair(false, false), {true, false}, {false, true}})
          check<q_update>(plain_update(Q, s, a, r, over, next, real(rate), real(0.9)), Q, s, a,
                          turn_of(double(r), over, cut), next, real(rate), real(0.9));
      }
  }
}

TEST_CASE("a place that is none of the table is an error", "[16][16.2]") {
  const mat Q(2, 3, arma::fill::zeros);
  rejects<q_update>(Q, uword(3), uword(0), turn_of(1), uword(0), real(0.1), real(0.9));
  rejects<q_update>(Q, uword(0), uword(2), turn_of(1), uword(0), real(0.1), real(0.9));
  rejects<q_update>(Q, uword(0), uword(0), turn_of(1), uword(3), real(0.1), real(0.9));
}

// 16.3

static const auto plain_table = oracle<mat>("learn_table", [](const Game& game, const Play& how, Rng rng) {
  mat Q(actions_of(game), inputs_of(game), arma::fill::zeros);
  for (uword g = 0; g < how.games; ++g) {
    vec state = start(game, rng);
    for (uword t = 0;; ++t) {
      const uword s = state.index_max();
      uword a = Q.col(s).index_max();
      if (rng.uniform() < how.epsilon) a = rng.below(Q.n_rows);
      const Turn turn = play(game, state, a, t);
      const real hope = turn.over ? 0 : how.gamma * Q.col(turn.state.index_max()).max();
      Q(a, s) += how.rate * (turn.reward + hope - Q(a, s));
      state = turn.state;
      if (turn.over || turn.cut) break;
    }
  }
  return Q;
});

TEST_CASE("game after game, turn after turn", "[16][16.3]") {
  for (const std::uint64_t seed : {1650, 1651, 1652})
    for (const Game& game : {grid_game(), long_grid})
      for (const auto& [games, rate, epsilon] :
           {std::tuple<uword, double, double>{0, 0.5, 0.1}, {1, 0.5, 0.3}, {3, 0.2, 1}, {12, 0.5, 0.1}, {25, 1, 0.2}}) {
        const Play how = {.games = games, .rate = real(rate), .gamma = real(0.9), .epsilon = real(epsilon)};
        check<learn_table>(plain_table(game, how, seeded(seed)), game, how, seeded(seed));
      }
}

TEST_CASE("the table finds what every cell is worth", "[16][16.3]") {
  const rowvec exact = {.734, .86, 1, 0, .6206, 0, .86, 0, .51854, .6206, .734, .6206};
  const Play how = {.games = 1000, .rate = real(0.5), .gamma = real(0.9), .epsilon = real(0.3)};
  holds<learn_table>(
      "the largest of each column is what the cell is worth, to 0.001",
      [&](const mat& Q) {
        return Q.n_rows == 4 && Q.n_cols == 12 && approx_equal(rowvec(max(Q, 0)), exact, "absdiff", real(1e-3));
      },
      grid_game(), how, seeded(1653));
}

TEST_CASE("games whose states cannot be numbered are errors", "[16][16.3]") {
  rejects<learn_table>(catch_game(), Play{.games = 1}, seeded(1654));
  rejects<learn_table>(pole_game(), Play{.games = 1}, seeded(1654));
}

// 16.4

static uvec random_actions(uword k, uword n, Rng& rng) {
  uvec actions(n);
  for (uword& a : actions) a = rng.below(k);
  return actions;
}

TEST_CASE("two turns of a policy of three logits", "[16][16.4]") {
  const Network policy = {{{{1, 0}, {2, 0}, {0, 0}}, {0, 0, 0}, Activation::softmax}};
  const mat slope = {{0.24472847105480, -0.16666666666667},
                     {-0.33475904422518, -0.16666666666667},
                     {0.09003057317038, 0.33333333333333}};
  check<policy_gradient>(Gradients{real(-0.14170017988967), {slope}, {vec(sum(slope, 1))}}, printed, policy,
                         mat{{1, 0}, {0, 1}}, uvec{1, 2}, vec{2, -1});
}

/// Sample by sample, from the slopes of lesson 6.
static const auto plain_policy_gradient = oracle<Gradients>(
    "policy_gradient", [](const Network& policy, const mat& states, const uvec& actions, const vec& advantages) {
      Gradients sum;
      for (uword n = 0; n < states.n_cols; ++n) {
        const real weight = advantages(n) / real(states.n_cols);
        const Gradients one =
            backprop(policy, states.col(n), one_hot({actions(n)}, policy.back().b.n_elem), Loss::cross_entropy);
        for (uword l = 0; l < policy.size(); ++l) {
          if (n == 0) sum.dW.push_back(0 * one.dW[l]), sum.db.push_back(0 * one.db[l]);
          sum.dW[l] += weight * one.dW[l], sum.db[l] += weight * one.db[l];
        }
        Network sums = policy;
        sums.back().activation = Activation::identity;
        const vec z = forward(sums, states.col(n));
        sum.loss += weight * (std::log(accu(exp(z - z.max()))) + z.max() - z(actions(n)));
      }
      return sum;
    });

TEST_CASE("any policy, any turns, praise and blame", "[16][16.4]") {
  for (const std::uint64_t seed : {1660, 1661}) {
    Rng rng = seeded(seed);
    for (const auto& [d, units, N] :
         {std::tuple<uword, std::vector<uword>, uword>{4, {3}, 5}, {2, {5, 2}, 3}, {3, {4, 6, 3}, 7}, {5, {2, 4}, 1}}) {
      const Network policy = scaled_network(d, units, Activation::softmax, rng);
      const mat states = random_normal(d, N, rng);
      const uvec actions = random_actions(units.back(), N, rng);
      const vec advantages = random_normal(N, 1, rng);
      check<policy_gradient>(plain_policy_gradient(policy, states, actions, advantages), policy, states, actions,
                             advantages);
    }
  }
}

TEST_CASE("an action that was as good as impossible", "[16][16.4]") {
  const Network policy = {{mat(2, 1, arma::fill::zeros), {0, 1000}, Activation::softmax}};
  check<policy_gradient>(Gradients{2000, {mat(vec{-6, 6})}, {vec{-2, 2}}}, policy, mat(vec{3}), uvec{0}, vec{2});
}

TEST_CASE("praise for all that a policy may do, by its own chances, moves nothing", "[16][16.4]") {
  Rng rng = seeded(1662);
  for (const real praise : {real(1), real(-3)}) {
    const Network policy = scaled_network(3, {4, 3}, Activation::softmax, rng);
    const vec state = random_normal(3, 1, rng), p = forward(policy, state);
    holds<policy_gradient>(
        "every slope is 0",
        [](const Gradients& g) {
          for (const mat& dW : g.dW)
            if (dW.empty() || abs(dW).max() > 1e-12) return false;
          return g.dW.size() == 2;
        },
        policy, mat(repmat(state, 1, 3)), uvec{0, 1, 2}, vec(praise * p));
  }
}

TEST_CASE("turns that do not fit, and what is no policy, are errors", "[16][16.4]") {
  Rng rng = seeded(1663);
  const Network policy = scaled_network(3, {2}, Activation::softmax, rng);
  const mat states = random_normal(3, 2, rng);
  rejects<policy_gradient>(policy, states, uvec{0}, vec{1, 1});
  rejects<policy_gradient>(policy, states, uvec{0, 1}, vec{1});
  rejects<policy_gradient>(policy, states, uvec{0, 2}, vec{1, 1});
  rejects<policy_gradient>(policy, mat(3, 0), uvec(), vec());
  rejects<policy_gradient>(policy, mat(2, 2, arma::fill::ones), uvec{0, 1}, vec{1, 1});
  rejects<policy_gradient>(scaled_network(3, {2}, Activation::identity, rng), states, uvec{0, 1}, vec{1, 1});
}

// 16.5

static const auto plain_reinforce =
    oracle<Played>("reinforce", [](const Game& game, const Network& policy, const Play& how, Rng rng) {
      Optimised now = {policy, {}};
      Method adam;
      adam.rule = Rule::adam;
      vec scores(how.games, arma::fill::zeros);
      mat seen(inputs_of(game), 0);
      std::vector<uword> done;
      std::vector<real> earned;
      for (uword g = 0; g < how.games; ++g) {
        vec state = start(game, rng);
        std::vector<real> rewards;
        for (bool ended = false; !ended;) {
          const vec p = forward(now.network, state);
          const uword a = plain_draw(p, rng);
          (void)rng.uniform();
          seen.insert_cols(seen.n_cols, state);
          done.push_back(a);
          const Turn turn = play(game, state, a, rewards.size());
          rewards.push_back(turn.reward);
          state = turn.state, ended = turn.over || turn.cut;
        }
        for (const real G : plain_returns(vec(rewards), how.gamma)) earned.push_back(G);
        for (const real r : rewards) scores(g) += r;
        if (g + 1 < how.games && (g + 1) % how.batch > 0) continue;
        real middle = 0, square = 0;
        for (const real G : earned) middle += G / real(earned.size());
        for (const real G : earned) square += (G - middle) * (G - middle) / real(earned.size());
        vec advantages(earned.size(), arma::fill::zeros);
        for (uword n = 0; n < earned.size() && square >= 1e-16; ++n)
          advantages(n) = (earned[n] - middle) / std::sqrt(square);
        now = optimise(now.network, plain_policy_gradient(now.network, seen, uvec(done), advantages), now.memory, adam,
                       how.rate);
        seen.reset(), done.clear(), earned.clear();
        seen.set_size(inputs_of(game), 0);
      }
      return Played{now.network, scores};
    });

TEST_CASE("a few games, a step after each batch", "[16][16.5]") {
  for (const std::uint64_t seed : {1670, 1671}) {
    Rng rng = seeded(seed);
    for (const Game& game : {small_catch, short_pole, Game{GameKind::grid, 3, 4, 8}}) {
      const Network policy = scaled_network(inputs_of(game), {3, actions_of(game)}, Activation::softmax, rng);
      for (const auto& [games, batch, gamma] : {std::tuple<uword, uword, double>{0, 3, 0.9},
                                                {1, 1, 0.9},
                                                {4, 2, 0.8},
                                                {5, 2, 0.9},
                                                {2, 5, 1},
                                                {9, 3, 0.9}}) {
        const Play how = {.games = games, .batch = batch, .rate = real(0.05), .gamma = real(gamma)};
        check<reinforce>(plain_reinforce(game, policy, how, rng), trained, game, policy, how, rng);
      }
    }
  }
}

TEST_CASE("games that all went alike teach nothing", "[16][16.5]") {
  for (const std::uint64_t seed : {1672, 1673}) {
    Rng rng = seeded(seed);
    const Network policy = scaled_network(12, {3}, Activation::softmax, rng);
    const Play how = {.games = 4, .batch = 1, .rate = real(0.05), .gamma = 1};  // all turns of a game have one return
    holds<reinforce>(
        "the policy is what it was",
        [&](const Played& played) {
          return played.network.size() == 1 && approx_equal(played.network[0].W, policy[0].W, "absdiff", 1e-12) &&
                 approx_equal(played.network[0].b, policy[0].b, "absdiff", 1e-12);
        },
        small_catch, policy, how, rng);
  }
}

TEST_CASE("a policy learns to catch", "[16][16.5]") {
  Rng rng = seeded(1674);
  const Network policy = {xavier_init(3, 12, Activation::softmax, rng)};
  const Play how = {.games = 2000, .batch = 10, .rate = real(0.03), .gamma = real(0.9)};
  holds<reinforce>(
      "of the last 100 balls it catches 60",
      [](const Played& played) { return played.scores.n_elem == 2000 && accu(played.scores.tail(100) > 0) >= 60; },
      small_catch, policy, how, rng);
}

TEST_CASE("no batch, and a policy that does not fit the game, are errors", "[16][16.5]") {
  Rng rng = seeded(1675);
  const Network policy = scaled_network(12, {3}, Activation::softmax, rng);
  rejects<reinforce>(small_catch, policy, Play{.games = 2, .batch = 0}, rng);
  rejects<reinforce>(small_catch, Network{}, Play{.games = 2, .batch = 1}, rng);
  rejects<reinforce>(small_catch, scaled_network(11, {3}, Activation::softmax, rng), Play{.games = 2, .batch = 1}, rng);
  for (const uword outputs : {2, 4})
    rejects<reinforce>(small_catch, scaled_network(12, {outputs}, Activation::softmax, rng),
                       Play{.games = 2, .batch = 1}, rng);
}

// 16.6

/// One number in, an answer of two actions: 2 s and -s, or with other weights.
static Network line(real up, real down) {
  return {{mat(vec{up, down}), vec(2, arma::fill::zeros), Activation::identity}};
}

TEST_CASE("the targets of three turns: one goes on, one is over, one is cut", "[16][16.6]") {
  // q says (2, -1), (4, -2), (6, -3); frozen of the next states 10, 20, 30 hopes for 10, 20, 30
  const std::vector<Turn> turns = {{{10}, 1, false, false}, {{20}, 5, true, false}, {{30}, 7, false, true}};
  check<q_targets>(mat{{2, 5, 6}, {6, -2, 22}}, line(2, -1), line(1, 0.5), mat{{1, 2, 3}}, uvec{1, 0, 1}, turns,
                   real(0.5));
}

static const auto plain_targets =
    oracle<mat>("q_targets", [](const Network& q, const Network& frozen, const mat& states, const uvec& actions,
                                const std::vector<vec>& next, const vec& rewards, const uvec& over, real gamma) {
      mat T(q.back().b.n_elem, states.n_cols);
      for (uword n = 0; n < states.n_cols; ++n) {
        T.col(n) = forward(q, states.col(n));
        T(actions(n), n) = rewards(n);
        if (!over(n)) T(actions(n), n) += gamma * forward(frozen, next[n]).max();
      }
      return T;
    });

TEST_CASE("any networks, any turns", "[16][16.6]") {
  for (const std::uint64_t seed : {1680, 1681}) {
    Rng rng = seeded(seed);
    for (const auto& [d, k, N] : {std::array<uword, 3>{4, 3, 6}, {3, 3, 3}, {2, 4, 5}, {5, 2, 1}, {3, 2, 0}}) {
      const Network q = scaled_network(d, {4, k}, Activation::identity, rng),
                    frozen = scaled_network(d, {4, k}, Activation::identity, rng);
      const mat states = random_normal(d, N, rng);
      const uvec actions = random_actions(k, N, rng), over = random_actions(2, N, rng);
      std::vector<Turn> turns;
      std::vector<vec> next;
      vec rewards(N);
      for (uword n = 0; n < N; ++n) {
        next.push_back(random_normal(d, 1, rng));
        rewards(n) = rng.normal();
        turns.push_back({next[n], rewards(n), over(n) == 1, over(n) == 0 && rng.below(2) == 1});
      }
      check<q_targets>(plain_targets(q, frozen, states, actions, next, rewards, over, real(0.9)), q, frozen, states,
                       actions, turns, real(0.9));
    }
  }
}

TEST_CASE("turns that do not fit the networks are errors", "[16][16.6]") {
  const Turn turn = {{1}, 1, false, false};
  const mat states = {{1, 2}};
  rejects<q_targets>(line(1, 2), line(1, 2), states, uvec{0}, std::vector<Turn>{turn, turn}, real(0.9));
  rejects<q_targets>(line(1, 2), line(1, 2), states, uvec{0, 1}, std::vector<Turn>{turn}, real(0.9));
  rejects<q_targets>(line(1, 2), line(1, 2), states, uvec{0, 2}, std::vector<Turn>{turn, turn}, real(0.9));
  rejects<q_targets>(line(1, 2), line(1, 2), mat(2, 2, arma::fill::ones), uvec{0, 1}, std::vector<Turn>{turn, turn},
                     real(0.9));
  const Turn wide = {{1, 2}, 1, false, false};
  rejects<q_targets>(line(1, 2), line(1, 2), states, uvec{0, 1}, std::vector<Turn>{wide, wide}, real(0.9));
}

// 16.7

static const auto plain_learn_q =
    oracle<Played>("learn_q", [](const Game& game, const Network& q, const Play& how, Rng rng) {
      Optimised now = {q, {}};
      Network frozen = q;
      Method adam;
      adam.rule = Rule::adam;
      struct Kept {
        vec state;
        uword action;
        Turn turn;
      };
      std::vector<Kept> kept;
      uword oldest = 0, count = 0;
      vec scores(how.games, arma::fill::zeros);
      for (uword g = 0; g < how.games; ++g) {
        const real share = std::max(how.epsilon, 1 - 2 * real(g) / real(how.games));
        vec state = start(game, rng);
        bool ended = false;
        for (uword t = 0; !ended; ++t) {
          const vec answers = forward(now.network, state);
          uword a = answers.index_max();
          if (rng.uniform() < share) a = rng.below(answers.n_elem);
          const Turn turn = play(game, state, a, t);
          if (kept.size() < how.keep) kept.push_back({state, a, turn});
          else kept[oldest] = {state, a, turn}, oldest = (oldest + 1) % how.keep;
          scores(g) += turn.reward;
          if (kept.size() >= how.batch) {
            mat states(state.n_elem, how.batch), T(answers.n_elem, how.batch);
            for (uword n = 0; n < how.batch; ++n) {
              const Kept& one = kept[rng.below(kept.size())];
              states.col(n) = one.state;
              T.col(n) = forward(now.network, one.state);
              T(one.action, n) = one.turn.reward;
              if (!one.turn.over) T(one.action, n) += how.gamma * forward(frozen, one.turn.state).max();
            }
            now = optimise(now.network, backprop(now.network, states, T, Loss::squared), now.memory, adam, how.rate);
          }
          if (++count % how.copy_every == 0) frozen = now.network;
          state = turn.state, ended = turn.over || turn.cut;
        }
      }
      return Played{now.network, scores};
    });

TEST_CASE("a few games, and a step after each turn", "[16][16.7]") {
  for (const std::uint64_t seed : {1690, 1691}) {
    Rng rng = seeded(seed);
    for (const Game& game : {small_catch, short_pole, Game{GameKind::grid, 3, 4, 6}}) {
      const Network q = scaled_network(inputs_of(game), {3, actions_of(game)}, Activation::identity, rng);
      for (const auto& [games, batch, keep, copy_every, epsilon] : {std::array<double, 5>{0, 3, 5, 2, 0.1},
                                                                    {1, 50, 60, 1, 0},
                                                                    {2, 1, 1, 1, 0.5},
                                                                    {4, 2, 5, 3, 0.2},
                                                                    {6, 4, 100, 7, 0},
                                                                    {5, 3, 8, 1000, 0.3}}) {
        const Play how = {.games = uword(games),
                          .batch = uword(batch),
                          .keep = uword(keep),
                          .copy_every = uword(copy_every),
                          .rate = real(0.02),
                          .gamma = real(0.9),
                          .epsilon = real(epsilon)};
        check<learn_q>(plain_learn_q(game, q, how, rng), trained, game, q, how, rng);
      }
    }
  }
}

TEST_CASE("a network learns what catching is worth", "[16][16.7]") {
  Rng rng = seeded(1692);
  const Network q = {he_init(16, 12, Activation::relu, rng), xavier_init(3, 16, Activation::identity, rng)};
  const Play how = {.games = 300,
                    .batch = 16,
                    .keep = 1000,
                    .copy_every = 20,
                    .rate = real(0.01),
                    .gamma = real(0.9),
                    .epsilon = real(0.05)};
  holds<learn_q>(
      "of the last 50 balls it catches 40",
      [](const Played& played) { return played.scores.n_elem == 300 && accu(played.scores.tail(50) > 0) >= 40; },
      small_catch, q, how, rng);
}

TEST_CASE("what cannot be remembered, copied or played is an error", "[16][16.7]") {
  Rng rng = seeded(1693);
  const Network q = scaled_network(12, {3}, Activation::identity, rng);
  const Play good = {.games = 2, .batch = 2, .keep = 4, .copy_every = 3};
  for (const int wrong : {0, 1, 2, 3}) {
    Play how = good;
    if (wrong == 0) how.batch = 0;
    if (wrong == 1) how.keep = how.batch = 0;
    if (wrong == 2) how.copy_every = 0;
    if (wrong == 3) how.keep = 1;
    rejects<learn_q>(small_catch, q, how, rng);
  }
  rejects<learn_q>(small_catch, Network{}, good, rng);
  rejects<learn_q>(small_catch, scaled_network(11, {3}, Activation::identity, rng), good, rng);
  for (const uword outputs : {2, 4})
    rejects<learn_q>(small_catch, scaled_network(12, {outputs}, Activation::identity, rng), good, rng);
}

// 16.8

/// G's and D's layers, as they are drawn.
static const auto drawn_layers = oracle<std::vector<mat>>("layers", [](uword noise, uword m, Rng rng) {
  std::vector<mat> numbers;
  for (const auto& [inputs, outputs] : {std::pair<uword, uword>{noise, 2}, {2, 1}}) {
    const Layer layers[] = {he_init(m, inputs, Activation::leaky_relu, rng), he_init(m, m, Activation::leaky_relu, rng),
                            xavier_init(outputs, m, Activation::identity, rng)};
    for (const Layer& layer : layers) numbers.push_back(layer.W), numbers.push_back(layer.b);
  }
  return numbers;
});

/// What the two say: G(z), D(x), D(G(z)), d and g; then the slopes of d along G and D, and of g along both. From the
/// networks of lesson 6: D over x, and G with D on top of it over z.
static const auto plain_rivals = oracle<std::vector<mat>>("rivals", [](const std::vector<mat>& numbers, const mat& z,
                                                                       const mat& x) {
  const auto network_of = [&](uword from, uword to, Activation last) {
    Network network;
    for (uword i = from; i < to; i += 2) network.push_back({numbers[i], numbers[i + 1], Activation::leaky_relu});
    if (from == 0) network[2].activation = Activation::identity;
    network.back().activation = last;
    return network;
  };
  const mat ones(1, z.n_cols, arma::fill::ones), zeros(1, z.n_cols, arma::fill::zeros);
  const Network D = network_of(6, 12, Activation::sigmoid), both = network_of(0, 12, Activation::sigmoid);
  const Gradients of_real = backprop(D, x, ones, Loss::binary_cross_entropy),
                  of_made = backprop(both, z, zeros, Loss::binary_cross_entropy),
                  of_g = backprop(both, z, ones, Loss::binary_cross_entropy);
  std::vector<mat> said = {forward(network_of(0, 6, Activation::identity), z),
                           forward(network_of(6, 12, Activation::identity), x),
                           forward(network_of(0, 12, Activation::identity), z)};
  const auto mean_softplus = [](const mat& A) {  // from logits: lesson 6's loss ends where a probability rounds to 0
    return mat(1, 1).fill(accu(arma::clamp(A, 0, arma::datum::inf) + log1p(exp(-abs(A)))) / real(A.n_cols));
  };
  said.push_back(mean_softplus(-said[1]) + mean_softplus(said[2]));
  said.push_back(mean_softplus(-said[2]));
  for (uword l = 0; l < 6; ++l) {
    said.push_back(of_made.dW[l]), said.push_back(of_made.db[l]);
    if (l >= 3) said[said.size() - 2] += of_real.dW[l - 3], said.back() += of_real.db[l - 3];
  }
  for (uword l = 0; l < 6; ++l) said.push_back(of_g.dW[l]), said.push_back(of_g.db[l]);
  return said;
});

static const char* const twelve[] = {"G's first W",  "G's first b",  "G's second W", "G's second b",
                                     "G's last W",   "G's last b",   "D's first W",  "D's first b",
                                     "D's second W", "D's second b", "D's last W",   "D's last b"};

static Parts named_rivals(const std::vector<mat>& numbers, const std::vector<mat>& said) {
  Parts parts;
  const auto add = [&](const std::string& name, const mat& value) {
    parts.push_back({name, arma::conv_to<arma::mat>::from(value)});
  };
  for (uword i = 0; i < numbers.size(); ++i) add(twelve[i % 12], numbers[i]);
  const char* const names[] = {"G(z)", "D(x)", "D(G(z))", "d", "g"};
  for (uword i = 0; i < 5; ++i) add(names[i], said.at(i));
  for (uword i = 5; i < said.size(); ++i)
    add(std::string(i < 17 ? "the slope of d along " : "the slope of g along ") + twelve[(i - 5) % 12], said[i]);
  return parts;
}

/// Asks the rivals about z and x, with `numbers` for their own where there are any.
static Parts ask_rivals(const Rivals& r, const mat& z, const mat& x, const std::vector<mat>& numbers = {}) {
  const uvec all = join_cols(r.generator, r.discriminator);
  if (r.generator.n_elem != 6 || r.discriminator.n_elem != 6 || r.model.parameters.n_elem != 12)
    throw std::runtime_error(
        "expected 6 parameters of the generator, 6 of the discriminator, and these 12 in the model");
  if (r.model.inputs.n_elem != 2 || r.model.targets.n_elem != 2 || r.model.outputs.n_elem != 2)
    throw std::runtime_error("expected 2 inputs, 2 targets and 2 outputs of the model");
  if (r.noise != r.model.inputs(0)) throw std::runtime_error("noise should be the first input");
  if (r.d_loss != r.model.loss) throw std::runtime_error("the model's loss should be d");
  Values values = r.model.values;
  for (uword i = 0; i < numbers.size(); ++i) values.at(all(i)) = numbers[i];
  std::vector<mat> own, said;
  for (const uword p : all) own.push_back(values.at(p));
  values.at(r.model.inputs(0)) = z, values.at(r.model.inputs(1)) = x;
  values.at(r.model.targets(0)).ones(1, z.n_cols), values.at(r.model.targets(1)).zeros(1, z.n_cols);
  values = evaluate(r.model.graph, std::move(values));
  for (const uword node : {r.made, r.model.outputs(0), r.model.outputs(1), r.d_loss, r.g_loss})
    said.push_back(values.at(node));
  for (const uword loss : {r.d_loss, r.g_loss}) {
    const Values slopes = backward(r.model.graph, values, loss);
    for (const uword p : all) said.push_back(slopes.at(p));
  }
  return named_rivals(own, said);
}

TEST_CASE("what rivals say of noise and of points, and all slopes", "[16][16.8]") {
  for (const std::uint64_t seed : {1700, 1701}) {
    const Rng start = seeded(seed);
    Rng rng = start;
    for (const auto& [noise, m, N] : {std::array<uword, 3>{2, 4, 5}, {3, 2, 4}, {1, 5, 1}}) {
      const mat z = random_normal(noise, N, rng), x = random_normal(2, N, rng);
      const std::vector<mat> numbers = drawn_layers(noise, m, start);
      shows<rivals>(named_rivals(numbers, plain_rivals(numbers, z, x)), {},
                    Parts{number("noise", double(noise)), number("m", double(m))},
                    [&, noise = noise, m = m](const auto& f) {
                      Rng own = start;
                      return ask_rivals(f(noise, m, own), z, x);
                    });
    }
  }
}

TEST_CASE("a judge who believes 0.8 of what is true and 0.3 of what is made", "[16][16.8]") {
  const mat one(1, 1, arma::fill::ones), none(1, 1, arma::fill::zeros);
  const real fake = 5 + std::log(real(0.3) / real(0.7)), real_point = 5 + std::log(real(4));
  const std::vector<mat> numbers = {
      one, none, one, none,        mat(2, 1, arma::fill::zeros), mat(vec{fake, 0}), mat{{1, 0}}, none,
      one, none, one, mat(vec{-5})};
  Parts expected = {number("d", 0.57981849525294), number("g", 1.20397280432594)};
  expected.push_back({"the slope of g along G's last b", arma::mat(arma::vec{-0.7, 0})});
  shows<rivals>(expected, printed, {}, [&](const auto& f) {
    Rng own = seeded(1702);
    Parts wanted;
    for (const Part& part : ask_rivals(f(1, 1, own), mat(vec{0.5}), mat(vec{real_point, 0}), numbers))
      for (const Part& each : expected)
        if (part.name == each.name) wanted.push_back(part);
    return wanted;
  });
}

// 16.9

/// Two small networks, in a graph in which D's parameters stand before G's.
static const auto given_rivals = oracle<Rivals>("given", [](uword noise, uword m, Rng rng) {
  Rivals r;
  const auto add = [&](Op op, std::vector<uword> inputs = {}, Activation phi = Activation::identity) {
    r.model.graph.push_back({op, std::move(inputs), phi, 1});
    r.model.values.emplace_back();
    return r.model.graph.size() - 1;
  };
  const auto leaf = [&](uvec& list, Op op, mat value = {}) {
    const uword node = add(op);
    r.model.values[node] = std::move(value);
    list.resize(list.n_elem + 1);
    list.back() = node;
    return node;
  };
  const auto two_layers = [&](uvec& list, uword inputs, uword outputs) {
    leaf(list, Op::parameter, random_normal(m, inputs, rng)), leaf(list, Op::parameter, random_normal(m, 1, rng));
    leaf(list, Op::parameter, random_normal(outputs, m, rng)),
        leaf(list, Op::parameter, random_normal(outputs, 1, rng));
  };
  const auto over = [&](const uvec& p, uword h) {
    const uword hidden = add(Op::activate, {add(Op::add, {add(Op::matmul, {p(0), h}), p(1)})}, Activation::tanh);
    return add(Op::add, {add(Op::matmul, {p(2), hidden}), p(3)});
  };
  two_layers(r.discriminator, 2, 1), two_layers(r.generator, noise, 2);
  r.model.parameters = join_cols(r.discriminator, r.generator);
  r.noise = leaf(r.model.inputs, Op::input);
  const uword x = leaf(r.model.inputs, Op::input), ones = leaf(r.model.targets, Op::input),
              zeros = leaf(r.model.targets, Op::input);
  r.made = over(r.generator, r.noise);
  const uword of_real = over(r.discriminator, x), of_made = over(r.discriminator, r.made);
  const uword a = add(Op::binary_cross_entropy, {of_real, ones}), b = add(Op::binary_cross_entropy, {of_made, zeros});
  r.model.loss = r.d_loss = add(Op::add, {a, b});
  r.g_loss = add(Op::binary_cross_entropy, {of_made, ones});
  r.model.outputs = {of_real, of_made};
  return r;
});

static const auto plain_duel =
    oracle<std::vector<mat>>("train_rivals", [](Rivals r, const std::vector<mat>& batches, real rate, Rng rng) {
      std::vector<Memory> memory(r.model.graph.size());
      for (const mat& X : batches)
        for (const bool judge : {true, false}) {
          Values values = r.model.values;
          values[r.noise] = random_normal(values[r.generator(0)].n_cols, X.n_cols, rng);
          values[r.model.inputs(1)] = X;
          values[r.model.targets(0)] = mat(1, X.n_cols, arma::fill::ones);
          values[r.model.targets(1)] = mat(1, X.n_cols, arma::fill::zeros);
          values = evaluate(r.model.graph, values);
          const Values slopes = backward(r.model.graph, values, judge ? r.d_loss : r.g_loss);
          for (const uword p : judge ? r.discriminator : r.generator) {
            const Moved moved =
                adam_step(r.model.values[p], slopes[p], memory[p], rate, real(0.5), real(0.999), real(1e-8));
            r.model.values[p] = moved.x, memory[p] = moved.memory;
          }
        }
      std::vector<mat> numbers;
      for (const uword p : uvec(join_cols(r.generator, r.discriminator))) numbers.push_back(r.model.values[p]);
      return numbers;
    });

static Parts eight(const std::vector<mat>& numbers) {
  Parts parts;
  for (uword i = 0; i < numbers.size(); ++i)
    parts.push_back({std::string(i < 4 ? "G's " : "D's ") + (i / 2 % 2 ? "last " : "first ") + (i % 2 ? "b" : "W"),
                     arma::conv_to<arma::mat>::from(numbers[i])});
  return parts;
}

TEST_CASE("a few batches, each rival by its own loss", "[16][16.9]") {
  for (const std::uint64_t seed : {1710, 1711}) {
    Rng rng = seeded(seed);
    for (const auto& [noise, m, N, steps] :
         {std::array<uword, 4>{2, 3, 4, 0}, {2, 3, 4, 1}, {3, 4, 5, 2}, {1, 2, 1, 3}, {2, 5, 6, 8}}) {
      const Rivals given = given_rivals(noise, m, rng);
      std::vector<mat> batches;
      for (uword i = 0; i < steps; ++i) batches.push_back(random_normal(2, N + i % 2, rng));
      shows<train_rivals>(
          eight(plain_duel(given, batches, real(0.02), rng)), trained,
          Parts{number("noise", double(noise)), number("m", double(m)), number("batches", double(steps))},
          [&](const auto& f) {
            Rng own = rng;
            const Rivals r = f(given, batches, real(0.02), own);
            std::vector<mat> numbers;
            for (const uword p : uvec(join_cols(r.generator, r.discriminator))) numbers.push_back(r.model.values.at(p));
            return eight(numbers);
          });
    }
  }
}

TEST_CASE("points that do not fit the discriminator are errors", "[16][16.9]") {
  const Rivals given = given_rivals(uword(2), uword(3), seeded(1712));
  rejects<train_rivals>(given, std::vector<mat>{mat(3, 4, arma::fill::ones)}, real(0.01), seeded(1713));
}

}  // namespace nn
