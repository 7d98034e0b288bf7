// Lesson 4: how wrong is the network? One number, and its gradient.
//
//   k  classes (rows)     N  samples (columns)
//   Y  outputs     P  probabilities     Z  logits, before softmax     T  targets; all k x N
//   z  scores and y  labels, -1 or +1, N of each
//
// For classes each column of T is one-hot, or holds shares that sum to 1.
// Every loss is the mean over the N samples, and so is its gradient. log is the natural logarithm.
// Losses and gradients throw std::invalid_argument when their two arguments differ in shape or are empty:
// nn/support/shape.hpp has the checks.
//
//   mat T = one_hot({2, 0}, 3);
//   real E = cross_entropy(softmax(Z), T);
//   mat dZ = softmax_cross_entropy_gradient(Z, T);   // (P - T) / N
#pragma once

#include "nn/types.hpp"

namespace nn {

/// 4.1  1/N sum over samples of 1/2 sum_k (y - t)^2. [slides, "loss functions"; training slides, E]
[[nodiscard]] real mean_squared_error(const mat& Y, const mat& T);

/// 4.2  The fraction of samples whose largest entry of Y is in another row than that of T; of equal entries the first
/// counts. [slides, "choosing a loss"]
[[nodiscard]] real classification_error(const mat& Y, const mat& T);

/// 4.3  classes x N, zero but for a one in row labels(j) of column j; classes x 0 when there are no labels.
/// Throws std::invalid_argument when a label is not below `classes`. [slides, "loss functions"]
[[nodiscard]] mat one_hot(const uvec& labels, uword classes);

/// 4.4  1/N sum over samples of -sum_k t log p. Finite even where p = 0: there a tiny number takes the place of p.
/// [slides, "loss functions"; textbook, eq. 1.15]
[[nodiscard]] real cross_entropy(const mat& P, const mat& T);

/// 4.5  1/N sum over samples of -sum_k (t log p + (1 - t) log(1 - p)). Finite even where p is 0 or 1.
/// [basics, "typical losses"]
[[nodiscard]] real binary_cross_entropy(const mat& P, const mat& T);

/// 4.6  cross_entropy(softmax(Z), T) computed from the logits: 1/N sum over samples of
/// -sum_k t (z_k - log sum_j exp z_j), exact and finite for entries of +-1000. [textbook, eq. 1.12 with 1.15]
[[nodiscard]] real softmax_cross_entropy(const mat& Z, const mat& T);

/// 4.6  1/N sum of log(1 + exp(-y z)), exact and finite for |z| = 1000. [textbook, eq. 1.14]
[[nodiscard]] real logistic_loss(const rowvec& z, const rowvec& y);

/// 4.7  1/N sum of max(0, 1 - y z): right is not enough, it must be right by a margin of 1. [textbook, eq. 1.9]
[[nodiscard]] real hinge(const rowvec& z, const rowvec& y);

/// 4.7  1/N sum of max(0, -y z): what Rosenblatt's rule descends. [textbook, eq. 1.8]
[[nodiscard]] real perceptron_criterion(const rowvec& z, const rowvec& y);

/// 4.8  The gradient of each loss with respect to its first argument, and of the shape of that.
[[nodiscard]] mat mean_squared_error_gradient(const mat& Y, const mat& T);
[[nodiscard]] mat cross_entropy_gradient(const mat& P, const mat& T);           ///< finite even where p = 0
[[nodiscard]] mat binary_cross_entropy_gradient(const mat& P, const mat& T);    ///< finite even where p is 0 or 1
[[nodiscard]] mat softmax_cross_entropy_gradient(const mat& Z, const mat& T);   ///< (softmax(Z) - T) / N
[[nodiscard]] rowvec logistic_loss_gradient(const rowvec& z, const rowvec& y);  ///< finite for |z| = 1000
[[nodiscard]] rowvec hinge_gradient(const rowvec& z, const rowvec& y);          ///< 0 at the kink y z = 1
[[nodiscard]] rowvec perceptron_criterion_gradient(const rowvec& z, const rowvec& y);  ///< 0 at the kink y z = 0

}  // namespace nn
