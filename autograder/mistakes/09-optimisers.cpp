// Known mistakes of lesson 9. They stand on lessons 1 to 8 and on this file alone: what a student wrote for one task of
// the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/activations.hpp"
#include "nn/optimisers.hpp"
#include "nn/support/shape.hpp"

namespace nn {

/// A memory that fits: zeros where there is none yet.
static mat remembered(const mat& x, const mat& g, const mat& memory) {
  require_same_shape(g, x, "step", "g", "x");
  if (memory.empty()) return mat(size(x), arma::fill::zeros);
  require_same_shape(memory, x, "step", "memory", "x");
  return memory;
}

/// A step of which the memory of slopes is m.
static Moved moved(const mat& x, const mat& m, const Memory& memory) { return {x, {m, memory.v, memory.t + 1}}; }

#define STEP_MISTAKE(function, id, says, memory_after, x_after)                                                     \
  MISTAKE(                                                                                                          \
      function, "9.1", id, says, (mat x, const mat& g, Memory memory, real rate, [[maybe_unused]] real mu)->Moved { \
        const mat old = remembered(x, g, memory.m);                                                                 \
        const mat m = memory_after;                                                                                 \
        return moved(x_after, m, memory);                                                                           \
      })

STEP_MISTAKE(momentum_step, "uphill", "your memory points uphill: look at the sign with which the slope enters it",
             mu* old + rate * g, x + m)
STEP_MISTAKE(momentum_step, "forgets", "your second step is like the first: the memory that came in should go on",
             mat(-rate* g), x + m)
STEP_MISTAKE(momentum_step, "rate-twice",
             "your step shrinks with the square of the rate: the rate is in the memory already", mu* old - rate * g,
             x + rate * m)
STEP_MISTAKE(momentum_step, "one-minus-mu",
             "under a constant slope your walk never gets faster than without momentum: the new slope counts fully, "
             "not 1 - mu",
             mu* old - (1 - mu) * rate * g, x + m)
STEP_MISTAKE(momentum_step, "old-memory", "you step along the old memory: renew it first, then step",
             mu* old - rate * g, x + old)
STEP_MISTAKE(momentum_step, "looks-ahead", "this is Nesterov's step; momentum goes along the new memory alone",
             mu* old - rate * g, x + mu * m - rate * g)
STEP_MISTAKE(nesterov_step, "nesterov-is-momentum",
             "your two functions agree: Nesterov uses the new memory once more, x + mu m - rate g", mu* old - rate * g,
             x + m)
STEP_MISTAKE(nesterov_step, "nesterov-old-memory", "the m in mu m - rate g is the new one", mu* old - rate * g,
             x + mu * old - rate * g)
STEP_MISTAKE(nesterov_step, "nesterov-no-slope", "your step is mu m alone: - rate g belongs to it, too",
             mu* old - rate * g, x + mu * m)
STEP_MISTAKE(nesterov_step, "nesterov-uphill", "the slope enters your step with the wrong sign", mu* old - rate * g,
             x + mu * m + rate * g)

MISTAKE(
    momentum_step, "9.1", "no-count",
    "your memory does not count its steps: t goes up by one in every rule but descent",
    (mat x, const mat& g, Memory memory, real rate, real mu)->Moved {
      const mat m = mu * remembered(x, g, memory.m) - rate * g;
      return {x + m, {m, memory.v, memory.t}};
    })

/// RMSProp with something changed: v after the step, and the step itself.
#define RMSPROP_MISTAKE(id, says, v_after, x_after)                                                     \
  MISTAKE(                                                                                              \
      rmsprop_step, "9.2", id, says,                                                                    \
      (mat x, const mat& g, Memory memory, real rate, [[maybe_unused]] real rho, real epsilon)->Moved { \
        const mat old = remembered(x, g, memory.v);                                                     \
        const mat v = v_after;                                                                          \
        return {x_after, {memory.m, v, memory.t + 1}};                                                  \
      })

RMSPROP_MISTAKE("sums-forever", "your steps only ever get smaller: old slopes should fade", old + square(g),
                x - rate * g / (sqrt(v) + epsilon))
RMSPROP_MISTAKE("no-root", "make the loss a thousand times larger, and your steps change: take the root of v",
                rho* old + (1 - rho) * square(g), x - rate * g / (v + epsilon))
RMSPROP_MISTAKE("epsilon-inside",
                "epsilon stands beside the root, not under it: with tiny slopes this is ten thousand times as much",
                rho* old + (1 - rho) * square(g), x - rate * g / sqrt(v + epsilon))
RMSPROP_MISTAKE("rho-exchanged", "rho and 1 - rho have changed places: the old mean counts much, the new square little",
                (1 - rho) * old + rho * square(g), x - rate * g / (sqrt(v) + epsilon))
RMSPROP_MISTAKE("not-squared", "your v is a mean of slopes; it should be one of their squares",
                rho* old + (1 - rho) * abs(g), x - rate * g / (sqrt(v) + epsilon))
RMSPROP_MISTAKE("old-v", "you divide by the root of the old v: renew it first", rho* old + (1 - rho) * square(g),
                x - rate * g / (sqrt(old) + epsilon))

/// How Adam may go wrong.
struct Adams {
  bool corrects = true, from_zero = false, powers = true, no_root = false, epsilon_inside = false, betas = false,
       slope_for_mean = false, one_correction = false;
};

static Moved adam_with(Adams quirk, const mat& x, const mat& g, Memory memory, real rate, real beta1, real beta2,
                       real epsilon) {
  mat m = remembered(x, g, memory.m), v = remembered(x, g, memory.v);
  if (quirk.betas) std::swap(beta1, beta2);
  const uword t = quirk.from_zero ? memory.t : memory.t + 1;
  m = beta1 * m + (1 - beta1) * g;
  v = beta2 * v + (1 - beta2) * square(g);
  const real share1 = !quirk.corrects ? 1
                      : quirk.powers  ? 1 - std::pow(beta1, real(t))
                                      : 1 - beta1,
             share2 = !quirk.corrects ? 1
                      : quirk.powers  ? 1 - std::pow(quirk.one_correction ? beta1 : beta2, real(t))
                                      : 1 - beta2;
  const mat mean = quirk.slope_for_mean ? g : mat(m / share1), square_mean = v / share2;
  const mat by = quirk.no_root          ? mat(square_mean + epsilon)
                 : quirk.epsilon_inside ? mat(sqrt(square_mean + epsilon))
                                        : mat(sqrt(square_mean) + epsilon);
  return {x - rate * mean / by, {m, v, memory.t + 1}};
}

#define ADAM_MISTAKE(id, says, ...)                                                                  \
  MISTAKE(                                                                                           \
      adam_step, "9.3", id, says,                                                                    \
      (mat x, const mat& g, Memory memory, real rate, real beta1, real beta2, real epsilon)->Moved { \
        return adam_with(Adams{__VA_ARGS__}, x, g, memory, rate, beta1, beta2, epsilon);             \
      })

ADAM_MISTAKE("no-correction",
             "your first step is not the rate long: at the start the means still remember the zeros they began with",
             .corrects = false)
ADAM_MISTAKE("counts-from-zero",
             "not a number in the first step: count the step before you correct, so that t begins at 1",
             .from_zero = true)
ADAM_MISTAKE("beta-not-powered", "your correction is the same at step 100 as at step 1: 1 - beta to the power of t",
             .powers = false)
ADAM_MISTAKE("one-correction", "you correct v by beta1; it forgets at the rate of beta2, and is corrected by that",
             .one_correction = true)
ADAM_MISTAKE("no-root", "make the loss a thousand times larger, and your steps change: take the root of v",
             .no_root = true)
ADAM_MISTAKE("epsilon-inside",
             "epsilon stands beside the root, not under it: with tiny slopes this is ten thousand times as much",
             .epsilon_inside = true)
ADAM_MISTAKE("betas-exchanged", "beta1 belongs to the mean of slopes, beta2 to that of squares", .betas = true)
ADAM_MISTAKE("slope-for-mean", "you step along the slope; Adam steps along the mean of slopes, m",
             .slope_for_mean = true)

/// Steps of lesson 9 that are right, for what stands on them.
static Moved right_step(const Method& a, real rate, const mat& x, const mat& g, const Memory& memory) {
  if (a.rule == Rule::adam) return adam_with({}, x, g, memory, rate, a.beta1, a.beta2, a.epsilon);
  if (a.rule == Rule::rmsprop) {
    const mat v = a.rho * remembered(x, g, memory.v) + (1 - a.rho) * square(g);
    return {x - rate * g / (sqrt(v) + a.epsilon), {memory.m, v, memory.t + 1}};
  }
  const mat old = remembered(x, g, a.rule == Rule::descent ? mat() : memory.m);
  if (a.rule == Rule::descent) return {x - rate * g, memory};
  const mat m = a.momentum * old - rate * g;
  return moved(a.rule == Rule::momentum ? mat(x + m) : mat(x + a.momentum * m - rate * g), m, memory);
}

MISTAKE(
    take_step, "9.4", "always-descent", "your method makes no difference: choose the step by its rule",
    (const Method&, real rate, mat x, const mat& g, Memory memory)->Moved {
      remembered(x, g, {});
      return {x - rate * g, memory};
    })
MISTAKE(
    take_step, "9.4", "default-numbers", "you use the usual numbers; the method brings its own",
    (const Method& method, real rate, mat x, const mat& g, Memory memory)->Moved {
      Method usual;
      usual.rule = method.rule;
      return right_step(usual, rate, x, g, memory);
    })
MISTAKE(
    take_step, "9.4", "rho-for-momentum", "rho is RMSProp's; momentum has a number of its own",
    (const Method& method, real rate, mat x, const mat& g, Memory memory)->Moved {
      Method swapped = method;
      std::swap(swapped.rho, swapped.momentum);
      return right_step(swapped, rate, x, g, memory);
    })

/// How a step of a whole network may go wrong.
struct Whole {
  bool biases_left = false, one_memory = false, forgets = false, clock_twice = false;
};

static Optimised stepped(Network network, const Gradients& g, std::vector<Memory> memory, const Method& method,
                         real rate, Whole quirk) {
  require(g.dW.size() == network.size() && g.db.size() == network.size(), "optimise", "gradients");
  if (memory.empty()) memory.resize(2 * network.size());
  require(memory.size() == 2 * network.size(), "optimise", "memory");
  for (std::size_t l = 0; l < network.size(); ++l) {
    Memory& of_W = memory[2 * l];
    Memory& of_b = memory[2 * l + 1];
    const Moved W = right_step(method, rate, network[l].W, g.dW[l], quirk.forgets ? Memory{} : of_W);
    if (quirk.one_memory) of_b.t = W.memory.t;
    const Moved b = right_step(method, rate, network[l].b, g.db[l], quirk.forgets ? Memory{} : of_b);
    network[l].W = W.x, of_W = W.memory;
    if (quirk.biases_left) continue;
    network[l].b = b.x, of_b = b.memory;
  }
  return {network, memory};
}

#define WHOLE_MISTAKE(id, says, ...)                                                                             \
  MISTAKE(                                                                                                       \
      optimise, "9.4", id, says,                                                                                 \
      (Network network, const Gradients& gradients, std::vector<Memory> memory, const Method& method, real rate) \
          ->Optimised { return stepped(network, gradients, memory, method, rate, Whole{__VA_ARGS__}); })

WHOLE_MISTAKE("biases-left", "your biases never move", .biases_left = true)
WHOLE_MISTAKE("forgets", "each step begins with an empty memory: hand the old one in", .forgets = true)
WHOLE_MISTAKE("one-clock",
              "your count runs twice for each layer: W and b each have a memory, and a count, of their own",
              .one_memory = true)

/// How a schedule may go wrong.
struct Late {
  bool early_end = false, no_warmup_offset = false, no_warmup = false, first_is_zero = false, half_cosine = false,
       whole_warmup = false, whole_decay = false;
};

static real late(const Schedule& s, real rate, uword step, uword steps, Late quirk) {
  require(s.warmup < steps && step <= steps, "scheduled_rate", "step");
  if (step < s.warmup && !quirk.no_warmup)
    return rate * (quirk.whole_warmup ? real((step + 1) / s.warmup)
                                      : real(step + (quirk.first_is_zero ? 0 : 1)) / real(s.warmup));
  const real from = quirk.no_warmup_offset ? 0 : real(s.warmup);
  const real p =
      quirk.whole_decay
          ? real((step - s.warmup) / (steps - s.warmup))
          : std::clamp<real>((real(step) - from) / std::max<real>(1, real(steps) - from - (quirk.early_end ? 1 : 0)), 0,
                             1);
  if (s.decay == Decay::constant) return rate;
  if (s.decay == Decay::linear) return rate * (1 - p);
  return quirk.half_cosine ? rate * std::cos(real(arma::datum::pi) * p / 2)
                           : rate * (1 + std::cos(real(arma::datum::pi) * p)) / 2;
}

#define LATE_MISTAKE(id, says, ...)                                                                           \
  MISTAKE(                                                                                                    \
      scheduled_rate, "9.5", id, says, (const Schedule& schedule, real rate, uword step, uword steps)->real { \
        return late(schedule, rate, step, steps, Late{__VA_ARGS__});                                          \
      })

LATE_MISTAKE("ends-one-early", "your last step has the rate 0: p is 1 after the last step, not at it",
             .early_end = true)
LATE_MISTAKE("counts-the-warm-up", "your rate begins to fall in the warm-up: p counts the steps after it",
             .no_warmup_offset = true)
LATE_MISTAKE("no-warm-up", "your rate is at its full height from the first step: mind the warm-up", .no_warmup = true)
LATE_MISTAKE("first-is-zero",
             "your first step has the rate 0: the warm-up counts the step that is about to be made, step + 1",
             .first_is_zero = true)
LATE_MISTAKE("whole-warm-up", "your warm-up divides whole numbers, and its shares below 1 are 0: make one a real first",
             .whole_warmup = true)
LATE_MISTAKE("whole-decay", "your p divides whole numbers, so it stays 0 until the end: make one a real first",
             .whole_decay = true)
LATE_MISTAKE("half-cosine", "your cosine goes from 1 to 0; half of one plus the cosine of the whole half-turn is meant",
             .half_cosine = true)

static real whole_norm(const Gradients& g, bool biases = true) {
  real squares = 0;
  for (const mat& dW : g.dW) squares += accu(square(dW));
  for (const vec& db : g.db) squares += biases ? accu(square(db)) : 0;
  return std::sqrt(squares);
}

static Gradients scaled(Gradients g, real factor) {
  for (mat& dW : g.dW) dW *= factor;
  for (vec& db : g.db) db *= factor;
  return g;
}

MISTAKE(
    gradient_norm, "9.5", "no-biases", "your norm leaves the biases out",
    (const Gradients& gradients)->real { return whole_norm(gradients, false); })
MISTAKE(
    gradient_norm, "9.5", "sum-of-norms", "you add up the norms of the layers: add up squares, and take one root",
    (const Gradients& g)->real {
      real sum = 0;
      for (const mat& dW : g.dW) sum += std::sqrt(accu(square(dW)));
      for (const vec& db : g.db) sum += std::sqrt(accu(square(db)));
      return sum;
    })
static real stretches(const Gradients& g) {
  real squares = 0;
  for (const mat& dW : g.dW) squares += std::pow(norm(dW), 2);
  for (const vec& db : g.db) squares += std::pow(norm(db), 2);
  return std::sqrt(squares);
}
MISTAKE(
    gradient_norm, "9.5", "norm-of-a-matrix",
    "norm() of a matrix is its largest stretch, not the root of the sum of squares; that is norm(M, \"fro\")",
    (const Gradients& g)->real { return stretches(g); })
MISTAKE(
    gradient_norm, "9.5", "no-root", "you return the sum of the squares: take its root",
    (const Gradients& g)->real { return whole_norm(g) * whole_norm(g); })
MISTAKE(
    clip, "9.5", "each-on-its-own", "your clipped step points another way: one factor for all",
    (Gradients g, real limit)->Gradients {
      require(limit > 0, "clip", "limit");
      for (mat& dW : g.dW) dW *= std::min<real>(1, limit / std::max<real>(std::sqrt(accu(square(dW))), real(1e-300)));
      for (vec& db : g.db) db *= std::min<real>(1, limit / std::max<real>(std::sqrt(accu(square(db))), real(1e-300)));
      return g;
    })
MISTAKE(
    clip, "9.5", "clip-norm-of-a-matrix",
    "norm() of a matrix is its largest stretch, not the root of the sum of squares; that is norm(M, \"fro\")",
    (Gradients g, real limit)->Gradients {
      require(limit > 0, "clip", "limit");
      return stretches(g) > limit ? scaled(g, limit / stretches(g)) : g;
    })
MISTAKE(
    clip, "9.5", "clips-entries", "you cut entries off, so your step points another way: one factor for all",
    (Gradients g, real limit)->Gradients {
      require(limit > 0, "clip", "limit");
      for (mat& dW : g.dW) dW = arma::clamp(dW, -limit, limit);
      for (vec& db : g.db) db = arma::clamp(db, -limit, limit);
      return g;
    })
MISTAKE(
    clip, "9.5", "to-one", "you shorten to the length 1, whatever the limit is", (Gradients g, real limit)->Gradients {
      require(limit > 0, "clip", "limit");
      return whole_norm(g) > limit ? scaled(g, 1 / whole_norm(g)) : g;
    })
MISTAKE(
    clip, "9.5", "scales-up", "a small slope became large: below the limit nothing changes",
    (Gradients g, real limit)->Gradients {
      require(limit > 0, "clip", "limit");
      return scaled(g, limit / whole_norm(g));
    })

MISTAKE(
    slope_norms, "9.6", "of-weights", "you measure the slopes of the weights; here those along Z are asked for",
    (const Network& network, const mat& X, const mat& T, Loss loss)->vec {
      const Gradients g = backprop(network, X, T, loss);
      vec norms(g.dW.size());
      for (std::size_t l = 0; l < g.dW.size(); ++l) norms(l) = std::sqrt(accu(square(g.dW[l])));
      return norms;
    })
MISTAKE(
    slope_norms, "9.6", "largest", "you take the largest entry of each layer; take the root of the sum of squares",
    (const Network& network, const mat& X, const mat& T, Loss loss)->vec {
      const std::vector<mat> dZ = backward_deltas(network, forward_trace(network, X), T, loss);
      vec norms(dZ.size());
      for (std::size_t l = 0; l < dZ.size(); ++l) norms(l) = abs(dZ[l]).max();
      return norms;
    })
MISTAKE(
    slope_norms, "9.6", "norm-of-a-matrix",
    "norm() of a matrix is its largest stretch, not the root of the sum of squares; that is norm(M, \"fro\")",
    (const Network& network, const mat& X, const mat& T, Loss loss)->vec {
      const std::vector<mat> dZ = backward_deltas(network, forward_trace(network, X), T, loss);
      vec norms(dZ.size());
      for (std::size_t l = 0; l < dZ.size(); ++l) norms(l) = norm(dZ[l]);
      return norms;
    })
MISTAKE(
    slope_norms, "9.6", "squares", "you sum squares: take the root",
    (const Network& network, const mat& X, const mat& T, Loss loss)->vec {
      const std::vector<mat> dZ = backward_deltas(network, forward_trace(network, X), T, loss);
      vec norms(dZ.size());
      for (std::size_t l = 0; l < dZ.size(); ++l) norms(l) = accu(square(dZ[l]));
      return norms;
    })
#define DEAD_MISTAKE(id, says, ...)                                               \
  MISTAKE(                                                                        \
      dead_units, "9.6", id, says, (const Network& network, const mat& X)->uvec { \
        const Trace trace = forward_trace(network, X);                            \
        uvec dead(network.size(), arma::fill::zeros);                             \
        for (std::size_t l = 0; l < network.size(); ++l) __VA_ARGS__;             \
        return dead;                                                              \
      })

DEAD_MISTAKE("any-sample", "you count units that sleep for some sample; dead is who sleeps for all",
             if (network[l].activation == Activation::relu) dead(l) = accu(min(trace.Z[l], 1) <= 0))
DEAD_MISTAKE("all-activations", "only ReLU units die: a leaky one or a sigmoid still hears a slope",
             dead(l) = accu(max(trace.Z[l], 1) <= 0))
DEAD_MISTAKE("below-zero", "at 0 exactly a ReLU passes no slope either: 0 or less is dead",
             if (network[l].activation == Activation::relu) dead(l) = accu(max(trace.Z[l], 1) < 0))
MISTAKE(
    scaling_of, "9.6", "n-minus-one", "your deviation divides by N - 1; the contract's by N", (const mat& X)->Scaling {
      require(X.n_cols > 0, "scaling_of", "X");
      return {mean(X, 1), stddev(X, 0, 1)};
    })
MISTAKE(
    scaling_of, "9.6", "over-columns", "you mix up rows and columns: each row has its own mean",
    (const mat& X)->Scaling {
      require(X.n_cols > 0, "scaling_of", "X");
      return {mean(X, 0).t(), stddev(X, 1, 0).t()};
    })
static void require_scaling(const mat& X, const Scaling& s) {
  require(s.mean.n_elem == X.n_rows && s.deviation.n_elem == X.n_rows, "standardise", "scaling");
}
MISTAKE(
    standardise, "9.6", "divides-by-zero", "a pixel that is always the same became NaN: leave its row at 0",
    (mat X, const Scaling& s)->mat {
      require_scaling(X, s);
      X.each_col() -= s.mean;
      X.each_col() /= s.deviation;
      return X;
    })
MISTAKE(
    standardise, "9.6", "own-scale", "you scale new data by itself: the network has learned the training data's scale",
    (mat X, const Scaling& s)->mat {
      require_scaling(X, s);
      const vec own_mean = mean(X, 1), own = stddev(X, 1, 1);
      for (uword i = 0; i < X.n_rows; ++i) X.row(i) = (X.row(i) - own_mean(i)) / (own(i) == 0 ? 1 : own(i));
      return X;
    })
MISTAKE(
    standardise, "9.6", "variance-for-deviation", "you divide by the variance: divide by its root, the deviation",
    (mat X, const Scaling& s)->mat {
      require_scaling(X, s);
      for (uword i = 0; i < X.n_rows; ++i)
        X.row(i) = (X.row(i) - s.mean(i)) / (s.deviation(i) == 0 ? 1 : s.deviation(i) * s.deviation(i));
      return X;
    })

static void require_norm(const mat& Z, const vec& gamma, const vec& beta) {
  require(Z.n_cols > 0 && gamma.n_elem == Z.n_rows && beta.n_elem == Z.n_rows, "batch_norm", "shapes");
}

static Normalised normed(const mat& Z, const vec& gamma, const vec& beta, const vec& mean, const vec& variance,
                         real epsilon, bool epsilon_beside = false) {
  Normalised n{Z, Z, mean, variance};
  n.H.each_col() -= mean;
  n.H.each_col() /= epsilon_beside ? vec(sqrt(variance) + epsilon) : vec(sqrt(variance + epsilon));
  n.Y = n.H;
  n.Y.each_col() %= gamma;
  n.Y.each_col() += beta;
  return n;
}

#define NORM_MISTAKE(id, says, ...)                                                                              \
  MISTAKE(                                                                                                       \
      batch_norm, "9.7", id, says, (const mat& Z, const vec& gamma, const vec& beta, real epsilon)->Normalised { \
        require_norm(Z, gamma, beta);                                                                            \
        return __VA_ARGS__;                                                                                      \
      })

NORM_MISTAKE("n-minus-one", "your rows have a variance a little under 1: divide by N, not by N - 1",
             normed(Z, gamma, beta, mean(Z, 1), var(Z, 0, 1), epsilon))
MISTAKE(
    batch_norm, "9.7", "over-units", "you mix units: each row has its own mean and variance",
    (const mat& Z, const vec& gamma, const vec& beta, real epsilon)->Normalised {
      require_norm(Z, gamma, beta);
      const real middle = accu(Z) / Z.n_elem;
      return normed(Z, gamma, beta, vec(Z.n_rows).fill(middle), vec(Z.n_rows).fill(accu(square(Z - middle)) / Z.n_elem),
                    epsilon);
    })
NORM_MISTAKE("epsilon-beside", "here epsilon stands under the root, beside the variance",
             normed(Z, gamma, beta, mean(Z, 1), var(Z, 1, 1), epsilon, true))
NORM_MISTAKE("gamma-and-beta-exchanged", "gamma multiplies, beta is added",
             normed(Z, beta, gamma, mean(Z, 1), var(Z, 1, 1), epsilon))

/// How the way back may go wrong.
struct Held {
  bool mean = false, variance = false, no_gamma = false, sums = false;
};

static NormGradients back_through(const Normalised& n, const vec& gamma, const mat& dY, real epsilon, Held quirk) {
  require(size(dY) == size(n.H) && gamma.n_elem == dY.n_rows, "batch_norm_backward", "shapes");
  NormGradients g{dY, sum(dY % n.H, 1), sum(dY, 1)};
  const real N = quirk.sums ? 1 : real(dY.n_cols);
  if (!quirk.mean) g.dZ.each_col() -= g.dbeta / N;
  if (!quirk.variance) {
    mat along = n.H;
    along.each_col() %= vec(g.dgamma / N);
    g.dZ -= along;
  }
  vec s = 1 / sqrt(n.variance + epsilon);
  if (!quirk.no_gamma) s %= gamma;
  g.dZ.each_col() %= s;
  return g;
}

#define HELD_MISTAKE(id, says, ...)                                                                  \
  MISTAKE(                                                                                           \
      batch_norm_backward, "9.7", id, says,                                                          \
      (const Normalised& normalised, const vec& gamma, const mat& dY, real epsilon)->NormGradients { \
        return back_through(normalised, gamma, dY, epsilon, Held{__VA_ARGS__});                      \
      })

HELD_MISTAKE("held-still", "you treat mean and variance as given: move one z, and they move too", .mean = true,
             .variance = true)
HELD_MISTAKE("variance-held", "you treat the variance as given: take off the part of dY along H, too", .variance = true)
HELD_MISTAKE("mean-held", "you treat the mean as given: take the mean of dY off", .mean = true)
HELD_MISTAKE("no-gamma", "your dZ does not know gamma: Y is gamma times H", .no_gamma = true)
HELD_MISTAKE("sums-for-means", "you take off sums where means along the rows are meant", .sums = true)

static void require_norm_of(const Layer& layer, const vec& gamma, const vec& beta, const vec& mean,
                            const vec& variance) {
  for (const vec* one : {&gamma, &beta, &mean, &variance})
    require(one->n_elem == layer.b.n_elem, "fold_norm", "shapes");
}
MISTAKE(
    fold_norm, "9.7", "bias-not-scaled", "your bias is not scaled: it goes through the normalisation, too",
    (Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon)->Layer {
      require_norm_of(layer, gamma, beta, mean, variance);
      const vec s = gamma / sqrt(variance + epsilon);
      layer.W.each_col() %= s;
      layer.b = layer.b - mean + beta;
      return layer;
    })
MISTAKE(
    fold_norm, "9.7", "mean-not-scaled", "the mean is taken off before the scale: (b - mean) is scaled, not b alone",
    (Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon)->Layer {
      require_norm_of(layer, gamma, beta, mean, variance);
      const vec s = gamma / sqrt(variance + epsilon);
      layer.W.each_col() %= s;
      layer.b = s % layer.b - mean + beta;
      return layer;
    })
MISTAKE(
    fold_norm, "9.7", "mean-forgotten", "the mean is taken off before the scale: it belongs into the folded bias",
    (Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon)->Layer {
      require_norm_of(layer, gamma, beta, mean, variance);
      const vec s = gamma / sqrt(variance + epsilon);
      layer.W.each_col() %= s;
      layer.b = s % layer.b + beta;
      return layer;
    })
MISTAKE(
    fold_norm, "9.7", "columns-scaled", "you scale columns of W; a row of W is a unit, and each unit has its own scale",
    (Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon)->Layer {
      require_norm_of(layer, gamma, beta, mean, variance);
      const vec s = gamma / sqrt(variance + epsilon);
      for (uword j = 0; j < layer.W.n_cols; ++j) layer.W.col(j) *= s(std::min<uword>(j, s.n_elem - 1));
      layer.b = s % (layer.b - mean) + beta;
      return layer;
    })

/// A search that is right, by halving alone.
static real halved(const std::function<real(real)>& slope, real first, real tolerance) {
  const real start = slope(0);
  require(start < 0 && first > 0 && 0 < tolerance && tolerance < 1, "line_search", "arguments");
  real low = 0, high = first;
  while (slope(high) < 0 && high < 1e30) low = high, high *= 2;
  for (int k = 0; k < 400; ++k) {
    const real t = low + (high - low) / 2, at = slope(t);
    if (std::abs(at) <= tolerance * -start) return t;
    (at < 0 ? low : high) = t;
  }
  return high;
}

MISTAKE(
    line_search, "9.8", "first-step", "you take the first step as it is: the slope there is still steep",
    (const std::function<real(real)>& slope, real first, real tolerance)->real {
      halved(slope, first, tolerance);
      return first;
    })
MISTAKE(
    line_search, "9.8", "absolute", "your slope is small by itself; compare it with that at the start",
    (const std::function<real(real)>& slope, real first, real tolerance)->real {
      const real start = slope(0);
      require(start < 0 && first > 0 && 0 < tolerance && tolerance < 1, "line_search", "arguments");
      return halved(slope, first, std::min<real>(real(0.999), 3 * tolerance));
    })
MISTAKE(
    line_search, "9.8", "unchecked", "your search walks uphill, too: refuse a line that does not fall at 0",
    (const std::function<real(real)>& slope, real first, real tolerance)->real {
      const real start = slope(0);
      if (start < 0 && first > 0 && 0 < tolerance && tolerance < 1) return halved(slope, first, tolerance);
      return 1;
    })

/// How the walk may go wrong.
struct Walk {
  bool steepest = false, old_slope = false;
};

static mat walked(const std::function<vec(const vec&)>& gradient, const vec& x0, uword steps, real tolerance,
                  Walk quirk) {
  require(0 < tolerance && tolerance < 1, "conjugate_gradient", "tolerance");
  mat path(x0.n_elem, steps + 1);
  path.col(0) = x0;
  vec x = x0, g = gradient(x), d = -g;
  for (uword t = 0; t < steps; ++t) {
    if (std::sqrt(dot(g, g)) > 0) {
      const real length = halved([&](real s) { return dot(gradient(x + s * d), d); }, 1, tolerance);
      x += length * d;
      const vec before = g;
      g = gradient(x);
      const real beta = quirk.steepest ? 0 : std::max<real>(0, dot(g, g - before) / dot(before, before));
      d = beta * d - (quirk.old_slope ? before : g);
      if (dot(d, g) >= 0) d = -g;
    }
    path.col(t + 1) = x;
  }
  return path;
}

#define WALK_MISTAKE(id, says, ...)                                                                       \
  MISTAKE(                                                                                                \
      conjugate_gradient, "9.8", id, says,                                                                \
      (const std::function<vec(const vec&)>& gradient, const vec& x0, uword steps, real tolerance)->mat { \
        return walked(gradient, x0, steps, tolerance, Walk{__VA_ARGS__});                                 \
      })

WALK_MISTAKE("steepest",
             "two steps should do for two numbers: your new direction is the slope alone, add beta times the old one",
             .steepest = true)
WALK_MISTAKE("new-direction-old-slope",
             "two steps should do for two numbers: your new direction begins with the old slope", .old_slope = true)

/// How an epoch may go wrong.
struct Lapse {
  bool per_epoch = false, decay_in_slope = false, decay_without_rate = false, decay_at_full_rate = false,
       no_clip = false, no_decay = false, forgets = false, restarts = false, plain = false;
};

static Progressed lapsed(Progressed from, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                         uword steps, Rng& rng, Lapse quirk) {
  require(!batches.empty(), "optimised_epoch", "no batches");
  const auto& [options, regularisation, method, schedule, limit] = recipe;
  const uword first = from.step;
  for (const uvec& indices : batches) {
    const bool distorts = regularisation.distortion && !quirk.plain, drops = regularisation.keep != 1 && !quirk.plain;
    const Batch batch =
        distorts ? gather_distorted(data, indices, *regularisation.distortion, rng) : gather(data, indices);
    Network& network = from.now.network;
    Dropped pass;
    std::vector<mat> deltas;
    if (drops) {
      pass = dropout_trace(network, batch.X, regularisation.keep, rng);
      deltas = dropout_deltas(network, pass, batch.T, options.loss, regularisation.keep);
    } else {
      pass.trace = forward_trace(network, batch.X);
      deltas = backward_deltas(network, pass.trace, batch.T, options.loss);
    }
    Gradients g;
    for (std::size_t l = 0; l < deltas.size(); ++l) {
      g.dW.push_back(deltas[l] * (l == 0 ? batch.X : pass.trace.A[l - 1]).t());
      g.db.push_back(sum(deltas[l], 1));
      if (quirk.decay_in_slope) g.dW[l] += options.weight_decay * network[l].W;
    }
    if (limit > 0 && !quirk.no_clip && whole_norm(g) > limit) g = scaled(g, limit / whole_norm(g));
    const real rate = late(schedule, options.rate, quirk.per_epoch ? first : from.step, steps, {});
    if (!quirk.decay_in_slope && !quirk.no_decay)
      network = decay_weights(std::move(network),
                              quirk.decay_without_rate   ? 1
                              : quirk.decay_at_full_rate ? options.rate
                                                         : rate,
                              options.weight_decay);
    if (quirk.forgets && from.step == first) from.now.memory.clear();
    from.now = stepped(std::move(network), g, std::move(from.now.memory), method, rate, {});
    const real loss = loss_value(options.loss, pass.trace.A.back(), batch.T);
    from.running_loss =
        from.step == (quirk.restarts ? first : 0) ? loss : (1 - options.eta) * from.running_loss + options.eta * loss;
    ++from.step;
  }
  return from;
}

#define LAPSE_MISTAKE(id, says, ...)                                                                              \
  MISTAKE(                                                                                                        \
      optimised_epoch, "9.9", id, says,                                                                           \
      (Progressed from, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe, uword steps, \
       Rng& rng)                                                                                                  \
          ->Progressed { return lapsed(from, data, batches, recipe, steps, rng, Lapse{__VA_ARGS__}); })

LAPSE_MISTAKE("counts-epochs", "your rate falls once an epoch: how many steps are behind you?", .per_epoch = true)
LAPSE_MISTAKE("l2-in-the-slope",
              "your decay depends on how steep the slope is: let the weights fade apart from the step, by 7.7",
              .decay_in_slope = true)
LAPSE_MISTAKE("decay-without-rate", "your weights fade by lambda; it should be rate times lambda, by 7.7",
              .decay_without_rate = true)
LAPSE_MISTAKE("decay-at-full-rate", "your decay does not follow the schedule: it takes the rate of this step, too",
              .decay_at_full_rate = true)
LAPSE_MISTAKE("no-decay", "your weights do not fade: decay_weights belongs into this epoch, too", .no_decay = true)
LAPSE_MISTAKE("no-clip", "your slopes are never clipped: mind recipe.clip", .no_clip = true)
LAPSE_MISTAKE("forgets", "each epoch begins with an empty memory: go on from the one that came in", .forgets = true)
LAPSE_MISTAKE("loss-restarts", "your running loss starts anew in every epoch; it should go on", .restarts = true)
LAPSE_MISTAKE("no-regularisation", "dropout and distortions change nothing in your epoch", .plain = true)

#define FLATTEN_MISTAKE(id, says, ...)                          \
  MISTAKE(                                                      \
      flatten, "9.9", id, says, (const Network& network)->vec { \
        vec all;                                                \
        for (const Layer& layer : network) all = __VA_ARGS__;   \
        return all;                                             \
      })

FLATTEN_MISTAKE("by-rows", "your W goes row by row; Armadillo's vectorise goes column by column",
                join_cols(all, vectorise(layer.W.t()), layer.b))
FLATTEN_MISTAKE("biases-first", "your biases come before their weights", join_cols(all, layer.b, vectorise(layer.W)))
FLATTEN_MISTAKE("no-biases", "your column has no biases", join_cols(all, vectorise(layer.W)))
MISTAKE(
    unflatten, "9.9", "starts-again", "every layer of yours takes the first numbers: go on where the last one ended",
    (Network shape, const vec& numbers)->Network {
      require(numbers.n_elem == parameters(shape), "unflatten", "numbers");
      for (Layer& layer : shape) {
        uword i = 0;
        for (real& w : layer.W) w = numbers(i++);
        for (real& w : layer.b) w = numbers(i++);
      }
      return shape;
    })
MISTAKE(
    gradients_of, "9.9", "own-output", "you multiply the deltas by the layer's own output; it is its input that counts",
    (const mat& X, const Trace& trace, const std::vector<mat>& deltas)->Gradients {
      Gradients g;
      for (std::size_t l = 0; l < deltas.size(); ++l) {
        const mat& input = l == 0 ? X : trace.A[l];
        g.dW.push_back(deltas[l] * input.t());
        g.db.push_back(sum(deltas[l], 1));
      }
      return g;
    })
MISTAKE(
    gradients_of, "9.9", "mean-again", "you divide by the number of samples once more: the mean is in the deltas",
    (const mat& X, const Trace& trace, const std::vector<mat>& deltas)->Gradients {
      Gradients g;
      for (std::size_t l = 0; l < deltas.size(); ++l) {
        const mat& input = l == 0 ? X : trace.A[l - 1];
        g.dW.push_back(deltas[l] * input.t() / X.n_cols);
        g.db.push_back(mean(deltas[l], 1));
      }
      return g;
    })

}  // namespace nn
