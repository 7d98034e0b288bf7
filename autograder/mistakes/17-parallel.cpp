// Known mistakes of lesson 17. They stand on lessons 1 to 7 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"

namespace nn {

// 17.1

static Range part_of(uword n, uword r, uword p) {
  const auto begin = [&](uword rank) { return rank * (n / p) + std::min(rank, n % p); };
  return {begin(r), begin(r + 1)};
}

#define SHARD_MISTAKE(id, says, ...)                                       \
  MISTAKE(                                                                 \
      shard, "17.1", id, says, (uword n, uword rank, uword ranks)->Range { \
        require(rank < ranks, "shard", "rank");                            \
        [[maybe_unused]] const uword q = n / ranks, more = n % ranks;      \
        return __VA_ARGS__;                                                \
      })

SHARD_MISTAKE("rest-lost", "n / ranks rounds down: the last n % ranks samples belong to nobody in yours",
              {rank * q, (rank + 1) * q})
SHARD_MISTAKE("rest-to-the-last", "the last rank takes the whole rest; give one more to each of the first n % ranks",
              {rank * q, rank + 1 == ranks ? n : (rank + 1) * q})
SHARD_MISTAKE("longer-last", "your longer parts come last; the contract puts them first",
              {rank * q + (rank > ranks - more ? rank + more - ranks : 0),
               (rank + 1) * q + (rank + 1 > ranks - more ? rank + 1 + more - ranks : 0)})
SHARD_MISTAKE("rounded-up", "every part is rounded up, so the last ranks get less, or nothing",
              {std::min(n, rank*((n + ranks - 1) / ranks)), std::min(n, (rank + 1) * ((n + ranks - 1) / ranks))})
SHARD_MISTAKE("last-one-in", "end is one behind the last sample; yours is the last sample itself",
              {part_of(n, rank, ranks).begin, std::max<uword>(part_of(n, rank, ranks).end, 1) - 1})
SHARD_MISTAKE("length", "you return the begin and the length; the contract asks for begin and end",
              {part_of(n, rank, ranks).begin, part_of(n, rank, ranks).end - part_of(n, rank, ranks).begin})

// 17.2

struct Packing {
  bool rows = false, biases_first = false, loss_last = false, no_loss = false, weights_then_biases = false,
       layers_back = false;
};

static vec packed(const Gradients& g, Packing quirk = {}) {
  std::vector<real> all;
  const auto add = [&](const mat& m) { all.insert(all.end(), m.begin(), m.end()); };
  if (!quirk.loss_last && !quirk.no_loss) all.push_back(g.loss);
  for (uword i = 0; i < g.dW.size(); ++i) {
    const uword l = quirk.layers_back ? g.dW.size() - 1 - i : i;
    if (quirk.biases_first) add(g.db[l]);
    if (quirk.rows) add(g.dW[l].t());
    else add(g.dW[l]);
    if (!quirk.biases_first && !quirk.weights_then_biases) add(g.db[l]);
  }
  if (quirk.weights_then_biases)
    for (const vec& db : g.db) add(db);
  if (quirk.loss_last) all.push_back(g.loss);
  return vec(all);
}

#define PACK_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      pack, "17.2", id, says, (const Gradients& gradients)->vec { return packed(gradients, Packing{__VA_ARGS__}); })

PACK_MISTAKE("rows", "you write dW row by row; a matrix lies in memory column by column, and so in the message",
             .rows = true)
PACK_MISTAKE("biases-first", "db comes before dW in yours; the contract has it behind", .biases_first = true)
PACK_MISTAKE("loss-last", "the loss is the first number of the message, not the last", .loss_last = true)
PACK_MISTAKE("no-loss", "the loss is missing in your message", .no_loss = true)
PACK_MISTAKE("weights-then-biases", "all dW come first in yours, then all db; the contract goes layer by layer",
             .weights_then_biases = true)
PACK_MISTAKE("layers-back", "your message begins with the last layer", .layers_back = true)

struct Unpacking {
  bool rows = false, biases_first = false, no_loss = false, stays = false, unchecked = false, at_least = false;
};

static uword numbers_in(const Network& like) {
  uword count = 1;
  for (const Layer& layer : like) count += layer.W.n_elem + layer.b.n_elem;
  return count;
}

static Gradients unpacked(const vec& message, const Network& like, Unpacking quirk = {}) {
  const uword n = numbers_in(like);
  if (quirk.at_least) require(message.n_elem >= n, "unpack", "length");
  else if (!quirk.unchecked) require(message.n_elem == n, "unpack", "length");
  Gradients g;
  uword at = 1;
  const auto take = [&](uword rows, uword cols) {
    mat m(rows, cols, arma::fill::zeros);
    for (uword i = 0; i < m.n_elem && at + i < message.n_elem; ++i) m(i) = message(at + i);
    if (!quirk.stays) at += m.n_elem;
    return m;
  };
  if (!message.empty() && !quirk.no_loss) g.loss = message(0);
  for (const Layer& layer : like) {
    if (quirk.biases_first) g.db.push_back(take(layer.b.n_elem, 1));
    if (quirk.rows) g.dW.push_back(take(layer.W.n_cols, layer.W.n_rows).t());
    else g.dW.push_back(take(layer.W.n_rows, layer.W.n_cols));
    if (!quirk.biases_first) g.db.push_back(take(layer.b.n_elem, 1));
  }
  return g;
}

#define UNPACK_MISTAKE(id, says, ...)                                                  \
  MISTAKE(                                                                             \
      unpack, "17.2", id, says, (const vec& message, const Network& like)->Gradients { \
        return unpacked(message, like, Unpacking{__VA_ARGS__});                        \
      })

UNPACK_MISTAKE("read-by-rows", "you fill dW row by row; the message holds its columns", .rows = true)
UNPACK_MISTAKE("read-biases-first", "you read db before dW; the message has it behind", .biases_first = true)
UNPACK_MISTAKE("loss-left", "the first number of the message is the loss; yours stays 0", .no_loss = true)
UNPACK_MISTAKE("stays", "you read every layer from the same place: move on by what you have read", .stays = true)
UNPACK_MISTAKE("any-length", "a message that is too short or too long is read as if it fitted", .unchecked = true)
UNPACK_MISTAKE("too-long", "a message that is too long is read as if it fitted", .at_least = true)

// 17.3

struct Combining {
  bool summed = false, means = false, loss_summed = false, loss_mean = false, looks_at_empty = false, no_biases = false,
       times_n = false, whole = false;
};

static Gradients combined(const std::vector<Gradients>& parts, const uvec& sizes, Combining quirk) {
  require(parts.size() == sizes.n_elem && accu(sizes) > 0, "combine", "counts");
  Gradients whole;
  const real count = real(uvec(find(sizes > 0)).n_elem);
  for (uword r = 0; r < parts.size(); ++r) {
    if (sizes(r) == 0 && !quirk.looks_at_empty) continue;
    const Gradients& g = parts[r];
    real share = real(sizes(r)) / real(accu(sizes));
    if (quirk.summed) share = 1;
    if (quirk.means) share = 1 / count;
    if (quirk.times_n) share = real(sizes(r));
    if (quirk.whole) share = real(sizes(r) / accu(sizes));
    if (whole.dW.empty()) {
      whole = g;
      whole.loss = 0;
      for (mat& dW : whole.dW) dW.zeros();
      for (vec& db : whole.db) db.zeros();
    }
    require(g.dW.size() == whole.dW.size() && g.db.size() == whole.db.size(), "combine", "layers");
    for (uword l = 0; l < g.dW.size(); ++l) {
      require(size(g.dW[l]) == size(whole.dW[l]) && size(g.db[l]) == size(whole.db[l]), "combine", "shapes");
      whole.dW[l] += share * g.dW[l];
      if (!quirk.no_biases) whole.db[l] += share * g.db[l];
      else if (r == uvec(find(sizes > 0, 1))(0)) whole.db[l] = g.db[l];
    }
    whole.loss += (quirk.loss_summed ? 1 : quirk.loss_mean ? 1 / count : share) * g.loss;
  }
  return whole;
}

#define COMBINE_MISTAKE(id, says, ...)                                                                 \
  MISTAKE(                                                                                             \
      combine, "17.3", id, says, (const std::vector<Gradients>& parts, const uvec& sizes)->Gradients { \
        return combined(parts, sizes, Combining{__VA_ARGS__});                                         \
      })

COMBINE_MISTAKE("summed",
                "each part is a mean already: their sum makes the step as many times too long as there are parts",
                .summed = true)
COMBINE_MISTAKE("mean-of-means",
                "a mean of means: a part of three samples should weigh three times as much as one of one",
                .means = true)
COMBINE_MISTAKE("times-n", "your parts weigh n_r; divide by N, the samples of all", .times_n = true)
COMBINE_MISTAKE("whole-numbers", "n_r / N divides whole numbers, and a share below 1 is then 0: make one a real first",
                .whole = true)
COMBINE_MISTAKE("loss-summed", "your slopes are weighed and your losses just added", .loss_summed = true)
COMBINE_MISTAKE("loss-mean", "your slopes are weighed by n_r / N; the loss is to be weighed so, too", .loss_mean = true)
COMBINE_MISTAKE("empty-looked-at", "a part without samples may be anything: 0 times not-a-number is no 0, so skip it",
                .looks_at_empty = true)
COMBINE_MISTAKE("first-biases", "db is that of the first part; weigh and add the biases like the weights",
                .no_biases = true)

// 17.4

struct Ring {
  bool adds_twice = false, own_again = false, one_phase = false, one_step_more = false, late_second = false,
       mean = false, rest_lost = false, whole = false, alone_too = false, skips_empty = false, swapped = false,
       gathers = false, other_way = false, rest_last = false;
};

static vec ringed(vec mine, uword r, uword p, const Exchange& exchange, Ring quirk) {
  require(r < p, "ring_all_reduce", "rank");
  const uword right = (r + 1) % p, left = (r + p - 1) % p;
  if (p == 1 && quirk.alone_too) return exchange(0, mine, 0);
  if (quirk.gathers) {  // everybody's whole vector goes all the way round
    vec passing = mine;
    for (uword s = 0; s + 1 < p; ++s) mine += (passing = exchange(right, passing, left));
    return mine;
  }
  const uword n = mine.n_elem;
  const auto at = [&](uword c) -> Range {
    c %= p;
    if (quirk.rest_lost) return {c * (n / p), (c + 1) * (n / p)};
    if (quirk.rest_last) return {c * (n / p), c + 1 == p ? n : (c + 1) * (n / p)};
    return part_of(n, c, p);
  };
  const auto get = [&](Range c) { return vec(mine.memptr() + c.begin, c.end - c.begin); };
  const auto put = [&](Range c, const vec& v, bool add) {
    for (uword i = 0; i < v.n_elem && c.begin + i < c.end; ++i)
      mine(c.begin + i) = v(i) + (add ? mine(c.begin + i) : 0);
  };
  const auto swap_chunks = [&](uword out, uword in, bool add) {
    if (quirk.skips_empty && at(out).begin == at(out).end) return;
    put(at(in),
        quirk.swapped ? exchange(right, get(at(out)), right)
                      : exchange(quirk.other_way ? left : right, get(at(out)), quirk.other_way ? right : left),
        add);
  };
  const uword steps = p - 1;
  for (uword s = 0; s < steps + (quirk.one_step_more && p > 1); ++s)
    swap_chunks(r + 2 * p - s, r + 2 * p - s - 1, true);
  if (!quirk.one_phase)
    for (uword s = 0; s < steps; ++s) {
      if (quirk.late_second) swap_chunks(r + p - s, r + 2 * p - s - 1, false);
      else swap_chunks(r + p + 1 - s, r + p - s, quirk.adds_twice);
    }
  return quirk.mean ? vec(mine / real(p)) : mine;
}

#define RING_MISTAKE(id, says, ...)                                                                           \
  MISTAKE(                                                                                                    \
      ring_all_reduce, "17.4", id, says, (vec mine, uword rank, uword ranks, const Exchange& exchange)->vec { \
        return ringed(std::move(mine), rank, ranks, exchange, Ring{__VA_ARGS__});                             \
      })

RING_MISTAKE("adds-twice",
             "in the second round finished sums arrive: they take the place of the chunk, and are not added",
             .adds_twice = true)
RING_MISTAKE("one-round", "each rank has one finished chunk, and then you stop: a second round must carry them on",
             .one_phase = true)
RING_MISTAKE("one-step-more", "p steps are one too many: after p - 1 each chunk holds every rank once",
             .one_step_more = true)
RING_MISTAKE("wrong-chunk", "after the first round the finished chunk is r + 1; your second round begins with r",
             .late_second = true)
RING_MISTAKE("mean", "you divide by the number of ranks; the sum was asked for", .mean = true)
RING_MISTAKE("rest-lost", "chunks of n / p: the last n % p numbers are never sent", .rest_lost = true)
RING_MISTAKE("rest-to-the-last", "your last chunk takes the whole rest; the contract cuts as `shard` does",
             .rest_last = true)
RING_MISTAKE("itself", "a rank alone has no neighbour, and sends to itself", .alone_too = true)
RING_MISTAKE("skips-empty", "you leave out empty chunks, and the neighbour waits for one: send them as well",
             .skips_empty = true)
RING_MISTAKE("one-neighbour", "you send to the right and receive from the right; what goes round comes from the left",
             .swapped = true)
RING_MISTAKE("left-round", "your ring turns the other way, and the chunks do not: send to r + 1", .other_way = true)
RING_MISTAKE("gathers", "you pass whole vectors: right, but (p - 1) n numbers a rank instead of 2 n (p - 1) / p",
             .gathers = true)

// 17.5

struct Tree {
  bool star = false, powers_only = false, no_way_down = false, own_only = false, smallest_first = false, mean = false,
       sends_first = false, keeps_sum = false, all_to_all = false, one_round_less = false;
};

static vec treed(vec mine, uword r, uword p, const Send& send, const Receive& receive, Tree quirk) {
  require(r < p, "tree_all_reduce", "rank");
  if (quirk.star) {
    if (r > 0) {
      send(0, mine);
      return receive(0);
    }
    for (uword s = 1; s < p; ++s) mine += receive(s);
    for (uword s = 1; s < p; ++s) send(s, mine);
    return mine;
  }
  if (quirk.all_to_all) {
    const vec own = mine;
    for (uword s = 0; s < p; ++s)
      if (s != r) send(s, own);
    for (uword s = 0; s < p; ++s)
      if (s != r) mine += receive(s);
    return mine;
  }
  uword last = p;  // ranks that take part
  if (quirk.powers_only)
    for (last = 1; 2 * last <= p;) last *= 2;
  if (r >= last) return mine;
  const vec own = mine;
  uword d = 1;
  for (; (quirk.one_round_less ? 2 * d < p : d < p) && (r & d) == 0; d *= 2)
    if (r + d < last) mine += receive(r + d);
  if (quirk.one_round_less ? 2 * d < p : d < p) {
    if (r > 0) {
      send(r - d, quirk.own_only ? own : mine);
      if (quirk.no_way_down) return mine;
      const vec sum = receive(r - d);
      mine = quirk.keeps_sum ? vec(mine + sum) : sum;
    }
  }
  if (quirk.no_way_down) return mine;
  if (quirk.smallest_first) {
    for (uword c = 1; c < d; c *= 2)
      if (r + c < last) send(r + c, mine);
  } else {
    while (d /= 2)
      if (r + d < last) send(r + d, mine);
  }
  return quirk.mean ? vec(mine / real(p)) : mine;
}

#define TREE_MISTAKE(id, says, ...)                                                        \
  MISTAKE(                                                                                 \
      tree_all_reduce, "17.5", id, says,                                                   \
      (vec mine, uword rank, uword ranks, const Send& send, const Receive& receive)->vec { \
        return treed(std::move(mine), rank, ranks, send, receive, Tree{__VA_ARGS__});      \
      })

TREE_MISTAKE("star", "all send to rank 0, which takes one after another: in a tree they meet in pairs", .star = true)
TREE_MISTAKE("powers-of-two", "your tree knows powers of two alone: with 5 ranks nobody asks rank 4",
             .powers_only = true)
TREE_MISTAKE("no-way-down", "only rank 0 knows the sum in the end: send it back down", .no_way_down = true)
TREE_MISTAKE("own-only", "a rank sends up what it brought, and not the sum that it has gathered", .own_only = true)
TREE_MISTAKE("smallest-first",
             "on the way down your nearest rank is served first, and a whole subtree waits: largest d first",
             .smallest_first = true)
TREE_MISTAKE("mean", "you divide by the number of ranks; the sum was asked for", .mean = true)
TREE_MISTAKE("adds-the-sum", "what comes down is the whole sum: it takes the place of yours and is not added",
             .keeps_sum = true)
TREE_MISTAKE("everybody-first", "everybody sends first and then receives: with long messages each waits for the other",
             .all_to_all = true)
TREE_MISTAKE("one-round-less", "your rounds end too early: d goes on as long as it is below p", .one_round_less = true)

// 17.6

struct Stepping {
  bool own_only = false, unweighted = false, skips = false, loss_alone = false, by_layer = false, weighs_twice = false,
       rate_by_total = false, after = false, own_share = false, whole = false;
};

static Step stepped(Network network, const mat& X, const mat& T, Loss loss, real rate, uword total,
                    const AllReduce& sum, Stepping quirk) {
  require(total > 0 && X.n_cols <= total && T.n_cols == X.n_cols, "parallel_step", "samples");
  Gradients own;
  for (const Layer& layer : network) {
    own.dW.emplace_back(size(layer.W), arma::fill::zeros);
    own.db.emplace_back(layer.b.n_elem, arma::fill::zeros);
  }
  if (X.n_cols > 0) own = backprop(network, X, T, loss);
  else if (quirk.skips) return {network, 0};
  real share = real(X.n_cols) / real(total);
  const real own_loss = own.loss;
  if (quirk.unweighted) share = 1;
  if (quirk.whole) share = real(X.n_cols / total);
  if (quirk.weighs_twice) share *= share;
  vec mine = packed(own) * share;
  if (quirk.loss_alone) mine(0) = own_loss;
  Gradients whole;
  if (quirk.by_layer) {
    vec all(mine.n_elem);
    all(0) = sum(mine.head(1))(0);
    uword at = 1;
    for (const Layer& layer : network) {
      const uword n = layer.W.n_elem + layer.b.n_elem;
      all.subvec(at, at + n - 1) = sum(mine.subvec(at, at + n - 1));
      at += n;
    }
    whole = unpacked(all, network);
  } else if (quirk.own_only) {
    (void)sum(mine);
    whole = own;
  } else {
    whole = unpacked(sum(mine), network);
  }
  if (quirk.own_share) whole.loss = own_loss;
  const Network next = sgd_step(network, whole, quirk.rate_by_total ? rate / real(total) : rate);
  if (quirk.after) whole.loss = X.n_cols > 0 ? backprop(next, X, T, loss).loss : 0;
  return {next, whole.loss};
}

#define STEP_MISTAKE(id, says, ...)                                                                                  \
  MISTAKE(                                                                                                           \
      parallel_step, "17.6", id, says,                                                                               \
      (Network network, const mat& X, const mat& T, Loss loss, real rate, uword total, const AllReduce& sum)->Step { \
        return stepped(std::move(network), X, T, loss, rate, total, sum, Stepping{__VA_ARGS__});                     \
      })

STEP_MISTAKE("own-gradient", "each rank steps along its own gradient, and the networks drift apart", .own_only = true)
STEP_MISTAKE("unweighted", "means are added as they are: weigh yours by n_r / total first", .unweighted = true)
STEP_MISTAKE("whole-numbers", "n_r / total divides whole numbers, and a share below 1 is then 0: make one a real first",
             .whole = true)
STEP_MISTAKE("nothing-to-say", "a rank without samples goes on in silence, and the others wait for it: send zeros",
             .skips = true)
STEP_MISTAKE("loss-alone", "your losses are added unweighed: the loss is weighed like the slopes", .loss_alone = true)
STEP_MISTAKE("layer-by-layer", "a sum for each layer: every message costs alpha, so pack all into one",
             .by_layer = true)
STEP_MISTAKE("weighed-twice", "n_r / total is multiplied in twice", .weighs_twice = true)
STEP_MISTAKE("divided-again", "you divide the step by total; the mean over samples is in the gradient already",
             .rate_by_total = true)
STEP_MISTAKE("own-loss", "your loss is that of the own samples; the whole batch's was asked for", .own_share = true)
STEP_MISTAKE("loss-after", "your loss is taken after the step; the contract asks for the one before", .after = true)

// 17.7

#define FIT_MISTAKE(id, says, ...)                                                                              \
  MISTAKE(                                                                                                      \
      fit_link, "17.7", id, says, (const vec& numbers, const vec& seconds)->Link {                              \
        require(numbers.n_elem == seconds.n_elem && !numbers.empty() && numbers.min() < numbers.max() &&        \
                    seconds.min() > 0,                                                                          \
                "fit_link", "times");                                                                           \
        [[maybe_unused]] const auto fitted = [&](const vec& w) -> Link {                                        \
          const real mean_n = dot(w, numbers) / accu(w), mean_t = dot(w, seconds) / accu(w);                    \
          const real beta = dot(w, (numbers - mean_n) % (seconds - mean_t)) / dot(w, square(numbers - mean_n)); \
          return {mean_t - beta * mean_n, beta};                                                                \
        };                                                                                                      \
        [[maybe_unused]] const vec relative = 1 / square(seconds), same(seconds.n_elem, arma::fill::ones);      \
        [[maybe_unused]] const auto swapped = [](const Link& link) -> Link { return {link.beta, link.alpha}; }; \
        return __VA_ARGS__;                                                                                     \
      })

FIT_MISTAKE("absolute", "long messages alone decide in yours: divide each equation by its time first", fitted(same))
FIT_MISTAKE("half-relative", "divide the equations by their times, not by the roots of them", fitted(1 / seconds))
FIT_MISTAKE("swapped", "alpha and beta have changed places", swapped(fitted(relative)))
FIT_MISTAKE("no-alpha", "your line goes through zero: the shortest message has a price, too",
            {0, dot(relative, numbers % seconds) / dot(relative, square(numbers))})
FIT_MISTAKE("shortest", "you take the shortest time for alpha; even that message has numbers in it, and it trembles",
            {seconds.min() / 2, fitted(relative).beta})

#define COST_MISTAKE(function, id, says, ...)                                      \
  MISTAKE(                                                                         \
      function, "17.7", id, says, (uword ranks, uword n, const Link& link)->real { \
        require(ranks > 0, #function, "ranks");                                    \
        const real p = real(ranks), N = real(n);                                   \
        [[maybe_unused]] const real levels = std::ceil(std::log2(p) - real(1e-6)); \
        return __VA_ARGS__;                                                        \
      })

COST_MISTAKE(ring_seconds, "one-phase", "the ring goes round twice: p - 1 steps to add, and p - 1 to spread",
             (p - 1) * (link.alpha + link.beta * N / p))
COST_MISTAKE(ring_seconds, "whole-vector", "a message of the ring holds n / p numbers, not n",
             2 * (p - 1) * (link.alpha + link.beta * N))
COST_MISTAKE(ring_seconds, "whole-numbers",
             "n / ranks divides whole numbers, and what is left over is lost: make one a real first",
             2 * (p - 1) * (link.alpha + link.beta * std::floor(N / p)))
COST_MISTAKE(ring_seconds, "p-steps", "p steps are one too many, and a rank alone sends nothing",
             2 * p * (link.alpha + link.beta * N / p))
COST_MISTAKE(ring_seconds, "alpha-once", "alpha is paid for every message",
             (p > 1 ? link.alpha : 0) + 2 * (p - 1) * link.beta * N / p)
COST_MISTAKE(tree_seconds, "up-only", "up and down again: the tree is walked twice",
             levels*(link.alpha + link.beta * N))
COST_MISTAKE(tree_seconds, "natural-logarithm", "the logarithm is that to the base 2: each round halves the ranks",
             2 * std::ceil(std::log(p)) * (link.alpha + link.beta * N))
COST_MISTAKE(tree_seconds, "rounded-down", "five ranks need three rounds: round the logarithm up",
             2 * std::floor(std::log2(p) + real(1e-6)) * (link.alpha + link.beta * N))
COST_MISTAKE(tree_seconds, "not-rounded", "there are no half rounds: round the logarithm up",
             2 * std::log2(p) * (link.alpha + link.beta * N))
COST_MISTAKE(tree_seconds, "chunks", "a tree sends whole vectors; only the ring cuts them",
             2 * levels * (link.alpha + link.beta * N / p))

struct Choosing {
  bool no_messages = false, real_share = false, last_of_equal = false, no_work = false, most_out = false,
       whole_batch = false;
};

static uword chosen(uword most, uword batch, real per_sample, uword n, const Link& link, Choosing quirk) {
  require(most > 0, "best_ranks", "most");
  uword best = 1;
  real least = arma::datum::inf;
  for (uword p = 1; p <= most - (quirk.most_out && most > 1); ++p) {
    const real share = quirk.whole_batch  ? real(batch)
                       : quirk.real_share ? real(batch) / real(p)
                                          : real((batch + p - 1) / p);
    real time = quirk.no_work ? 0 : share * per_sample;
    if (!quirk.no_messages) time += 2 * real(p - 1) * (link.alpha + link.beta * real(n) / real(p));
    if (time < least || (quirk.last_of_equal && time <= least)) best = p, least = time;
  }
  return best;
}

#define BEST_MISTAKE(id, says, ...)                                                                                \
  MISTAKE(                                                                                                         \
      best_ranks, "17.7", id, says, (uword most, uword batch, real per_sample, uword n, const Link& link)->uword { \
        return chosen(most, batch, per_sample, n, link, Choosing{__VA_ARGS__});                                    \
      })

BEST_MISTAKE("messages-free", "your messages cost nothing, so all ranks always pay", .no_messages = true)
BEST_MISTAKE("parts-of-samples", "no rank works on half a sample: the slowest has batch / p, rounded up",
             .real_share = true)
BEST_MISTAKE("last-of-equal", "of equal ones the smallest was asked for: a rank that saves nothing is not needed",
             .last_of_equal = true)
BEST_MISTAKE("one-too-few", "`most` ranks are allowed, and you stop one before", .most_out = true)

// 17.8

#define AVERAGE_MISTAKE(id, says, ...)                                                                                \
  MISTAKE(                                                                                                            \
      average, "17.8", id, says,                                                                                      \
      (const std::vector<Network>& networks, [[maybe_unused]] const vec& weights)->Network {                          \
        require(!networks.empty() && networks.size() == weights.n_elem, "average", "counts");                         \
        Network mean = networks[0];                                                                                   \
        for (const Network& other : networks) {                                                                       \
          require(other.size() == mean.size(), "average", "layers");                                                  \
          for (uword l = 0; l < mean.size(); ++l)                                                                     \
            require(size(other[l].W) == size(mean[l].W) && size(other[l].b) == size(mean[l].b), "average", "shapes"); \
        }                                                                                                             \
        for (uword l = 0; l < mean.size(); ++l) {                                                                     \
          mat& W = mean[l].W;                                                                                         \
          vec& b = mean[l].b;                                                                                         \
          W.zeros(), b.zeros();                                                                                       \
          for (uword i = 0; i < networks.size(); ++i) {                                                               \
            const mat& W_i = networks[i][l].W;                                                                        \
            const vec& b_i = networks[i][l].b;                                                                        \
            [[maybe_unused]] const real count = real(networks.size());                                                \
            __VA_ARGS__;                                                                                              \
          }                                                                                                           \
        }                                                                                                             \
        return mean;                                                                                                  \
      })

AVERAGE_MISTAKE("unweighted", "every network counts the same in yours: where are the weights?", W += W_i / count,
                b += b_i / count)
AVERAGE_MISTAKE("summed", "you add the networks up; each counts by its weight", W += W_i, b += b_i)
AVERAGE_MISTAKE("divided-again", "the weights sum to 1 already: do not divide by the number of networks again",
                W += weights(i) / count * W_i, b += weights(i) / count * b_i)
AVERAGE_MISTAKE("first-biases", "the biases are those of the first network: average them as well",
                (W += weights(i) * W_i, b = networks[0][l].b, (void)b_i))

struct Meeting {
  bool each_step = false, only_last = false, not_last = false, twice = false, summed = false, after_first = false,
       no_biases = false, from_start = false, never = false;
};

static Network met(const Network& start, const std::vector<Batch>& mine, Loss loss, real rate, uword every,
                   const AllReduce& sum, uword ranks, Meeting quirk) {
  require(every > 0 && ranks > 0, "local_steps", "counts");
  Network network = start;
  const auto meet = [&] {
    Gradients numbers;
    for (const Layer& layer : network) numbers.dW.push_back(layer.W), numbers.db.push_back(layer.b);
    const vec all = sum(packed(numbers));
    const Gradients mean = unpacked(quirk.summed ? all : vec(all / real(ranks)), network);
    for (uword l = 0; l < network.size(); ++l) {
      network[l].W = mean.dW[l];
      if (!quirk.no_biases) network[l].b = mean.db[l];
    }
  };
  for (uword i = 0; i < mine.size(); ++i) {
    const Network& from = quirk.from_start ? start : network;
    network = sgd_step(network, backprop(from, mine[i].X, mine[i].T, loss), rate);
    const bool last = i + 1 == mine.size();
    bool now = (i + 1) % every == 0 || (last && !quirk.not_last);
    if (quirk.each_step) now = true;
    if (quirk.only_last) now = last;
    if (quirk.after_first) now = i % every == 0 || last;
    if (now && !quirk.never) meet();
  }
  if (quirk.twice && !mine.empty()) meet();
  return network;
}

#define LOCAL_MISTAKE(id, says, ...)                                                                             \
  MISTAKE(                                                                                                       \
      local_steps, "17.8", id, says,                                                                             \
      (Network network, const std::vector<Batch>& mine, Loss loss, real rate, uword every, const AllReduce& sum, \
       uword ranks)                                                                                              \
          ->Network { return met(network, mine, loss, rate, every, sum, ranks, Meeting{__VA_ARGS__}); })

LOCAL_MISTAKE("every-step", "you meet after every step; `every` says how often", .each_step = true)
LOCAL_MISTAKE("end-only", "you meet once, at the end; `every` steps lie between two meetings", .only_last = true)
LOCAL_MISTAKE("not-at-the-end", "the last steps are never averaged: the ranks end with different networks",
              .not_last = true)
LOCAL_MISTAKE("twice", "after the last batch you meet once more: one meeting is enough", .twice = true)
LOCAL_MISTAKE("sum-for-mean", "a sum of networks is no mean: divide by the number of ranks", .summed = true)
LOCAL_MISTAKE("after-the-first", "you meet after the first batch; the first meeting is after `every` of them",
              .after_first = true)
LOCAL_MISTAKE("weights-alone", "the biases never meet: average them as well", .no_biases = true)
LOCAL_MISTAKE("from-the-start",
              "all slopes are those of the first network; each step starts from where the last one led",
              .from_start = true)
LOCAL_MISTAKE("never-meets", "your ranks never meet, and end with different networks", .never = true)

// 17.9

struct Choice {
  bool by_value = false, no_rest = false, rest_ignored = false, by_gradient = false, smallest = false,
       last_of_equal = false, kept_too = false, by_rank = false, old_rest = false;
};

static Compressed compressed(const vec& gradient, const vec& residual, uword k, Choice quirk) {
  require(gradient.n_elem == residual.n_elem && k <= gradient.n_elem, "top_k", "sizes");
  const vec s = quirk.rest_ignored ? gradient : vec(gradient + residual);
  std::vector<uword> order(s.n_elem);
  for (uword i = 0; i < order.size(); ++i) order[i] = quirk.last_of_equal ? order.size() - 1 - i : i;
  const vec& judged = quirk.by_gradient ? gradient : s;
  std::stable_sort(order.begin(), order.end(), [&](uword a, uword b) {
    if (quirk.by_value) return s(a) > s(b);
    if (quirk.smallest) return std::abs(s(a)) < std::abs(s(b));
    return std::abs(judged(a)) > std::abs(judged(b));
  });
  order.resize(k);
  if (!quirk.by_rank) std::sort(order.begin(), order.end());
  Compressed sent = {uvec(order), vec(k), s};
  for (uword i = 0; i < k; ++i) {
    sent.values(i) = s(order[i]);
    if (!quirk.kept_too) sent.residual(order[i]) = 0;
  }
  if (quirk.no_rest) sent.residual.zeros();
  if (quirk.old_rest) sent.residual = residual;
  return sent;
}

#define TOP_MISTAKE(id, says, ...)                                                               \
  MISTAKE(                                                                                       \
      top_k, "17.9", id, says, (const vec& gradient, const vec& residual, uword k)->Compressed { \
        return compressed(gradient, residual, k, Choice{__VA_ARGS__});                           \
      })

TOP_MISTAKE("by-value", "you send the largest values; a slope of -5 matters more than one of 2", .by_value = true)
TOP_MISTAKE("rest-thrown-away", "what is not sent is lost: it belongs into the residual", .no_rest = true)
TOP_MISTAKE("rest-forgotten", "the residual of last time is to be added before you choose", .rest_ignored = true)
TOP_MISTAKE("chosen-by-gradient",
            "you choose by the gradient alone; what counts is its sum with the residual of last time",
            .by_gradient = true)
TOP_MISTAKE("smallest", "you send the smallest entries", .smallest = true)
TOP_MISTAKE("last-of-equal", "of equal ones the first are sent", .last_of_equal = true)
TOP_MISTAKE("sent-and-kept", "what is sent stays in the residual, and will be sent twice", .kept_too = true)
TOP_MISTAKE("by-size", "your places stand in the order of size; the contract wants them rising", .by_rank = true)
TOP_MISTAKE("old-rest", "you hand back the residual as it came in", .old_rest = true)

}  // namespace nn
