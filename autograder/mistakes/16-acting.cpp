// Known mistakes of lesson 16. They stand on lessons 1 to 11 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/acting.hpp"
#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/term.hpp"
#include "nn/training.hpp"

namespace nn {

// 16.1

static vec returned(const vec& r, real gamma) {
  vec G = r;
  for (uword t = G.n_elem; t-- > 1;) G(t - 1) += gamma * G(t);
  return G;
}

#define RETURN_MISTAKE(id, says, ...)                                                     \
  MISTAKE(                                                                                \
      returns, "16.1", id, says, (const vec& rewards, [[maybe_unused]] real gamma)->vec { \
        vec G = rewards;                                                                  \
        [[maybe_unused]] const uword T = G.n_elem;                                        \
        __VA_ARGS__;                                                                      \
        return G;                                                                         \
      })

RETURN_MISTAKE("from-the-front", "your returns look back; what an action earns comes after it",
               for (uword t = 1; t < T; ++t) G(t) += gamma * G(t - 1))
RETURN_MISTAKE("one-for-all", "every turn gets the whole game's return, also what came before it",
               if (T > 0) G.fill(returned(rewards, gamma)(0)))
RETURN_MISTAKE("gamma-once", "the reward after next is discounted once; it lies two turns ahead",
               for (uword t = 0; t < T; ++t) G(t) += gamma * accu(rewards.tail(T - 1 - t)))
RETURN_MISTAKE("not-discounted", "a later reward counts as much as one now: where is gamma?",
               for (uword t = T; t-- > 1;) G(t - 1) += G(t))
RETURN_MISTAKE("next-only", "you look one turn ahead; the game goes on after that",
               for (uword t = 0; t + 1 < T; ++t) G(t) += gamma * rewards(t + 1))
RETURN_MISTAKE("own-discounted", "an action's own reward comes at once: it is not discounted",
               G = gamma * returned(rewards, gamma))

#define DRAW_MISTAKE(id, says, ...)                                                   \
  MISTAKE(                                                                            \
      draw_action, "16.1", id, says, (const vec& p, Rng& rng)->uword {                \
        require(!p.empty(), "draw_action", "empty");                                  \
        [[maybe_unused]] const real u = rng.uniform();                                \
        [[maybe_unused]] const auto first = [](const uvec& those, uword k) -> uword { \
          return those.empty() ? k - 1 : those(0);                                    \
        };                                                                            \
        return __VA_ARGS__;                                                           \
      })

DRAW_MISTAKE("largest-p", "nothing is drawn: you always take the likeliest action", p.index_max())
DRAW_MISTAKE("any-action", "all actions are equally likely in yours: p does not count",
             std::min<uword>(uword(u* real(p.n_elem)), p.n_elem - 1))
DRAW_MISTAKE("not-added-up", "you compare the number with each chance by itself; add the chances up",
             first(find(p > u, 1), p.n_elem))
DRAW_MISTAKE("from-the-end", "you add up from the last action; the contract begins at the first",
             p.n_elem - 1 - first(find(cumsum(arma::flipud(p)) > u, 1), p.n_elem))
DRAW_MISTAKE("one-further", "you stop one action too late: the first sum beyond the number is the one",
             std::min<uword>(first(find(cumsum(p) > u, 1), p.n_elem) + 1, p.n_elem - 1))

#define EPSILON_MISTAKE(id, says, ...)                                                      \
  MISTAKE(                                                                                  \
      epsilon_greedy, "16.1", id, says, (const vec& q, real epsilon, Rng& rng)->uword {     \
        require(!q.empty() && epsilon >= 0 && epsilon <= 1, "epsilon_greedy", "arguments"); \
        return __VA_ARGS__;                                                                 \
      })

EPSILON_MISTAKE("never-explores", "a share epsilon of the moves should be anybody's guess; yours never is",
                (rng.uniform(), q.index_max()))
EPSILON_MISTAKE("always-explores", "every move is a guess: epsilon is their share",
                (rng.uniform(), rng.below(q.n_elem)))
EPSILON_MISTAKE("turned-round", "epsilon is the share of guesses; in yours it is that of the best moves",
                rng.uniform() < epsilon ? q.index_max() : rng.below(q.n_elem))
EPSILON_MISTAKE("smallest", "you take the action of the smallest worth",
                rng.uniform() < epsilon ? rng.below(q.n_elem) : q.index_min())
EPSILON_MISTAKE("last-of-equal", "of equal ones the first counts; you take the last",
                rng.uniform() < epsilon ? rng.below(q.n_elem) : q.n_elem - 1 - vec(arma::flipud(q)).index_max())
MISTAKE(
    epsilon_greedy, "16.1", "guess-first", "you draw a guess for every move; the contract draws it where it is needed",
    (const vec& q, real epsilon, Rng& rng)->uword {
      require(!q.empty() && epsilon >= 0 && epsilon <= 1, "epsilon_greedy", "arguments");
      const uword guess = rng.below(q.n_elem);
      return rng.uniform() < epsilon ? guess : q.index_max();
    })

// 16.2

#define UPDATE_MISTAKE(id, says, ...)                                                                                 \
  MISTAKE(                                                                                                            \
      q_update, "16.2", id, says,                                                                                     \
      (mat Q, uword state, uword action, const Turn& turn, uword next, [[maybe_unused]] real rate, real gamma)->mat { \
        require(action < Q.n_rows && state < Q.n_cols && next < Q.n_cols, "q_update", "place");                       \
        [[maybe_unused]] const real best = Q.col(next).max(), future = turn.over ? 0 : gamma * best,                  \
                                    was = Q(action, state);                                                           \
        __VA_ARGS__;                                                                                                  \
        return Q;                                                                                                     \
      })

UPDATE_MISTAKE("beyond-the-end", "after the last turn you still hope: where it is over there is no future",
               Q(action, state) += rate * (turn.reward + gamma * best - was))
UPDATE_MISTAKE("cut-is-over", "time ran out, the game did not: a turn that was cut has a future",
               Q(action, state) += rate * (turn.reward + (turn.cut ? 0 : future) - was))
UPDATE_MISTAKE("same-action", "you hope for the same action again; in the next state the best one counts",
               Q(action, state) += rate * (turn.reward + (turn.over ? 0 : gamma * Q(action, next)) - was))
UPDATE_MISTAKE("no-difference", "Q runs away: what was there already must be taken off",
               Q(action, state) += rate * (turn.reward + future))
UPDATE_MISTAKE("overwritten", "one turn is not the whole truth: move a part of the way, rate",
               Q(action, state) = turn.reward + future)
UPDATE_MISTAKE("here-not-there", "you hope for what this state promises; the turn led to the next one",
               Q(action, state) += rate * (turn.reward + (turn.over ? 0 : gamma * Q.col(state).max()) - was))
UPDATE_MISTAKE("not-discounted", "what comes a turn later counts gamma times as much",
               Q(action, state) += rate * (turn.reward + (turn.over ? 0 : best) - was))
UPDATE_MISTAKE("mean-future", "you hope for the mean of the actions; the best one will be played",
               Q(action, state) += rate * (turn.reward + (turn.over ? 0 : gamma * mean(Q.col(next))) - was))
UPDATE_MISTAKE("all-actions", "every action of the state moves; one alone was played",
               Q.col(state) += rate * (turn.reward + future - Q.col(state)))

// 16.3

struct Touring {
  bool guesses = true, greedy = true, one_start = false, last_only = false, next_column = false, one_game = false,
       whole_step = false, fades = false;
};

static mat toured(const Game& game, const Play& how, Rng& rng, Touring quirk) {
  require(game.kind == GameKind::grid, "learn_table", "grid");
  mat Q(actions_of(game), inputs_of(game), arma::fill::zeros);
  vec first;
  for (uword g = 0; g < (quirk.one_game ? std::min<uword>(how.games, 1) : how.games); ++g) {
    if (first.empty() || !quirk.one_start) first = start(game, rng);
    Turn now = {first};
    const real share = quirk.fades ? how.epsilon / real(g + 1) : how.epsilon;
    for (uword t = 0; !ended(now); ++t) {
      const uword s = cell_of(now.state);
      uword a = Q.col(s).index_max();
      if ((rng.uniform() < share && quirk.guesses) || !quirk.greedy) a = rng.below(Q.n_rows);
      now = play(game, now.state, a, t);
      const uword next = cell_of(now.state);
      if (quirk.last_only && !ended(now)) continue;
      const real future = now.over ? 0 : how.gamma * Q.col(next).max();
      real& entry = Q(a, quirk.next_column ? next : s);
      entry += (quirk.whole_step ? 1 : how.rate) * (now.reward + future - entry);
    }
  }
  return Q;
}

#define TABLE_MISTAKE(id, says, ...) \
  MISTAKE(                           \
      learn_table, "16.3", id, says, \
      (const Game& game, const Play& how, Rng& rng)->mat { return toured(game, how, rng, Touring{__VA_ARGS__}); })

TABLE_MISTAKE("never-guesses", "your table never tries what it does not know: where is epsilon?", .guesses = false)
TABLE_MISTAKE("always-guesses", "your table never plays what it has learned: all moves are guesses", .greedy = false)
TABLE_MISTAKE("one-start", "all of your games begin in one cell: draw a start for each", .one_start = true)
TABLE_MISTAKE("learns-at-the-end", "you learn from the last turn of a game alone; every turn says something",
              .last_only = true)
TABLE_MISTAKE("next-column", "you teach the cell that was reached; the action was played in the one before",
              .next_column = true)
TABLE_MISTAKE("one-game", "you play one game; how.games says how many", .one_game = true)
TABLE_MISTAKE("whole-step", "your table believes each turn wholly: pass the rate on", .whole_step = true)
TABLE_MISTAKE("guesses-fade", "your guesses grow fewer from game to game; here their share stays epsilon",
              .fades = true)

// 16.4

/// Of logits from a slope along them: (k x N), N is counted in already.
static Gradients along_logits(const Network& policy, const mat& states, const mat& slope, real loss) {
  const Trace trace = forward_trace(policy, states);
  std::vector<mat> deltas(policy.size());
  deltas.back() = slope;
  for (uword l = policy.size() - 1; l-- > 0;)
    deltas[l] = activation_backward(policy[l].activation, trace.Z[l], trace.A[l], policy[l + 1].W.t() * deltas[l + 1]);
  Gradients g = gradients_of(states, trace, deltas);
  g.loss = loss;
  return g;
}

struct Praising {
  bool upside_down = false, mean_log = false, likeliest = false, summed = false, alike = false, one_each = false,
       chances = false, no_loss = false;
};

static Gradients praised(const Network& policy, const mat& states, const uvec& actions, vec advantages,
                         Praising quirk = {}) {
  require(!policy.empty() && policy.back().activation == Activation::softmax, "policy_gradient", "no policy");
  const uword N = states.n_cols, k = policy.back().b.n_elem;
  require(N > 0 && actions.n_elem == N && advantages.n_elem == N && actions.max() < k, "policy_gradient", "turns");
  const Trace trace = forward_trace(policy, states);
  const mat &P = trace.A.back(), &Z = trace.Z.back();
  if (quirk.mean_log) advantages.fill(mean(advantages));
  if (quirk.alike) advantages.ones();
  mat slope = P;
  real loss = 0;
  for (uword n = 0; n < N; ++n) {
    const uword a = quirk.likeliest ? P.col(n).index_max() : actions(n);
    const vec shifted = Z.col(n) - Z.col(n).max();
    loss -= advantages(n) * (shifted(a) - std::log(accu(exp(shifted))));
    if (quirk.one_each) slope(a, n) -= advantages(n);
    else slope(a, n) -= 1, slope.col(n) *= advantages(n);
    if (quirk.chances) slope.col(n) *= P(a, n);
  }
  const real by = (quirk.summed ? 1 : real(N)) * (quirk.upside_down ? -1 : 1);
  return along_logits(policy, states, slope / by, quirk.no_loss ? 0 : loss / by);
}

#define PRAISE_MISTAKE(id, says, ...)                                                                     \
  MISTAKE(                                                                                                \
      policy_gradient, "16.4", id, says,                                                                  \
      (const Network& policy, const mat& states, const uvec& actions, const vec& advantages)->Gradients { \
        return praised(policy, states, actions, advantages, Praising{__VA_ARGS__});                       \
      })

PRAISE_MISTAKE("upside-down", "your policy plays worse with every game: what went well should become likelier",
               .upside_down = true)
PRAISE_MISTAKE("mean-log", "log-probabilities are averaged before they meet their advantages: each turn has its own",
               .mean_log = true)
PRAISE_MISTAKE("wrong-action", "you reward the likeliest action, not the one that was played", .likeliest = true)
PRAISE_MISTAKE("summed", "twice the turns, twice the step: divide by N", .summed = true)
PRAISE_MISTAKE("all-alike", "all actions are praised alike: the advantages do not count", .alike = true)
PRAISE_MISTAKE("sums-to-one", "(P - T) / N holds where the columns of T sum to 1; yours sum to the advantage",
               .one_each = true)
PRAISE_MISTAKE("chance-not-logarithm",
               "you follow the chance itself: the slope of its logarithm is 1 / p times as large", .chances = true)
PRAISE_MISTAKE("no-loss", "your slopes are right, and your loss is 0", .no_loss = true)

// 16.5

struct Practising {
  bool centred = true, divided = true, guarded = true, old_policy = false, keeps = false, whole_game = false,
       game_by_game = false, forgets = false, drops_rest = false, greedy = false, discounted_scores = false,
       adam = true;
};

static uword picked(const vec& p, Rng& rng) {
  const uvec beyond = find(cumsum(p) > rng.uniform(), 1);
  return beyond.empty() ? p.n_elem - 1 : beyond(0);
}

static vec levelled(vec earned, const Practising& quirk) {
  const real spread = stddev(earned, 1);
  if (quirk.guarded && spread < real(1e-8)) return earned.zeros();
  if (quirk.centred) earned -= mean(earned);
  if (quirk.divided) earned /= spread;
  return earned;
}

static Played practised(const Game& game, const Network& policy, const Play& how, Rng& rng, Practising quirk) {
  require(how.batch > 0, "reinforce", "batch");
  require(!policy.empty() && policy.back().b.n_elem == actions_of(game), "reinforce", "policy");
  Optimised now = {policy, {}};
  Method method;
  method.rule = quirk.adam ? Rule::adam : Rule::descent;
  vec scores(how.games, arma::fill::zeros);
  mat seen(inputs_of(game), 0);
  std::vector<uword> done;
  vec earned;
  for (uword g = 0; g < how.games; ++g) {
    Turn turn = {start(game, rng)};
    vec rewards;
    while (!ended(turn)) {
      const vec p = forward(quirk.old_policy ? policy : now.network, turn.state);
      seen = join_rows(seen, turn.state);
      const uword a = picked(p, rng);
      done.push_back(quirk.greedy ? p.index_max() : a);
      turn = play(game, turn.state, done.back(), rewards.n_elem);
      rewards = join_cols(rewards, vec{turn.reward});
    }
    vec G = returned(rewards, how.gamma);
    scores(g) = quirk.discounted_scores ? G(0) : accu(rewards);
    if (quirk.whole_game) G.fill(G(0));
    if (quirk.game_by_game) G = levelled(G, quirk);
    earned = join_cols(earned, G);
    const bool full = (g + 1) % how.batch == 0;
    if (!full && (g + 1 < how.games || quirk.drops_rest)) continue;
    const Gradients slopes =
        praised(now.network, seen, uvec(done), quirk.game_by_game ? earned : levelled(earned, quirk));
    now = optimise(now.network, slopes, quirk.forgets ? std::vector<Memory>() : now.memory, method, how.rate);
    if (quirk.keeps) continue;
    seen.set_size(inputs_of(game), 0);
    done.clear(), earned.reset();
  }
  return {now.network, scores};
}

#define PRACTICE_MISTAKE(id, says, ...)                                                                    \
  MISTAKE(                                                                                                 \
      reinforce, "16.5", id, says, (const Game& game, Network policy, const Play& how, Rng& rng)->Played { \
        return practised(game, policy, how, rng, Practising{__VA_ARGS__});                                 \
      })

PRACTICE_MISTAKE("return-as-is",
                 "where all returns are positive every action is praised, some only more: take off the mean",
                 .centred = false)
PRACTICE_MISTAKE("not-divided", "a game with large scores makes large steps: divide by the deviation", .divided = false)
PRACTICE_MISTAKE("zero-spread", "when all turns earned the same you divide by 0", .guarded = false)
PRACTICE_MISTAKE("old-policy", "your games are played by one policy and learned by another", .old_policy = true)
PRACTICE_MISTAKE("old-games", "you learn again from games that an earlier policy played: forget them after the step",
                 .keeps = true)
PRACTICE_MISTAKE("one-for-all", "every turn gets the whole game's return, also what came before it", .whole_game = true)
PRACTICE_MISTAKE("game-by-game", "you compare a turn with its own game; all turns of the batch are the measure",
                 .game_by_game = true)
PRACTICE_MISTAKE("memory-lost", "Adam begins anew with each step: keep its memory", .forgets = true)
PRACTICE_MISTAKE("rest-dropped", "the last games are no whole batch, and nothing learns from them", .drops_rest = true)
PRACTICE_MISTAKE("likeliest", "your policy plays its likeliest action; it should draw", .greedy = true)
PRACTICE_MISTAKE("scores-discounted", "a score is the plain sum of the rewards; yours is discounted",
                 .discounted_scores = true)
PRACTICE_MISTAKE("plain-descent", "your steps are plain descent; the contract wants Adam", .adam = false)

// 16.6

struct Hoping {
  bool over = true, cut = false, own = false, zeros = false, here = false, mean = false, same = false,
       discounted = true, double_q = false;
};

static mat hoped(const Network& q, const Network& frozen, const mat& states, const uvec& actions,
                 const std::vector<Turn>& turns, real gamma, Hoping quirk = {}) {
  mat T = forward(q, states);
  require(actions.n_elem == states.n_cols && turns.size() == states.n_cols, "q_targets", "numbers");
  require(turns.empty() || actions.max() < T.n_rows, "q_targets", "action");
  if (quirk.zeros) T.zeros();
  for (uword n = 0; n < T.n_cols; ++n) {
    const vec next = turns[n].state, there = forward(quirk.own ? q : frozen, quirk.here ? vec(states.col(n)) : next);
    real future = there.max();
    if (quirk.mean) future = arma::mean(there);
    if (quirk.same) future = there(actions(n));
    if (quirk.double_q) future = there(vec(forward(q, next)).index_max());
    const bool ends = (turns[n].over && quirk.over) || (turns[n].cut && quirk.cut);
    T(actions(n), n) = turns[n].reward + (ends ? 0 : (quirk.discounted ? gamma : 1) * future);
  }
  return T;
}

#define HOPE_MISTAKE(id, says, ...)                                                     \
  MISTAKE(                                                                              \
      q_targets, "16.6", id, says,                                                      \
      (const Network& q, const Network& frozen, const mat& states, const uvec& actions, \
       const std::vector<Turn>& turns, real gamma)                                      \
          ->mat { return hoped(q, frozen, states, actions, turns, gamma, Hoping{__VA_ARGS__}); })

HOPE_MISTAKE("cut-is-over",
             "time ran out, the game did not: your pole thinks that balancing for 200 turns is like falling",
             .cut = true)
HOPE_MISTAKE("beyond-the-end", "after the last turn you still hope: where it is over the reward is all", .over = false)
HOPE_MISTAKE("own-hope", "your targets hope with the network that learns; the frozen one holds still", .own = true)
HOPE_MISTAKE("others-to-zero", "actions that were not played are taught the value 0: their target is q's own answer",
             .zeros = true)
HOPE_MISTAKE("here-not-there", "you hope for what this state promises; the turn led to another", .here = true)
HOPE_MISTAKE("mean-future", "you hope for the mean of the actions; the best one will be played", .mean = true)
HOPE_MISTAKE("same-action", "you hope for the same action again; in the next state the best one counts", .same = true)
HOPE_MISTAKE("not-discounted", "what comes a turn later counts gamma times as much", .discounted = false)
HOPE_MISTAKE("two-opinions", "q chooses and the frozen network rates: a fine idea of 2016, but here frozen does both",
             .double_q = true)

// 16.7

struct Remembering {
  bool chases = false, for_ever = false, newest = false, guesses = true, falls = true, waits = false, full_stop = false,
       forgets = false, others_to_zero = false, counts_games = false, cut_is_over = false, rewards_alone = false;
};

static Played remembering(const Game& game, const Network& q, const Play& how, Rng& rng, Remembering quirk) {
  require(how.batch > 0 && how.copy_every > 0 && how.keep >= how.batch, "learn_q", "numbers");
  require(!q.empty() && q.back().b.n_elem == actions_of(game), "learn_q", "network");
  Optimised now = {q, {}};
  Network frozen = q;
  Method adam;
  adam.rule = Rule::adam;
  std::vector<vec> states;
  std::vector<uword> actions;
  std::vector<Turn> turns;
  vec scores(how.games, arma::fill::zeros);
  uword moves = 0;
  for (uword g = 0; g < how.games; ++g) {
    const real share = quirk.falls ? std::max(how.epsilon, 1 - 2 * real(g) / real(how.games)) : how.epsilon;
    Turn turn = {start(game, rng)};
    for (uword t = 0; !ended(turn); ++t) {
      const vec before = turn.state;
      uword a = vec(forward(now.network, before)).index_max();
      if (rng.uniform() < share && quirk.guesses) a = rng.below(actions_of(game));
      turn = play(game, before, a, t);
      const uword place = moves++ % how.keep;
      if (place == turns.size()) states.push_back(before), actions.push_back(a), turns.push_back(turn);
      else if (!quirk.full_stop) states[place] = before, actions[place] = a, turns[place] = turn;
      scores(g) += turn.reward;
      if (turns.size() >= (quirk.waits ? how.keep : how.batch)) {
        mat X(before.n_elem, how.batch);
        uvec done(how.batch);
        std::vector<Turn> led;
        for (uword n = 0; n < how.batch; ++n) {
          const uword drawn = rng.below(turns.size()),
                      i = quirk.newest ? (place + turns.size() - n) % turns.size() : drawn;
          X.col(n) = states[i], done(n) = actions[i], led.push_back(turns[i]);
        }
        const mat T =
            hoped(now.network, quirk.chases ? now.network : frozen, X, done, led, quirk.rewards_alone ? 0 : how.gamma,
                  Hoping{.cut = quirk.cut_is_over, .zeros = quirk.others_to_zero});
        now = optimise(now.network, backprop(now.network, X, T, Loss::squared),
                       quirk.forgets ? std::vector<Memory>() : now.memory, adam, how.rate);
      }
      if (!quirk.counts_games && !quirk.for_ever && moves % how.copy_every == 0) frozen = now.network;
    }
    if (quirk.counts_games && (g + 1) % how.copy_every == 0) frozen = now.network;
  }
  return {now.network, scores};
}

#define MEMORY_MISTAKE(id, says, ...)                                                               \
  MISTAKE(                                                                                          \
      learn_q, "16.7", id, says, (const Game& game, Network q, const Play& how, Rng& rng)->Played { \
        return remembering(game, q, how, rng, Remembering{__VA_ARGS__});                            \
      })

MEMORY_MISTAKE("chases-itself",
               "your targets move with every step: the frozen copy should hold still between two copies",
               .chases = true)
MEMORY_MISTAKE("frozen-for-ever",
               "your targets still hope what they hoped in the first game: copy the network now and then",
               .for_ever = true)
MEMORY_MISTAKE("newest-only",
               "you learn from the newest turns, which all look alike: draw from everything that is kept",
               .newest = true)
MEMORY_MISTAKE("never-guesses", "your player never tries what it does not know", .guesses = false)
MEMORY_MISTAKE("no-fall", "the share of guesses should begin at 1 and fall; yours is epsilon from the first game on",
               .falls = false)
MEMORY_MISTAKE("waits-till-full", "you learn nothing until the memory is full: a batch is enough to begin",
               .waits = true)
MEMORY_MISTAKE("full-stop", "when the memory is full you forget the new turns; forget the oldest", .full_stop = true)
MEMORY_MISTAKE("memory-lost", "Adam begins anew with each step: keep its memory", .forgets = true)
MEMORY_MISTAKE("others-to-zero", "actions that were not played are taught the value 0", .others_to_zero = true)
MEMORY_MISTAKE("counts-games", "copy_every counts turns, over all games; you count games", .counts_games = true)
MEMORY_MISTAKE("rewards-alone", "your network learns the next reward alone: where does gamma go?",
               .rewards_alone = true)

// 16.8

struct Pairing {
  bool swapped = false, cut = false, says_fake = false, two_judges = false, squashed = false, judge_first = false,
       he_everywhere = false, half = false, g_is_d = false;
  Activation phi = Activation::leaky_relu;
};

static Rivals paired(uword noise, uword m, Rng& rng, Pairing quirk) {
  Rivals r;
  const auto layers = [&](uword inputs, uword outputs) {
    const Layer first = he_init(m, inputs, Activation::leaky_relu, rng),
                second = he_init(m, m, Activation::leaky_relu, rng);
    const Layer last = quirk.he_everywhere ? he_init(outputs, m, Activation::identity, rng)
                                           : xavier_init(outputs, m, Activation::identity, rng);
    return Network{first, second, last};
  };
  Network G, D;
  if (quirk.judge_first) D = layers(2, 1), G = layers(noise, 2);
  else G = layers(noise, 2), D = layers(2, 1);
  const Term z = input(r.model);
  const Term x = input(r.model);
  const Term ones = target(r.model);
  const Term zeros = target(r.model);
  const auto learning = [&](const Network& network) {
    std::vector<Term> terms;
    for (const Layer& layer : network)
      terms.push_back(parameter(r.model, layer.W)), terms.push_back(parameter(r.model, layer.b));
    return terms;
  };
  const auto still = [&](const Network& network) {  // the same numbers, but nothing that learns
    std::vector<Term> terms;
    for (const Layer& layer : network)
      for (const mat& value : {layer.W, mat(layer.b)}) {
        terms.push_back(input(r.model.graph));
        r.model.values.resize(r.model.graph.size());
        r.model.values.back() = value;
      }
    return terms;
  };
  const auto over = [&](const std::vector<Term>& p, Term h) {
    for (uword l = 0; l < 3; ++l) {
      h = p[2 * l] * h + p[2 * l + 1];
      if (l < 2) h = activate(quirk.phi, h);
    }
    return h;
  };
  const std::vector<Term> g = learning(G), d = learning(D);
  Term made = over(g, z), to_judge = made;
  if (quirk.squashed) made = to_judge = tanh(made);
  if (quirk.cut) to_judge = over(still(G), z);
  const Term of_real = over(d, x), of_made = over(quirk.two_judges ? still(D) : d, to_judge);
  const Term real_loss = loss_of(Op::binary_cross_entropy, of_real, quirk.swapped ? zeros : ones);
  const Term made_loss = loss_of(Op::binary_cross_entropy, of_made, quirk.swapped ? ones : zeros);
  const Term d_loss = quirk.half ? made_loss : real_loss + made_loss;
  const Term g_loss =
      quirk.g_is_d ? real(-1) * made_loss : loss_of(Op::binary_cross_entropy, of_made, quirk.says_fake ? zeros : ones);
  finish(r.model, of_real, d_loss);
  r.model.outputs = {of_real.node, of_made.node};
  r.generator = r.model.parameters.head(6), r.discriminator = r.model.parameters.tail(6);
  r.noise = z.node, r.made = made.node, r.d_loss = d_loss.node, r.g_loss = g_loss.node;
  return r;
}

#define PAIR_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      rivals, "16.8", id, says,     \
      (uword noise, uword m, Rng & rng)->Rivals { return paired(noise, m, rng, Pairing{__VA_ARGS__}); })

PAIR_MISTAKE("labels-swapped", "your discriminator is proud of taking fakes for real: ones belong to the true points",
             .swapped = true)
PAIR_MISTAKE("wire-cut",
             "no slope reaches the generator: the discriminator must let it through, though it stands still",
             .cut = true)
PAIR_MISTAKE("says-fake", "your generator is rewarded when it is caught: its target is 1", .says_fake = true)
PAIR_MISTAKE("two-judges",
             "one discriminator sees the true points and another the made ones: use the same parameters twice",
             .two_judges = true)
PAIR_MISTAKE("squashed", "your generator cannot leave the square of -1 and 1: its last layer has no activation",
             .squashed = true)
PAIR_MISTAKE("judge-first", "you draw the discriminator's weights first; the generator comes first",
             .judge_first = true)
PAIR_MISTAKE("he-everywhere", "the last layers begin with xavier_init; yours begin with he_init", .he_everywhere = true)
PAIR_MISTAKE("made-alone", "your discriminator never hears of the true points: d has two parts", .half = true)
PAIR_MISTAKE("minimax", "g is -log(1 - D(G(z))) turned round: where D is sure it is flat. Take BCE(D(G(z)), 1)",
             .g_is_d = true)
PAIR_MISTAKE("other-units", "your hidden units are plain ReLU: leaky ones let a slope through below 0",
             .phi = Activation::relu)

// 16.9

struct Duelling {
  bool both = false, same_noise = false, kept_noise = false, d_for_both = false, forgets = false, judge_alone = false,
       forger_first = false, descends = false;
  real beta1 = real(0.5);
};

static Rivals duelled(Rivals r, const std::vector<mat>& batches, real rate, Rng& rng, Duelling quirk) {
  Values& values = r.model.values;
  Method adam;
  adam.rule = quirk.descends ? Rule::descent : Rule::adam, adam.beta1 = quirk.beta1;
  std::vector<Memory> memory(r.model.graph.size());
  const auto step = [&](bool judge) {
    values = evaluate(r.model.graph, std::move(values));
    const Values slopes = backward(r.model.graph, values, judge || quirk.d_for_both ? r.d_loss : r.g_loss);
    const uvec both = join_cols(r.generator, r.discriminator);
    for (const uword p : quirk.both ? both : judge ? r.discriminator : r.generator) {
      Moved next = take_step(adam, rate, values[p], slopes[p], memory[p]);
      values[p] = next.x, memory[p] = next.memory;
    }
  };
  for (const mat& X : batches) {
    values[r.model.inputs(1)] = X;
    values[r.model.targets(0)].ones(1, X.n_cols);
    values[r.model.targets(1)].zeros(1, X.n_cols);
    if (quirk.forgets) memory.assign(r.model.graph.size(), Memory());
    for (const bool first : {true, false}) {
      const bool judge = first != quirk.forger_first;
      const uword numbers = values[r.generator(0)].n_cols;
      if (first || !quirk.kept_noise)
        values[r.noise] = quirk.same_noise ? mat(repmat(random_normal(numbers, 1, rng), 1, X.n_cols))
                                           : random_normal(numbers, X.n_cols, rng);
      if (judge || !quirk.judge_alone) step(judge);
    }
  }
  return r;
}

#define DUEL_MISTAKE(id, says, ...)                                                                                  \
  MISTAKE(                                                                                                           \
      train_rivals, "16.9", id, says, (Rivals r, const std::vector<mat>& real_points, real rate, Rng& rng)->Rivals { \
        return duelled(std::move(r), real_points, rate, rng, Duelling{__VA_ARGS__});                                 \
      })

DUEL_MISTAKE("both-move", "the discriminator's step moved the generator: each moves only its own", .both = true)
DUEL_MISTAKE("same-noise", "your generator makes one point as often as the batch is large: noise for each column",
             .same_noise = true)
DUEL_MISTAKE("kept-noise", "both steps see the same noise; the generator's step draws anew", .kept_noise = true)
DUEL_MISTAKE("helps-the-judge", "your generator follows d: it helps to be caught. It has a loss of its own, g",
             .d_for_both = true)
DUEL_MISTAKE("memory-lost", "Adam begins anew with each batch: keep a memory for each parameter", .forgets = true)
DUEL_MISTAKE("judge-alone", "your generator never moves", .judge_alone = true)
DUEL_MISTAKE("forger-first", "the discriminator moves first, then the generator", .forger_first = true)
DUEL_MISTAKE("usual-beta", "beta1 is 1/2 here: with the usual 0.9 each still follows the rival of ten steps ago",
             .beta1 = real(0.9))
DUEL_MISTAKE("plain-descent", "your steps are plain descent; the contract wants Adam", .descends = true)

}  // namespace nn
