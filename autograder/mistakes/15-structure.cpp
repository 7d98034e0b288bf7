// Known mistakes of lesson 15. They stand on lessons 1 to 7 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/structure.hpp"
#include "nn/support/shape.hpp"

namespace nn {

// 15.1

struct Choosing {
  bool by_sign = false, largest = false, threshold = false, each = false, together = false, biases = false, up = false,
       weights = false, keeps_share = false, later_first = false, by_rows = false;
};

static std::vector<mat> chosen(const Network& network, real share, bool everywhere, Choosing quirk) {
  require(0 <= share && share <= 1, "magnitude_masks", "share");
  if (quirk.keeps_share) share = 1 - share;
  const auto sizes_of = [&](const Layer& layer) -> vec {
    const mat W = quirk.by_rows ? mat(layer.W.t()) : layer.W;
    vec sizes = quirk.by_sign ? vec(vectorise(W)) : vec(vectorise(abs(W)));
    return quirk.largest ? vec(-sizes) : sizes;
  };
  const auto marks_of = [&](const vec& sizes, uword biases) {
    vec marks(sizes.n_elem, arma::fill::ones);
    const real all = share * real(sizes.n_elem + (quirk.biases ? biases : 0));
    const uword count = std::min<uword>(sizes.n_elem, uword(quirk.up ? std::ceil(all) : all));
    const uvec order = quirk.later_first ? uvec(sizes.n_elem - 1 - stable_sort_index(vec(reverse(sizes))))
                                         : uvec(stable_sort_index(sizes));
    marks(order.head(count)).zeros();
    if (quirk.threshold && count > 0) marks(find(sizes <= sizes(order(count - 1)))).zeros();
    return marks;
  };
  const bool joined = (everywhere && !quirk.each) || quirk.together;
  vec all;
  uword biases = 0;
  for (const Layer& layer : network) all = join_cols(all, sizes_of(layer)), biases += layer.b.n_elem;
  const vec marks = marks_of(all, biases);
  std::vector<mat> masks;
  uword at = 0;
  for (const Layer& layer : network) {
    const uword n = layer.W.n_elem;
    const vec own = !joined  ? marks_of(sizes_of(layer), layer.b.n_elem)
                    : n == 0 ? vec()
                             : vec(marks.subvec(at, at + n - 1));
    mat mask = quirk.by_rows ? mat(reshape(own, layer.W.n_cols, layer.W.n_rows).t()) : mat(reshape(own, size(layer.W)));
    if (quirk.weights) mask %= layer.W;
    masks.push_back(mask);
    at += n;
  }
  return masks;
}

#define CHOOSING_MISTAKE(id, says, ...)                                                                            \
  MISTAKE(                                                                                                         \
      magnitude_masks, "15.1", id, says, (const Network& network, real share, bool everywhere)->std::vector<mat> { \
        return chosen(network, share, everywhere, Choosing{__VA_ARGS__});                                          \
      })

CHOOSING_MISTAKE("signed", "the most negative weights went; small means near 0", .by_sign = true)
CHOOSING_MISTAKE("largest", "you kept the small ones", .largest = true)
CHOOSING_MISTAKE("ties-together", "more went than were to go: what does your threshold do with equal weights?",
                 .threshold = true)
CHOOSING_MISTAKE("per-layer", "each layer lost the same share; all layers together were to lose it", .each = true)
CHOOSING_MISTAKE("always-everywhere",
                 "all layers were compared with each other; without `everywhere` each loses its share",
                 .together = true)
CHOOSING_MISTAKE("biases", "you count biases among the n: it is a share of the weights, and biases stay",
                 .biases = true)
CHOOSING_MISTAKE("rounded-up", "one too many went: round share n down", .up = true)
CHOOSING_MISTAKE("holds-weights", "your mask holds weights, not 0 and 1", .weights = true)
CHOOSING_MISTAKE("share-kept", "you keep the share that should go", .keeps_share = true)
CHOOSING_MISTAKE("later-first", "of equal weights the later ones went; the earlier in memory goes first",
                 .later_first = true)
CHOOSING_MISTAKE("by-rows", "equal weights go in the order of the memory, column by column; yours go row by row",
                 .by_rows = true)

struct Masking {
  bool turned = false, biases = false, first = false;
};

static Network covered(Network network, const std::vector<mat>& masks, Masking quirk = {}) {
  require(masks.size() == network.size(), "masked", "count");
  for (uword l = 0; l < network.size(); ++l) {
    require_same_shape(masks[l], network[l].W, "masked", "a mask", "W");
    if (quirk.first && l > 0) continue;
    network[l].W %= quirk.turned ? mat(1 - masks[l]) : masks[l];
    if (quirk.biases) network[l].b %= masks[l].col(0);
  }
  return network;
}

#define MASKING_MISTAKE(id, says, ...)                                                      \
  MISTAKE(                                                                                  \
      masked, "15.1", id, says, (Network network, const std::vector<mat>& masks)->Network { \
        return covered(std::move(network), masks, Masking{__VA_ARGS__});                    \
      })

MASKING_MISTAKE("turned-round", "you took away what was to stay: 1 keeps a weight", .turned = true)
MASKING_MISTAKE("masks-biases", "your mask reaches the biases; they stay", .biases = true)
MASKING_MISTAKE("first-layer", "only the first layer is masked", .first = true)

// 15.2

struct Retraining {
  bool first = true, each = true, last = false, before = false, slopes = false, one_batch = false, joined = false,
       biases = true, decays = true;
};

static Network retrained(Network network, const std::vector<mat>& masks, const Dataset& data,
                         const std::vector<uvec>& batches, Options options, Retraining quirk) {
  const Network start = covered(network, masks);  // refuses what does not fit
  if (quirk.first) network = start;
  if (!quirk.decays) options.weight_decay = 0;
  std::vector<uvec> taken = batches;
  if (quirk.one_batch && !taken.empty()) taken.resize(1);
  if (quirk.joined && !taken.empty()) {
    uvec all;
    for (const uvec& batch : batches) all = join_cols(all, batch);
    taken = {all};
  }
  for (const uvec& batch : taken) {
    if (quirk.before) network = covered(std::move(network), masks);
    const Network old = network;
    network = train_epoch(std::move(network), data, {batch}, options).network;
    for (uword l = 0; l < network.size(); ++l) {
      if (quirk.slopes) {
        const mat decayed = old[l].W * (1 - options.rate * options.weight_decay);
        network[l].W = decayed + masks[l] % (network[l].W - decayed);
      }
      if (!quirk.biases) network[l].b = old[l].b;
    }
    if (quirk.each) network = covered(std::move(network), masks);
  }
  return quirk.last ? covered(std::move(network), masks) : network;
}

#define RETRAINING_MISTAKE(id, says, ...)                                                                     \
  MISTAKE(                                                                                                    \
      retrain, "15.2", id, says,                                                                              \
      (Network network, const std::vector<mat>& masks, const Dataset& data, const std::vector<uvec>& batches, \
       const Options& options)                                                                                \
          ->Network { return retrained(std::move(network), masks, data, batches, options, Retraining{__VA_ARGS__}); })

RETRAINING_MISTAKE("grown-back", "after training, weights that were 0 are none: when is the mask used?", .each = false)
RETRAINING_MISTAKE("slope-only",
                   "you mask the slopes alone: a weight that was to go stays where it was, or shrinks by the decay",
                   .first = false, .each = false, .slopes = true)
RETRAINING_MISTAKE("mask-once", "masked after all steps, not after each: within, pruned weights take part again",
                   .each = false, .last = true)
RETRAINING_MISTAKE("mask-late", "your first step is taken with all weights: mask before it, too", .first = false)
RETRAINING_MISTAKE("mask-before", "masked before each step alone: the last step brings pruned weights back",
                   .each = false, .before = true)
RETRAINING_MISTAKE("one-batch", "you learn from the first batch alone", .one_batch = true)
RETRAINING_MISTAKE("one-step", "all batches became one: each is a step of its own", .joined = true)
RETRAINING_MISTAKE("biases-stand", "your biases stand still; what is left learns on, biases too", .biases = false)
RETRAINING_MISTAKE("no-decay", "the weights do not decay: options say how to train, all of them", .decays = false)

// 15.3

static void require_next(const Network& network, uword layer, std::string_view function) {
  require(layer + 1 < network.size() && network[layer + 1].W.n_cols == network[layer].W.n_rows, function, "next layer");
}

#define IMPORTANCE_MISTAKE(id, says, ...)                                                \
  MISTAKE(                                                                               \
      importance, "15.3", id, says, (const Network& network, uword layer)->vec {         \
        require_next(network, layer, "importance");                                      \
        [[maybe_unused]] const vec in = sqrt(sum(square(network[layer].W), 1));          \
        [[maybe_unused]] const vec out = sqrt(sum(square(network[layer + 1].W), 0)).t(); \
        return __VA_ARGS__;                                                              \
      })

IMPORTANCE_MISTAKE("incoming-only", "a unit that nobody listens to counts as important", in)
IMPORTANCE_MISTAKE("outgoing-only", "a unit that hears nothing counts as important", out)
IMPORTANCE_MISTAKE("sum", "you add the two norms: a unit that nobody listens to still counts", in + out)
IMPORTANCE_MISTAKE("squared", "you take the squares of the norms: the root is missing", square(in % out))
IMPORTANCE_MISTAKE("with-bias", "the bias is no incoming weight", sqrt(square(in) + square(network[layer].b)) % out)
IMPORTANCE_MISTAKE("sums-of-sizes", "you add up sizes; a norm is the root of the sum of squares",
                   vec(sum(abs(network[layer].W), 1)) % vec(sum(abs(network[layer + 1].W), 0).t()))

struct Removing {
  bool next = true, b = true, sorts_columns = false, first_few = false, others = false, twice = false, silent = false,
       sorts = false;
};

static Network thinned(Network network, uword layer, uvec kept, Removing quirk) {
  require_next(network, layer, "remove_units");
  Layer& own = network[layer];
  mat& next = network[layer + 1].W;
  const bool are_units = all(kept < own.W.n_rows);
  require(are_units, "remove_units", "no unit");
  require(quirk.twice || uvec(unique(kept)).n_elem == kept.n_elem, "remove_units", "twice");
  if (quirk.silent) {
    for (uword j = 0; j < own.b.n_elem; ++j)
      if (!any(kept == j)) own.W.row(j).zeros(), own.b(j) = 0, next.col(j).zeros();
    return network;
  }
  if (quirk.first_few)
    for (uword i = 0; i < kept.n_elem; ++i) kept(i) = i;
  if (quirk.others) {
    std::vector<uword> rest;
    for (uword j = 0; j < own.b.n_elem; ++j)
      if (!any(kept == j)) rest.push_back(j);
    kept = uvec(rest);
  }
  if (quirk.sorts) kept = uvec(sort(kept));
  own.W = mat(own.W.rows(kept));
  if (quirk.b) own.b = vec(own.b.rows(kept));
  if (quirk.next) next = mat(next.cols(quirk.sorts_columns ? uvec(sort(kept)) : kept));
  return network;
}

#define REMOVING_MISTAKE(id, says, ...)                                                           \
  MISTAKE(                                                                                        \
      remove_units, "15.3", id, says, (Network network, uword layer, const uvec& kept)->Network { \
        return thinned(std::move(network), layer, kept, Removing{__VA_ARGS__});                   \
      })

REMOVING_MISTAKE("columns-left", "the next layer still has weights for units that are no more", .next = false)
REMOVING_MISTAKE("b-left", "more biases than units", .b = false)
REMOVING_MISTAKE("by-order",
                 "units changed places with others' outgoing weights: rows and columns go in the same order",
                 .sorts_columns = true)
REMOVING_MISTAKE("sorted", "unit i of the result is kept(i); you sort them first", .sorts = true)
REMOVING_MISTAKE("first-few", "you keep as many units as asked for, but the first ones", .first_few = true)
REMOVING_MISTAKE("removes-kept", "the units named are to stay; yours go", .others = true)
REMOVING_MISTAKE("twice", "a unit that is named twice stands twice in your network: refuse it", .twice = true)
REMOVING_MISTAKE("silenced", "your units are silent but still there: a network without them is smaller", .silent = true)

// 15.4

struct Counting {
  bool each = false, biases = false, turned = false, first = false, nearly = false, whole = false;
};

static real counted(const Network& network, Counting quirk) {
  uword zeros = 0, weights = 0, layers = 0;
  real shares = 0;
  for (const Layer& layer : network) {
    if (quirk.first && weights > 0) break;
    const uword own = quirk.nearly ? accu(abs(layer.W) < real(1e-6)) : accu(layer.W == 0);
    zeros += own, weights += layer.W.n_elem;
    if (quirk.biases) zeros += accu(layer.b == 0), weights += layer.b.n_elem;
    if (layer.W.n_elem > 0) shares += real(own) / real(layer.W.n_elem), ++layers;
  }
  bool any = false;
  for (const Layer& layer : network) any |= layer.W.n_elem > 0;
  require(any, "zero_share", "no weights");
  if (quirk.each) return shares / real(layers);
  if (quirk.whole) return real(zeros / weights);
  const real share = real(zeros) / real(weights);
  return quirk.turned ? 1 - share : share;
}

#define COUNTING_MISTAKE(id, says, ...) \
  MISTAKE(                              \
      zero_share, "15.4", id, says,     \
      (const Network& network)->real { return counted(network, Counting{__VA_ARGS__}); })

COUNTING_MISTAKE("mean-of-shares", "you take the mean of the layers' shares; a large layer counts for more",
                 .each = true)
COUNTING_MISTAKE("biases", "you count biases; a share of the weights is asked for", .biases = true)
COUNTING_MISTAKE("what-is-left", "you say which share is left; how many are 0?", .turned = true)
COUNTING_MISTAKE("first-layer", "you count in the first layer alone", .first = true)
COUNTING_MISTAKE("nearly", "a tiny weight is none that is 0", .nearly = true)
COUNTING_MISTAKE("whole-numbers", "whole numbers divided give a whole number: make them real first", .whole = true)

// 15.5

#define SETTLED_MISTAKE(id, says, enough, ...)                                                                         \
  MISTAKE(                                                                                                             \
      settled, "15.5", id, says, (const vec& losses, uword window, real least)->bool {                                 \
        require(window > 0, "settled", "window");                                                                      \
        const uword n = losses.n_elem;                                                                                 \
        if (!(enough)) return false;                                                                                   \
        [[maybe_unused]] const real now = n < window ? 0 : mean(losses.tail(window));                                  \
        [[maybe_unused]] const real before = n < 2 * window ? 0 : mean(losses.subvec(n - 2 * window, n - window - 1)); \
        return __VA_ARGS__;                                                                                            \
      })

SETTLED_MISTAKE("too-soon", "you say so before two windows are full", n >= 2,
                n < 2 * window ? !(losses(0) - losses(n - 1) >= least * losses(0)) : !(before - now >= least * before))
SETTLED_MISTAKE("last-two", "one noisy step decides: compare means, not the last two losses", n >= 2 * window,
                !(losses(n - 2) - losses(n - 1) >= least * losses(n - 2)))
SETTLED_MISTAKE("not-a-share", "`least` is a share of the earlier mean, not a difference", n >= 2 * window,
                !(before - now >= least))
SETTLED_MISTAKE("of-the-later", "`least` is a share of the earlier mean; you take it of the later one", n >= 2 * window,
                !(before - now >= least * now))
SETTLED_MISTAKE("all-before", "compare with the window before, not with all that was", n >= 2 * window,
                !(mean(losses.head(n - window)) - now >= least * mean(losses.head(n - window))))
SETTLED_MISTAKE("from-the-start", "you compare with the first window; the loss has fallen since, long ago",
                n >= 2 * window, !(mean(losses.head(window)) - now >= least * mean(losses.head(window))))
SETTLED_MISTAKE("rising-goes-on", "a loss that rises has settled, too", n >= 2 * window,
                !(std::abs(before - now) >= least * before))
SETTLED_MISTAKE("still-falling", "you say the opposite: true while the loss still falls", n >= 2 * window,
                before - now >= least * before)
SETTLED_MISTAKE("ends-of-windows", "you compare two losses a window apart; one noisy step decides", n >= 2 * window,
                !(losses(n - 1 - window) - losses(n - 1) >= least * losses(n - 1 - window)))

// 15.6

struct Climbing {
  bool follows = false, last = false, first = false, centred = true, down = false, tanh_slope = true, bias = true,
       summed = false, equals = false, zero = false, one_output = false;
};

static Layer climbed(const mat& X, const mat& residual, uword tries, uword steps, real rate, Rng& rng,
                     Climbing quirk = {}) {
  require(residual.n_cols == X.n_cols && X.n_cols > 0 && tries > 0, "candidate", "arguments");
  const mat given = quirk.one_output ? mat(residual.row(0)) : residual;
  mat R = given;
  if (quirk.centred) R.each_col() -= mean(given, 1);
  if (!quirk.summed) R /= real(X.n_cols);
  Layer best;
  real largest = 0;
  for (uword t = 0; t < tries; ++t) {
    mat W = random_normal(1, X.n_rows, rng);
    vec b = random_normal(1, 1, rng);
    if (quirk.zero) W.zeros(), b.zeros();
    mat a = tanh(dense(W, b, X));
    for (uword s = 0; s < steps; ++s) {
      mat along = sign(mat(R * a.t()));
      if (quirk.follows) along.ones();
      mat da = along.t() * R;
      if (quirk.equals) da = (sum(given, 0) - real(given.n_rows) * a) / real(X.n_cols);
      if (quirk.tanh_slope) da %= 1 - square(a);
      const real step = quirk.down ? -rate : rate;
      W += step * da * X.t();
      if (quirk.bias) b += step * sum(da, 1);
      a = tanh(dense(W, b, X));
    }
    const real S = quirk.follows ? accu(R * a.t()) : accu(abs(R * a.t()));
    if (t == 0 || quirk.last || (!quirk.first && S > largest)) largest = S, best = {W, b, Activation::tanh};
  }
  return best;
}

#define CLIMBING_MISTAKE(id, says, ...)                                                           \
  MISTAKE(                                                                                        \
      candidate, "15.6", id, says,                                                                \
      (const mat& X, const mat& residual, uword tries, uword steps, real rate, Rng& rng)->Layer { \
        return climbed(X, residual, tries, steps, rate, rng, Climbing{__VA_ARGS__});              \
      })

CLIMBING_MISTAKE("no-sign", "a unit that opposes the error is as good as one that follows it", .follows = true)
CLIMBING_MISTAKE("last-try", "you keep the last try; keep the best", .last = true)
CLIMBING_MISTAKE("first-try", "you keep the first try; keep the best", .first = true)
CLIMBING_MISTAKE("not-centred",
                 "you forgot the mean of the residual: a unit that is 1 everywhere goes along with a constant error",
                 .centred = false)
CLIMBING_MISTAKE("downhill", "your unit walks away from the error: S is to be made large", .down = true)
CLIMBING_MISTAKE("no-tanh-slope", "the slope stops at a: on the way to W it goes through tanh, 1 - a^2",
                 .tanh_slope = false)
CLIMBING_MISTAKE("bias-stands", "b does not climb: its slope is the sum over the samples", .bias = false)
CLIMBING_MISTAKE("summed", "S is a mean over samples: your steps are N times too long", .summed = true)
CLIMBING_MISTAKE("equals", "your unit tries to equal the error in size, too; it need only go along with it",
                 .equals = true)
CLIMBING_MISTAKE("both-zero", "all your tries begin at 0: nothing goes along with anything there, and no slope is left",
                 .zero = true)
CLIMBING_MISTAKE("one-output", "you look at the first output alone: S adds up over all of them", .one_output = true)

struct Adding {
  bool first = false, first_column = false, no_bias = false, no_out = false, b = true, replaces = false,
       any_activation = false;
};

static Network widened(Network network, const Layer& unit, const vec& out, Adding quirk = {}) {
  require(network.size() >= 2, "add_unit", "layers");
  Layer& own = network[0];
  mat& next = network[1].W;
  require(unit.W.n_rows == 1 && unit.b.n_elem == 1 && unit.W.n_cols == own.W.n_cols && out.n_elem == next.n_rows,
          "add_unit", "shapes");
  require(quirk.any_activation || unit.activation == own.activation, "add_unit", "activation");
  if (quirk.replaces && own.W.n_rows > 0) {
    own.W.tail_rows(1) = unit.W, own.b.tail(1) = unit.b, next.tail_cols(1) = out;
    return network;
  }
  own.W.insert_rows(quirk.first ? 0 : own.W.n_rows, unit.W);
  if (quirk.b) own.b.insert_rows(quirk.first ? 0 : own.b.n_elem, quirk.no_bias ? vec(1, arma::fill::zeros) : unit.b);
  next.insert_cols(quirk.first || quirk.first_column ? 0 : next.n_cols,
                   quirk.no_out ? vec(out.n_elem, arma::fill::zeros) : out);
  return network;
}

#define ADDING_MISTAKE(id, says, ...)                                                             \
  MISTAKE(                                                                                        \
      add_unit, "15.6", id, says, (Network network, const Layer& unit, const vec& out)->Network { \
        return widened(std::move(network), unit, out, Adding{__VA_ARGS__});                       \
      })

ADDING_MISTAKE("goes-first", "your unit stands first; it is to be the last of its layer", .first = true)
ADDING_MISTAKE("column-first",
               "your unit is the last row of W, but the first column of the next W: there it is the last, too",
               .first_column = true)
ADDING_MISTAKE("bias-lost", "the unit came without its bias", .no_bias = true)
ADDING_MISTAKE("out-lost", "nobody listens to the unit, whatever `out` says", .no_out = true)
ADDING_MISTAKE("b-too-short", "more units than biases", .b = false)
ADDING_MISTAKE("replaces", "the last unit went for the new one: none was to go", .replaces = true)
ADDING_MISTAKE("any-activation", "a unit of another activation becomes another unit in this layer: refuse it",
               .any_activation = true)

// 15.7

struct Growing {
  bool starts_over = false, zero = false, target = false, drawn = false, all_losses = false, one_more = false,
       goes_on = false, no_last = false, squared = false, freezes = false, speaks = false, step_late = false,
       never = false;
};

static Grown grown_by(Network network, const mat& X, const mat& T, uword most, uword window, real least, real rate,
                      Rng& rng, Growing quirk) {
  require(least > 0 && !network.empty(), "grow", "arguments");
  const Activation output = network.back().activation;
  const Loss loss = output == Activation::sigmoid && !quirk.squared   ? Loss::binary_cross_entropy
                    : output == Activation::softmax && !quirk.squared ? Loss::cross_entropy
                                                                      : Loss::squared;
  const auto rests = [&](const std::vector<real>& all) {
    const vec losses(all);
    const uword n = losses.n_elem;
    if (n < 2 * window) return false;
    const real now = mean(losses.tail(window)), before = mean(losses.subvec(n - 2 * window, n - window - 1));
    return !(before - now >= least * before);
  };
  const Network start = network;
  std::vector<real> losses, recent;
  std::vector<uword> added;
  require(window > 0, "grow", "window");
  while (losses.size() < 20000) {
    const mat Y = forward(network, X);
    losses.push_back(loss_value(loss, Y, T));
    recent.push_back(losses.back());
    const bool right = abs(T - Y).max() < real(0.5);
    if (right && !quirk.goes_on) break;
    if (rests(quirk.all_losses ? losses : recent)) {
      if (quirk.never || network[0].b.n_elem >= most + (quirk.one_more ? 1 : 0)) break;
      Layer unit = climbed(X, quirk.target ? T : mat(T - Y), quirk.drawn ? 1 : 8, quirk.drawn ? 0 : 100, rate, rng);
      if (quirk.zero) unit.W.zeros(), unit.b.zeros();
      if (quirk.starts_over)
        for (uword l = 0; l < network.size(); ++l) {
          network[l].W.submat(0, 0, size(start[l].W)) = start[l].W;
          network[l].b.head(start[l].b.n_elem) = start[l].b;
        }
      vec out(network[1].W.n_rows, arma::fill::zeros);
      if (quirk.speaks) out.ones();
      network = widened(std::move(network), unit, out);
      added.push_back(losses.size() - (quirk.step_late ? 0 : 1));
      recent = {losses.back()};
    }
    const Network before = network;
    network = sgd_step(std::move(network), backprop(network, X, T, loss), rate);
    if (quirk.freezes && !added.empty()) {
      const uword old = network[0].b.n_elem - 1;
      network[0].W.head_rows(old) = before[0].W.head_rows(old);
      network[0].b.head(old) = before[0].b.head(old);
    }
  }
  if (quirk.no_last && losses.size() > 1) losses.pop_back();
  return {network, vec(losses), uvec(added)};
}

#define GROWING_MISTAKE(id, says, ...)                                                                                \
  MISTAKE(                                                                                                            \
      grow, "15.7", id, says,                                                                                         \
      (Network small, const mat& X, const mat& T, uword most, uword window, real least, real rate, Rng& rng)->Grown { \
        return grown_by(std::move(small), X, T, most, window, least, rate, rng, Growing{__VA_ARGS__});                \
      })

GROWING_MISTAKE("starts-over", "the old units forgot what they knew: a new unit joins them as they are",
                .starts_over = true)
GROWING_MISTAKE("both-zero", "nothing in and nothing out: both slopes are 0, the new unit never learns", .zero = true)
GROWING_MISTAKE("towards", "your new unit learns the target, not what is still wrong", .target = true)
GROWING_MISTAKE("drawn", "your new unit is drawn and that is all: train it on what is wrong first", .drawn = true)
GROWING_MISTAKE("all-losses", "you judge by losses from before the last unit came: units come in one after the other",
                .all_losses = true)
GROWING_MISTAKE("one-more", "one unit more than `most`", .one_more = true)
GROWING_MISTAKE("goes-on", "no error is left, and you go on", .goes_on = true)
GROWING_MISTAKE("last-loss", "the loss after the last step is missing", .no_last = true)
GROWING_MISTAKE("squared", "you take the squared loss whatever the last layer is", .squared = true)
GROWING_MISTAKE("old-stand-still", "only the newest unit learns: the old ones should learn on", .freezes = true)
GROWING_MISTAKE("speaks-at-once", "the loss jumps when a unit comes: its outgoing weights begin at 0", .speaks = true)
GROWING_MISTAKE("one-step-late", "`added` counts the steps before the unit came; yours are one too many",
                .step_late = true)
GROWING_MISTAKE("never", "it never grows: a loss that has settled is when a unit comes", .never = true)

}  // namespace nn
