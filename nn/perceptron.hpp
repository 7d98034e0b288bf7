// Lesson 1: one neuron. It weighs its inputs, adds a bias, and fires or stays silent.
//
//   y = step(w . x + b),   step(a) = 1 if a > 0, else 0       [slides, eq. 2-5; lecture 12, "linear model of a neuron"]
//
//   d  number of inputs     N  number of samples     x  one sample, d     X  samples as columns, d x N
//
//   Perceptron both = and_gate();
//   fire(both, {1, 1});   // 1
//   fire(both, {1, 0});   // 0
#pragma once

#include "nn/support/random.hpp"
#include "nn/types.hpp"

namespace nn {

/// A neuron with d inputs.
struct Perceptron {
  vec w;       ///< d weights: how much each input matters
  real b = 0;  ///< bias: how easily the neuron fires
};

/// 1.1  1 if a > 0, else 0. At exactly 0 the neuron stays silent. [slides, eq. 5]
[[nodiscard]] real step(real a);

/// 1.2  step(w . x + b) for one sample x of d entries. [slides, eq. 2]
/// Throws std::invalid_argument when x and w differ in size.
[[nodiscard]] real fire(const Perceptron& neuron, const vec& x);

/// 1.3  The neuron with weights w that fires when w . x > theta: a threshold is a bias with the other sign.
/// [slides, eq. 1-2]
[[nodiscard]] Perceptron with_threshold(const vec& w, real theta);

/// 1.4  Neurons that compute AND, NAND and OR of two inputs and NOT of one, each input 0 or 1. Weights found by hand:
/// any that satisfy the truth table will do. [slides, "AND, NAND, OR gate"; lecture 12, "logical functions"]
[[nodiscard]] Perceptron and_gate();
[[nodiscard]] Perceptron nand_gate();
[[nodiscard]] Perceptron or_gate();
[[nodiscard]] Perceptron not_gate();

/// 1.5  One neuron of n inputs, each 0 or 1, that fires when at least k of them are 1. k = 0 always fires, k > n never.
/// [lecture 12, thresholds 1/2 and 3/2]
[[nodiscard]] Perceptron at_least(uword k, uword n);

/// What `learn` returns.
struct Learned {
  Perceptron neuron;
  uword epochs = 0;                 ///< passes over the data that were made
  bool converged = false;           ///< whether the last pass met no mistake
  std::vector<Perceptron> history;  ///< the neuron after each pass; history.size() == epochs
};

/// 1.6  Rosenblatt's rule: pass over the samples in random order, and after each mistake move the neuron towards the
/// answer at once, before the next sample:
///
///   w <- w + rate (y - yhat) x,   b <- b + rate (y - yhat),   yhat = fire(neuron, x)         [textbook, eq. 1.4-1.5]
///
/// until one pass meets no mistake or max_epochs passes are made. X is d x N, y has N entries, 0 or 1. The start is
/// w = 0, b = 0; a pass meets every sample once, in an order that comes from rng. The pass that meets no mistake counts
/// as an epoch; max_epochs = 0 makes no pass and has not converged. Throws std::invalid_argument when X and y differ in
/// samples, when there are no samples, and unless rate > 0.
[[nodiscard]] Learned learn(const mat& X, const rowvec& y, real rate, uword max_epochs, Rng& rng);

}  // namespace nn
