// Lesson 9: why some networks learn in seconds and others never. Steps with a memory, rates that fall, layers that keep
// their slopes alive.
//
//   momentum:   m <- mu m - rate g,   x <- x + m                                             [Polyak, 1964]
//   Adam:       m <- beta1 m + (1 - beta1) g,   v <- beta2 v + (1 - beta2) g . g,
//               x <- x - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)       [Kingma and Ba, 2015]
//   batch norm: H = (Z - mean) / sqrt(variance + epsilon),   Y = gamma H + beta               [textbook, 1.4.2]
//
//   x  parameters, a matrix of any shape     g  the slope along them, of the same shape     . entry by entry
//   m  units     N  samples     k  outputs
//
//   Moved next = adam_step(x, g, memory, 0.001, 0.9, 0.999, 1e-8);
//   x = next.x, memory = next.memory;
#pragma once

#include <functional>
#include <optional>

#include "nn/generalisation.hpp"

namespace nn {

/// What a rule remembers of one matrix of parameters.
struct Memory {
  mat m;        ///< a mean of slopes, or a velocity; empty: nothing yet, which counts as zeros
  mat v;        ///< a mean of squared slopes; empty: nothing yet
  uword t = 0;  ///< steps made
};

/// Parameters after a step, and what is remembered of it.
struct Moved {
  mat x;
  Memory memory;
};

/// 9.1  m <- mu m - rate g,  x <- x + m,  t <- t + 1, as every rule counts. [Polyak, 1964]  Throws
/// std::invalid_argument when g or a memory that is not empty has another shape than x; so do all rules.
[[nodiscard]] Moved momentum_step(mat x, const mat& g, Memory memory, real rate, real mu);
/// 9.1  m <- mu m - rate g,  x <- x + mu m - rate g, with the new m: the slope is taken where x stands, and x is the
/// place that the next step looks at. [Nesterov, 1983, rearranged]
[[nodiscard]] Moved nesterov_step(mat x, const mat& g, Memory memory, real rate, real mu);

/// 9.2  v <- rho v + (1 - rho) g . g,  x <- x - rate g / (sqrt(v) + epsilon). [Tieleman and Hinton, 2012]
[[nodiscard]] Moved rmsprop_step(mat x, const mat& g, Memory memory, real rate, real rho, real epsilon);

/// 9.3  t <- t + 1, then m and v as above and x <- x - rate m' / (sqrt(v') + epsilon) with m' = m / (1 - beta1^t) and
/// v' = v / (1 - beta2^t): the means began at 0, and are corrected for it. [Kingma and Ba, 2015]
[[nodiscard]] Moved adam_step(mat x, const mat& g, Memory memory, real rate, real beta1, real beta2, real epsilon);

/// How a step is made of a slope.
enum class Rule { descent, momentum, nesterov, rmsprop, adam };

/// A rule and its numbers.
struct Method {
  Rule rule = Rule::descent;
  real momentum = real(0.9);  ///< mu
  real rho = real(0.9);
  real beta1 = real(0.9), beta2 = real(0.999);
  real epsilon = real(1e-8);
};

/// 9.4  One step of the method; descent is x - rate g, and the memory stays as it came, t too. Throws as the rules do,
/// descent when g has another shape than x.
[[nodiscard]] Moved take_step(const Method& method, real rate, mat x, const mat& g, Memory memory);

/// A network and what is remembered of its parameters: of W and then of b, layer by layer.
struct Optimised {
  Network network;
  std::vector<Memory> memory;
};

/// 9.4  take_step for every W and b. `memory` is empty (nothing yet) or has two entries a layer. Throws
/// std::invalid_argument when it has another length, or the gradients do not fit the network.
[[nodiscard]] Optimised optimise(Network network, const Gradients& gradients, std::vector<Memory> memory,
                                 const Method& method, real rate);

/// How the rate falls after the warm-up.
enum class Decay { constant, linear, cosine };

/// The rate over the steps of a training.
struct Schedule {
  Decay decay = Decay::constant;
  uword warmup = 0;  ///< steps in which the rate rises to its full height
};

/// 9.5  The rate of step 0 ... steps-1 (and of `steps`, after the last). In the warm-up rate (step + 1) / warmup; then,
/// with p = (step - warmup) / (steps - warmup), rate, rate (1 - p) or rate (1 + cos(pi p)) / 2.
/// Throws std::invalid_argument when step is beyond steps, or the warm-up is no shorter than steps.
[[nodiscard]] real scheduled_rate(const Schedule& schedule, real rate, uword step, uword steps);

/// 9.5  The root of the sum of all squares, over every dW and db.
[[nodiscard]] real gradient_norm(const Gradients& gradients);

/// 9.5  The gradients, all shrunk by one factor to the norm `limit` when theirs is above it. The loss stays.
/// Throws std::invalid_argument unless limit > 0.
[[nodiscard]] Gradients clip(Gradients gradients, real limit);

/// 9.6  How steep the loss is at each layer: the root of the sum of squares of dL/dZ (6.6), one entry a layer.
/// [textbook, 1.4.2]  Throws std::invalid_argument as backward_deltas does.
[[nodiscard]] vec slope_norms(const Network& network, const mat& X, const mat& T, Loss loss);

/// 9.6  For each layer the number of its ReLU units whose z is 0 or less for every sample: they say 0 and hear no
/// slope. 0 for layers of other activations. [basics, "dead ReLU"]
[[nodiscard]] uvec dead_units(const Network& network, const mat& X);

/// Where the rows of some data lie, and how far they scatter.
struct Scaling {
  vec mean, deviation;  ///< one entry a row; the deviation divides by N
};

/// 9.6  The scaling of X (d x N). Throws std::invalid_argument when X has no columns.
[[nodiscard]] Scaling scaling_of(const mat& X);
/// 9.6  (X - mean) / deviation row by row; a row of deviation 0 becomes 0. New data take the scaling of the training
/// data. Throws std::invalid_argument when the scaling does not fit the rows of X.
[[nodiscard]] mat standardise(mat X, const Scaling& scaling);

/// A batch-normalised layer and what its way back needs.
struct Normalised {
  mat Y;               ///< gamma H + beta, m x N
  mat H;               ///< each row of mean 0 and variance 1 (but for epsilon)
  vec mean, variance;  ///< of the rows of Z; the variance divides by N
};

/// 9.7  Every row of Z (m x N) to mean 0 and variance 1 over the batch, then times gamma plus beta (one entry a row):
/// H = (Z - mean) / sqrt(variance + epsilon), Y = gamma . H + beta. [textbook, 1.4.2; Ioffe and Szegedy, 2015]
/// Throws std::invalid_argument when gamma or beta does not fit, or Z has no columns.
[[nodiscard]] Normalised batch_norm(const mat& Z, const vec& gamma, const vec& beta, real epsilon);

/// The slopes of a batch-normalised layer.
struct NormGradients {
  mat dZ;             ///< m x N
  vec dgamma, dbeta;  ///< m
};

/// 9.7  Backward through batch_norm: dgamma = row sums of dY . H, dbeta = row sums of dY,
/// dZ = gamma / sqrt(variance + epsilon) . (dY - mean(dY) - H . mean(dY . H)), means along the rows: mean and variance
/// move with every z. Throws std::invalid_argument when shapes differ.
[[nodiscard]] NormGradients batch_norm_backward(const Normalised& normalised, const vec& gamma, const mat& dY,
                                                real epsilon);

/// 9.7  The layer that does what `layer` followed by batch norm with this mean and variance does: with
/// s = gamma / sqrt(variance + epsilon), W <- s W row by row and b <- s (b - mean) + beta. A trained network is a plain
/// Network again. Throws std::invalid_argument when they do not fit the layer.
[[nodiscard]] Layer fold_norm(Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance,
                              real epsilon);

/// 9.8  A step t > 0 with |slope(t)| <= tolerance |slope(0)|, where slope is the derivative along a line that falls at
/// 0. Begins with `first` and doubles until the slope is no longer negative: the last two steps are a bracket. Then it
/// goes where the straight line through the bracket's two slopes (a secant) is 0, and keeps the side where the sign
/// changes; since a secant may creep, it halves the bracket every few steps.
/// Throws std::invalid_argument unless slope(0) < 0, first > 0 and 0 < tolerance < 1; std::runtime_error when there is
/// none within reach.
[[nodiscard]] real line_search(const std::function<real(real)>& slope, real first, real tolerance);

/// 9.8  Polak and Ribiere's walk: d = -g at the start; t by line_search along d; then with the new slope g1
/// beta = max(0, g1 . (g1 - g0) / (g0 . g0)) and d <- -g1 + beta d, or -g1 where that does not fall. Returns the path,
/// d x (steps + 1), one column a place (as 5.4); where the slope is 0 it stays. [lecture 12, "conjugate gradients"]
/// Throws std::invalid_argument as line_search does.
[[nodiscard]] mat conjugate_gradient(const std::function<vec(const vec&)>& gradient, const vec& x0, uword steps,
                                     real tolerance);

/// 9.9  All numbers of a network in one column: W column by column, then b, layer by layer.
[[nodiscard]] vec flatten(const Network& network);
/// 9.9  The network of this shape whose numbers they are. Throws std::invalid_argument when they are not as many.
[[nodiscard]] Network unflatten(Network shape, const vec& numbers);

/// 9.9  dW = dZ X' and db = row sums of dZ for every layer (6.2), where X is the layer's input. The loss is 0.
[[nodiscard]] Gradients gradients_of(const mat& X, const Trace& trace, const std::vector<mat>& deltas);

/// Everything that a training by rules may be told.
struct Recipe {
  Options options;  ///< loss, rate, weight_decay and eta count here
  Regularisation regularisation;
  Method method;
  Schedule schedule;
  real clip = 0;  ///< 0: no limit
};

/// A training under way.
struct Progressed {
  Optimised now;
  uword step = 0;         ///< steps made, over all epochs
  real running_loss = 0;  ///< Q; before the first step it is not used
};

/// 9.9  One pass over `batches`: regularised_epoch (8.9), but the step is that of the method, at the rate that the
/// schedule gives for `step` of `steps`; the slopes are clipped first, and decay (7.7) works on the weights apart from
/// the slopes. With Rule::descent and nothing else it is train_epoch to rounding. Throws std::invalid_argument as its
/// parts do, and when there are no batches.
[[nodiscard]] Progressed optimised_epoch(Progressed from, const Dataset& data, const std::vector<uvec>& batches,
                                         const Recipe& recipe, uword steps, Rng& rng);

}  // namespace nn
