// Known mistakes of lesson 14. They stand on lessons 1 to 7 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/energy.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/shape.hpp"
#include "nn/training.hpp"

namespace nn {

static void require_signs(const mat& S, std::string_view function) {
  const bool signs = all(vectorise(abs(S)) == 1);
  require(signs, function, "signs");
}

static void require_state(const mat& W, const vec& s, std::string_view function) {
  require(W.is_square() && s.n_elem == W.n_cols, function, "shapes");
  require_signs(s, function);
}

// 14.1

#define ENERGY_MISTAKE(id, says, ...)                                \
  MISTAKE(                                                           \
      energy, "14.1", id, says, (const mat& W, const vec& s)->real { \
        require_state(W, s, "energy");                               \
        return __VA_ARGS__;                                          \
      })

ENERGY_MISTAKE("no-half", "each pair counts twice in s'W s: take half of it", -dot(s, W* s))
ENERGY_MISTAKE("uphill", "stored patterns lie on hills in yours: the energy has a minus", dot(s, W* s) / 2)
ENERGY_MISTAKE("weights-alone", "your energy is the same for every state: s stands in it twice", -accu(W) / 2)
MISTAKE(
    energy, "14.1", "any-numbers", "your energy takes entries other than -1 and 1: refuse them",
    (const mat& W, const vec& s)->real {
      require(W.is_square() && s.n_elem == W.n_cols, "energy", "shapes");
      return -dot(s, W * s) / 2;
    })

static mat without_diagonal(mat W) {
  W.diag().zeros();
  return W;
}

static mat hebb(const mat& P) {
  require_signs(P, "store");
  return without_diagonal(P * P.t() / P.n_rows);
}

#define STORE_MISTAKE(id, says, ...)                 \
  MISTAKE(                                           \
      store, "14.1", id, says, (const mat& P)->mat { \
        require_signs(P, "store");                   \
        return __VA_ARGS__;                          \
      })

STORE_MISTAKE("diagonal", "each unit votes for itself, so nothing ever changes: the diagonal is 0", P* P.t() / P.n_rows)
STORE_MISTAKE("not-over-n", "right signs, but weights and energies are n times too large", without_diagonal(P* P.t()))
STORE_MISTAKE("over-patterns", "you divide by the number of patterns; it should be that of units",
              without_diagonal(P* P.t() / std::max<uword>(P.n_cols, 1)))
STORE_MISTAKE("newest-only", "only the last pattern is remembered: each one adds to the weights",
              P.empty() ? hebb(P) : hebb(P.tail_cols(1)))
STORE_MISTAKE("hills", "two units that agree in a pattern should pull each other; yours push", -hebb(P))
STORE_MISTAKE("patterns-not-units", "your weights connect patterns with patterns: P P', not P'P",
              without_diagonal(P.t() * P / P.n_rows))

// 14.2

#define PROJECTION_MISTAKE(id, says, ...)                       \
  MISTAKE(                                                      \
      store_projection, "14.2", id, says, (const mat& P)->mat { \
        require(!P.empty(), "store_projection", "empty");       \
        require_signs(P, "store_projection");                   \
        return __VA_ARGS__;                                     \
      })

PROJECTION_MISTAKE("diagonal", "each unit votes for itself: the diagonal is 0", P* pinv(P))
PROJECTION_MISTAKE("hebb", "that is the rule of 14.1: patterns that are alike disturb each other", hebb(P))
PROJECTION_MISTAKE("pseudo-inverse-first", "your weights connect patterns with patterns: P P+, not P+ P",
                   without_diagonal(pinv(P) * P))
PROJECTION_MISTAKE("over-n", "P P+ takes a pattern to itself as it is; you divide it by n as well",
                   without_diagonal(P* pinv(P) / P.n_rows))

// 14.3

struct Sweeping {
  bool all_at_once = false, tie_up = false, one_order = false, by_number = false, never_stops = false,
       on_and_on = false, down = false, last_decides = false;
};

static vec swept(const mat& W, vec s, Rng& rng, uword sweeps, Sweeping quirk = {}) {
  require_state(W, s, "recall");
  uvec order = quirk.by_number   ? arma::regspace<uvec>(0, s.n_elem - 1)
               : quirk.one_order ? random_permutation(s.n_elem, rng)
                                 : uvec();
  for (uword sweep = 0; quirk.on_and_on ? sweep < 1000 : sweep < sweeps; ++sweep) {
    const vec before = s;
    if (!quirk.by_number && !quirk.one_order) order = random_permutation(s.n_elem, rng);
    for (const uword i : order) {
      const real sum = accu(W.col(i) % (quirk.all_at_once ? before : s)) * (quirk.down ? -1 : 1);
      if (sum != 0 || quirk.tie_up) s(i) = sum >= 0 ? 1 : -1;
    }
    const bool settled = quirk.last_decides ? s(order.back()) == before(order.back()) : arma::all(s == before);
    if (!quirk.never_stops && settled) break;
  }
  return s;
}

#define RECALL_MISTAKE(id, says, ...) \
  MISTAKE(                            \
      recall, "14.3", id, says,       \
      (const mat& W, vec s, Rng& rng, uword sweeps)->vec { return swept(W, s, rng, sweeps, Sweeping{__VA_ARGS__}); })

RECALL_MISTAKE("all-at-once",
               "your units all move on old news: on two units with w = -1 it swings for ever. Each sees the others as "
               "they are by then",
               .all_at_once = true)
RECALL_MISTAKE("tie-up", "at a sum of 0 your unit moves; it should stay", .tie_up = true)
RECALL_MISTAKE("same-order", "every sweep of yours goes in the same order: draw a new one for each", .one_order = true)
RECALL_MISTAKE("by-number", "your units move in the order of their numbers; the order should be drawn",
               .by_number = true)
RECALL_MISTAKE("never-stops", "nothing changed in a whole sweep, and you sweep on", .never_stops = true)
RECALL_MISTAKE(
    "last-unit-decides",
    "you stop when the last unit of a sweep stays, though others have turned: a sweep must pass in which none "
    "does",
    .last_decides = true)
RECALL_MISTAKE("on-and-on", "you sweep until nothing changes, whatever `sweeps` says", .on_and_on = true)
RECALL_MISTAKE("uphill", "your units go against the others: the energy rises", .down = true)
MISTAKE(
    recall, "14.3", "zeros", "your states are of 0 and 1; they are -1 and 1",
    (const mat& W, vec s, Rng& rng, uword sweeps)->vec { return (swept(W, s, rng, sweeps) + 1) / 2; })

// 14.4

struct Remembering {
  bool whole = false, from_start = false, over_n = true, last = false;
};

static real remembering(uword n, uword p, real flipped, Rng& rng, Remembering quirk) {
  require(n > 0 && p > 0 && 0 <= flipped && flipped <= 1, "remembered", "arguments");
  mat P(n, p);
  for (real& entry : P) entry = rng.uniform() < real(0.5) ? -1 : 1;
  const mat W = hebb(P);
  const uword turned = uword(std::lround(double(flipped) * double(n)));
  vec overlaps(p);
  for (uword k = 0; k < p; ++k) {
    vec s = P.col(k);
    const uvec order = random_permutation(n, rng);
    for (uword i = 0; i < turned && !quirk.whole; ++i) s(order(i)) *= -1;
    const vec start = s;
    overlaps(k) = dot(swept(W, s, rng, 100), quirk.from_start ? start : P.col(k)) / (quirk.over_n ? real(n) : 1);
  }
  return quirk.last ? overlaps(p - 1) : mean(overlaps);
}

#define REMEMBER_MISTAKE(id, says, ...)                                                 \
  MISTAKE(                                                                              \
      remembered, "14.4", id, says, (uword n, uword p, real flipped, Rng & rng)->real { \
        return remembering(n, p, flipped, rng, Remembering{__VA_ARGS__});               \
      })

REMEMBER_MISTAKE("nothing-turned", "you ask for each pattern by itself: turn some of its signs first", .whole = true)
REMEMBER_MISTAKE("with-the-damaged", "you compare with what you began from; compare with the pattern",
                 .from_start = true)
REMEMBER_MISTAKE("not-over-n", "an overlap of n means that all signs agree: divide by n", .over_n = false)
REMEMBER_MISTAKE("last-pattern", "you look at the last pattern alone; take the mean over all of them", .last = true)

// 14.5

#define HIDDEN_MISTAKE(id, says, ...) \
  MISTAKE(                            \
      hidden, "14.5", id, says, (const Rbm& r, const mat& V)->mat { return __VA_ARGS__; })

HIDDEN_MISTAKE("transposed", "W goes up, W' comes down; in yours it is the other way round",
               sigmoid(dense(r.W.t(), r.c, V)))
HIDDEN_MISTAKE("bias-mixed", "b belongs to what is seen, c to what is hidden", sigmoid(dense(r.W, r.b, V)))
HIDDEN_MISTAKE("sums", "you return the sums: a probability is the sigmoid of one", dense(r.W, r.c, V))
MISTAKE(
    visible, "14.5", "down-transposed", "W goes up, W' comes down; in yours it is the other way round",
    (const Rbm& r, const mat& H)->mat { return sigmoid(dense(r.W, r.b, H)); })
MISTAKE(
    visible, "14.5", "down-bias-mixed", "b belongs to what is seen, c to what is hidden",
    (const Rbm& r, const mat& H)->mat { return sigmoid(dense(r.W.t(), r.c, H)); })
MISTAKE(
    visible, "14.5", "no-bias", "the visible units have a bias of their own, b", (const Rbm& r, const mat& H)->mat {
      require_shape(r.b.n_elem, r.W.n_cols, "visible", "b", "entries", "columns of W");
      return sigmoid(dense(r.W.t(), vec(r.W.n_cols, arma::fill::zeros), H));
    })

static mat drawn(mat P, Rng& rng) {
  for (real& p : P) p = rng.uniform() < p ? 1 : 0;
  return P;
}

#define DRAW_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      draw, "14.5", id, says, (const mat& P, [[maybe_unused]] Rng& rng)->mat { return __VA_ARGS__; })

DRAW_MISTAKE("rounded", "you rounded at a half; a unit of 0.6 fires six times in ten",
             arma::conv_to<mat>::from(P > real(0.5)))
DRAW_MISTAKE("turned", "a unit of 0.6 fires four times in ten in yours: 1 where the number lies below p",
             1 - drawn(P, rng))
DRAW_MISTAKE("one-number", "you draw one number for all units; each entry has its own",
             arma::conv_to<mat>::from(P > rng.uniform()))
DRAW_MISTAKE("by-rows", "you draw row by row; a column is a sample, so column by column", drawn(P.t(), rng).t())

// 14.6

static mat softplus(const mat& A) { return clamp(A, 0, arma::datum::inf) + log1p(exp(-abs(A))); }

#define FREE_MISTAKE(id, says, ...)                                                           \
  MISTAKE(                                                                                    \
      free_energy, "14.6", id, says, (const Rbm& r, const mat& V)->rowvec {                   \
        require_shape(r.b.n_elem, r.W.n_cols, "free_energy", "b", "entries", "columns of W"); \
        const mat A = dense(r.W, r.c, V);                                                     \
        return __VA_ARGS__;                                                                   \
      })

FREE_MISTAKE("infinite", "exp(1000): log(1 + exp(a)) has a better form, as in lesson 4",
             -r.b.t() * V - sum(log(1 + exp(A)), 0))
FREE_MISTAKE("no-minus", "likely states have a low energy; in yours they have a high one",
             r.b.t() * V + sum(softplus(A), 0))
FREE_MISTAKE("softplus-added", "what the hidden units can do lowers the energy: their sum is taken off, not added",
             -r.b.t() * V + sum(softplus(A), 0))
FREE_MISTAKE("no-visible-bias", "what is seen has a bias, too: -b'v is missing", -sum(softplus(A), 0))
FREE_MISTAKE("mean-field",
             "you put the probabilities of h into the energy; the free energy sums over all states of h, and that "
             "counts how many there are",
             -r.b.t() * V - sum(A % sigmoid(A), 0))
FREE_MISTAKE("softplus-falls", "your log(1 + exp) falls where a grows: look at the sign of a in exp",
             -r.b.t() * V - sum(softplus(-A), 0))
FREE_MISTAKE("softplus-folded",
             "you have log(1 + exp) of -|a| alone: where a is above 0, a itself is still to be added",
             -r.b.t() * V - sum(log1p(exp(-abs(A))), 0))
FREE_MISTAKE("no-hidden-bias", "the hidden units' bias is missing: a = W v + c",
             -r.b.t() * V - sum(softplus(r.W * V), 0))

// 14.7

MISTAKE(
    start_rbm, "14.7", "zeros-at-start", "all hidden units stay alike: begin with small random weights",
    (const mat& V, uword m, Rng&)->Rbm {
      require(!V.empty(), "start_rbm", "empty");
      const vec p = clamp(vec(mean(V, 1)), real(0.01), real(0.99));
      return {mat(m, V.n_rows, arma::fill::zeros), log(p / (1 - p)), vec(m, arma::fill::zeros)};
    })
MISTAKE(
    start_rbm, "14.7", "b-zero", "a pixel that is never set should not begin at one half: b is the logit of the mean",
    (const mat& V, uword m, Rng& rng)->Rbm {
      require(!V.empty(), "start_rbm", "empty");
      return {random_normal(m, V.n_rows, rng) / 100, vec(V.n_rows, arma::fill::zeros), vec(m, arma::fill::zeros)};
    })
MISTAKE(
    start_rbm, "14.7", "b-is-the-mean", "your b is the mean itself; the sigmoid of b should be the mean",
    (const mat& V, uword m, Rng& rng)->Rbm {
      require(!V.empty(), "start_rbm", "empty");
      return {random_normal(m, V.n_rows, rng) / 100, clamp(vec(mean(V, 1)), real(0.01), real(0.99)),
              vec(m, arma::fill::zeros)};
    })

struct Dreaming {
  bool draws_h = true, draws_v = true, rounds = false, stale = false, one_phase = false, downhill = false,
       summed = false, one_turn = false;
};

static Rbm dreamt(const Rbm& r, const mat& V, uword k, Rng& rng, Dreaming quirk = {}) {
  require(V.n_cols > 0 && k > 0, "contrastive_divergence", "data or turns");
  const auto up = [&](const mat& v) { return sigmoid(dense(r.W, r.c, v)); };
  const auto down = [&](const mat& h) { return sigmoid(dense(r.W.t(), r.b, h)); };
  const auto taken = [&](const mat& P, bool draws) -> mat {
    return quirk.rounds ? mat(arma::conv_to<mat>::from(P > real(0.5))) : draws ? drawn(P, rng) : P;
  };
  const mat H = up(V);
  mat V1, last, H1 = H;
  for (uword turn = 0; turn < (quirk.one_turn ? 1 : k); ++turn) {
    last = taken(H1, quirk.draws_h);
    V1 = taken(down(last), quirk.draws_v);
    H1 = up(V1);
  }
  if (quirk.stale) H1 = last;
  const real N = quirk.summed ? 1 : real(V.n_cols);
  Rbm slope = quirk.one_phase ? Rbm{H * V.t() / N, sum(V, 1) / N, sum(H, 1) / N}
                              : Rbm{(H * V.t() - H1 * V1.t()) / N, sum(V - V1, 1) / N, sum(H - H1, 1) / N};
  if (quirk.downhill) slope = {-slope.W, -slope.b, -slope.c};
  return slope;
}

#define DREAM_MISTAKE(id, says, ...)            \
  MISTAKE(                                      \
      contrastive_divergence, "14.7", id, says, \
      (const Rbm& r, const mat& V, uword k, Rng& rng)->Rbm { return dreamt(r, V, k, rng, Dreaming{__VA_ARGS__}); })

DREAM_MISTAKE("h-not-drawn",
              "probabilities go down where states should: the picture comes back as if nothing had been squeezed",
              .draws_h = false)
DREAM_MISTAKE("v-not-drawn", "grey pixels go up again; then more turns do not bring you nearer to the true slope",
              .draws_v = false)
DREAM_MISTAKE("rounded", "your dreams are rounded, not drawn: from the same picture comes always the same one",
              .rounds = true)
DREAM_MISTAKE("stale", "the last product pairs new pixels with the hidden units of the turn before", .stale = true)
DREAM_MISTAKE("one-phase", "you have only the data's side: weights grow without end", .one_phase = true)
DREAM_MISTAKE("downhill", "your slope points from the data to the dreams: turn it round", .downhill = true)
DREAM_MISTAKE("summed-batch", "twice the batch, twice the step: take means over the samples", .summed = true)
DREAM_MISTAKE("one-turn", "you turn once, whatever k says", .one_turn = true)

struct Learning {
  bool down = false, shuffles = true, biases = true, once = false;
};

static Rbm learnt(Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng& rng, Learning quirk = {}) {
  require(V.n_cols > 0 && size > 0 && k > 0, "train_rbm", "data or turns");
  const uvec samples = arma::regspace<uvec>(0, V.n_cols - 1);
  std::vector<uvec> batches;
  if (quirk.once) batches = shuffled_batches(samples, size, rng);
  if (!quirk.shuffles)
    for (uword first = 0; first < samples.n_elem; first += size)
      batches.push_back(samples.subvec(first, std::min(first + size, samples.n_elem) - 1));
  for (uword epoch = 0; epoch < epochs; ++epoch) {
    if (quirk.shuffles && !quirk.once) batches = shuffled_batches(samples, size, rng);
    for (const uvec& batch : batches) {
      const Rbm slope = dreamt(r, V.cols(batch), k, rng);
      const real step = quirk.down ? -rate : rate;
      r.W += step * slope.W;
      if (quirk.biases) r.b += step * slope.b, r.c += step * slope.c;
    }
  }
  return r;
}

#define LEARN_MISTAKE(id, says, ...)                                                       \
  MISTAKE(                                                                                 \
      train_rbm, "14.7", id, says,                                                         \
      (Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng& rng)->Rbm { \
        return learnt(std::move(r), V, k, epochs, size, rate, rng, Learning{__VA_ARGS__}); \
      })

LEARN_MISTAKE("step-down", "your machine finds its data less likely after each step: this slope leads uphill, add it",
              .down = true)
LEARN_MISTAKE("never-shuffled", "your batches are the same in every epoch, in the order of the data: shuffle",
              .shuffles = false)
LEARN_MISTAKE("shuffled-once", "you shuffle once; each epoch has an order of its own", .once = true)
LEARN_MISTAKE("biases-stand", "your biases never learn: b and c take the step, too", .biases = false)

// 14.8

static Rbm started(const mat& V, uword m, Rng& rng) {
  require(!V.empty(), "start_rbm", "empty");
  const vec p = clamp(vec(mean(V, 1)), real(0.01), real(0.99));
  return {random_normal(m, V.n_rows, rng) / 100, log(p / (1 - p)), vec(m, arma::fill::zeros)};
}

struct Stacking {
  bool pixels = false, draws = false, untrained = false, comes_back = false;
};

static std::vector<Rbm> stacked(const mat& V, const std::vector<uword>& sizes, uword epochs, uword size, real rate,
                                Rng& rng, Stacking quirk) {
  std::vector<Rbm> machines;
  mat seen = V;
  for (const uword m : sizes) {
    machines.push_back(learnt(started(seen, m, rng), seen, 1, quirk.untrained ? 0 : epochs, size, rate, rng));
    const Rbm& r = machines.back();
    const mat H = sigmoid(dense(r.W, r.c, seen));
    if (!quirk.pixels) seen = quirk.comes_back ? sigmoid(dense(r.W.t(), r.b, H)) : quirk.draws ? drawn(H, rng) : H;
  }
  return machines;
}

#define STACK_MISTAKE(id, says, ...)                                                                 \
  MISTAKE(                                                                                           \
      stack, "14.8", id, says,                                                                       \
      (const mat& V, const std::vector<uword>& sizes, uword epochs, uword size, real rate, Rng& rng) \
          ->std::vector<Rbm> { return stacked(V, sizes, epochs, size, rate, rng, Stacking{__VA_ARGS__}); })

STACK_MISTAKE("pixels-again", "your second machine looks at pixels; the first one's hidden units were to be its world",
              .pixels = true)
STACK_MISTAKE("drawn-between", "your second machine sees hidden units that are drawn; give it their probabilities",
              .draws = true)
STACK_MISTAKE("untrained", "your machines never learn: train each before the next one looks through it",
              .untrained = true)
STACK_MISTAKE("comes-back", "your second machine sees what the first one dreams; it should see its hidden units",
              .comes_back = true)

struct Beginning {
  bool b = false, classifier = true;
  Activation activation = Activation::sigmoid;
};

static Network begun(const std::vector<Rbm>& machines, uword classes, Rng& rng, Beginning quirk) {
  require(!machines.empty(), "pretrained", "no machines");
  Network network;
  for (const Rbm& r : machines) {
    require(network.empty() || network.back().W.n_rows == r.W.n_cols, "pretrained", "does not fit");
    network.push_back({r.W, quirk.b ? r.b : r.c, quirk.activation});
  }
  if (quirk.classifier) network.push_back(xavier_init(classes, machines.back().c.n_elem, Activation::softmax, rng));
  return network;
}

#define BEGIN_MISTAKE(id, says, ...)                                                                       \
  MISTAKE(                                                                                                 \
      pretrained, "14.8", id, says, (const std::vector<Rbm>& machines, uword classes, Rng& rng)->Network { \
        return begun(machines, classes, rng, Beginning{__VA_ARGS__});                                      \
      })

BEGIN_MISTAKE("bias-b", "your layer got the visible bias; upwards goes c", .b = true)
BEGIN_MISTAKE("no-classifier", "your network has no classes: a softmax stands on top of the machines",
              .classifier = false)
BEGIN_MISTAKE("other-units", "your layers are not sigmoids; the machines' units were", .activation = Activation::relu)

}  // namespace nn
