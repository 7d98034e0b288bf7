// Lesson 8: what a network has understood, and what it only knows by heart.
//
//   gap:        loss on new samples - loss on the training samples           [slides, "training and test data"]
//   error:      mean squared error = bias^2 + variance                        [textbook, 1.4.1]
//   dropout:    A[l] = phi(Z[l]) . M[l],  M is 1/keep or 0                    [Srivastava and others, 2014]
//   distort:    out(r, c) = image at the place where pixel (r, c) looks       [Simard and others, 2003]
//
//   d  inputs     k  outputs     N, n  samples     R  trainings     . entry by entry
//   Rng  says what is random: the same seed, the same numbers
//
//   Regularisation both{.keep = 0.8, .distortion = Distortion{}};
//   Epoch epoch = regularised_epoch(network, data, shuffled_batches(indices, 32, rng), options, both, rng);
#pragma once

#include <optional>

#include "nn/training.hpp"

namespace nn {

/// How well a network does on some samples.
struct Score {
  real loss = 0;      ///< mean over the samples
  real accuracy = 0;  ///< the fraction that is read correctly
};

/// 8.1  Loss and accuracy over the samples `indices`, each of which counts the same. Works through them in heaps: no
/// copy of the data. [slides, "training and test data"; basics, "overfitting"]
/// Throws std::invalid_argument when there are no indices, or the network does not fit the data.
[[nodiscard]] Score score(const Network& network, const Dataset& data, const uvec& indices, Loss loss);

/// 8.1  How many numbers a training has to find: all weights and all biases.
[[nodiscard]] uword parameters(const Network& network);

/// The two parts of the mean squared error of a method.
struct BiasVariance {
  real bias2 = 0;     ///< how far the mean answer is off, squared: the method is too simple
  real variance = 0;  ///< how far the answers scatter around their mean: the method follows accidents
};

/// 8.2  predictions is R x n: row r holds what the r-th training answers at n points; truth has the right answers.
/// bias2 = mean over points of (mean over trainings - truth)^2, variance = mean over points of the variance over
/// trainings, with 1/R: together they are the mean squared error. [textbook, 1.4.1]
/// Throws std::invalid_argument when truth has not n entries, or R or n is 0.
[[nodiscard]] BiasVariance bias_variance(const mat& predictions, const rowvec& truth);

/// 8.3  lambda/2 times the sum of all squared weights; biases do not count. 7.7's decay is a step down its slope.
/// [textbook, eq. 1.33; basics, "L2"]
[[nodiscard]] real l2_penalty(const Network& network, real lambda);

/// 8.3  Every weight goes by rate * lambda towards 0, and stops there: sign(W) max(|W| - rate lambda, 0). A step
/// against the penalty lambda sum |W|, which makes weights exactly 0; biases are left alone. [textbook, 1.4.1.1, L1]
[[nodiscard]] Network shrink_weights(Network network, real rate, real lambda);

/// 8.4  rows x cols entries: 1/keep with probability keep, else 0; so the mean of each is 1. [textbook, 1.4.1.5;
/// basics, "dropout"]  Throws std::invalid_argument unless 0 < keep <= 1.
[[nodiscard]] mat dropout_mask(uword rows, uword cols, real keep, Rng& rng);

/// A pass with hidden units left out at random.
struct Dropped {
  Trace trace;             ///< A[l] as the next layer saw it, masked
  std::vector<mat> masks;  ///< one for each hidden layer, of the shape of its A
};

/// 8.5  forward_trace with dropout: A[l] = phi(Z[l]) . M[l] in every hidden layer, with a mask of its own; the output
/// layer is whole. [textbook, 1.4.1.5]  Throws std::invalid_argument as forward_trace and dropout_mask do.
[[nodiscard]] Dropped dropout_trace(const Network& network, const mat& X, real keep, Rng& rng);

/// 8.5  dL/dZ of every layer of such a pass, with the masks that it drew: as backward_deltas, but what comes down to a
/// hidden layer goes through its mask first, dZ[l] = ((W[l+1]' dZ[l+1]) . M[l]) . phi'(Z[l]). phi' is taken where the
/// unit stood before the mask, A = keep * trace.A[l]; where the mask is 0 the product is 0 whatever phi' says.
/// Throws std::invalid_argument as backward_deltas does, when there is not one mask for each hidden layer, and for a
/// hidden softmax layer, whose units cannot be left out one by one.
[[nodiscard]] std::vector<mat> dropout_deltas(const Network& network, const Dropped& dropped, const mat& T, Loss loss,
                                              real keep);

/// 8.6  The image between its pixels, at row 0 ... rows-1, column 0 ... cols-1, by linear weights of the four pixels
/// around the place. Outside is 0: half a pixel beyond the edge is half of the edge.
[[nodiscard]] real between(const mat& image, real row, real col);

/// Where each pixel of a new image looks in the old one. Both are rows x cols.
struct Field {
  mat row, col;
};

/// 8.6  The image that the field sees: pixel i is between(image, from.row(i), from.col(i)); it has the field's shape.
/// Throws std::invalid_argument when row and col differ in shape.
[[nodiscard]] mat warp(const mat& image, const Field& from);

/// What may happen to a whole image.
struct Affine {
  real degrees = 0;                         ///< turned, against the clock
  real down = 0, right = 0;                 ///< moved, in pixels
  real stretch_rows = 1, stretch_cols = 1;  ///< 2: all distances to the middle are halved
  real shear = 0;                           ///< pixels to the side for each row below the middle
};

/// 8.6  The field that does so. With the middle r0 = (rows-1)/2, c0 = (cols-1)/2, which may lie between pixels, and
/// y = (r - r0 - down) stretch_rows,  x = (c - c0 - right) stretch_cols + shear (r - r0),  pixel (r, c) looks at
/// row r0 + y cos a + x sin a, column c0 - y sin a + x cos a, where a is the angle in radians.
[[nodiscard]] Field affine_field(uword rows, uword cols, const Affine& affine);

/// 8.7  Displacements that vary smoothly: one random grid x grid matrix for the rows and another for the columns, each
/// entry uniform in -pixels ... pixels, enlarged to rows x cols by `between`, corner on corner. They are to be added to
/// a field. [Simard and others, 2003, with a Gauss filter in place of the grid]
/// Throws std::invalid_argument when grid is below 2, or pixels is negative.
[[nodiscard]] Field elastic_field(uword rows, uword cols, real pixels, uword grid, Rng& rng);

/// How far images are distorted: every number is the most that happens in either direction.
struct Distortion {
  real shift = 2;             ///< pixels, down and right
  real degrees = 15;          ///< turned
  real stretch = real(0.15);  ///< each stretch is 1 - stretch ... 1 + stretch
  real shear = real(0.2);
  real elastic = 2;  ///< pixels, at the points of a grid
  uword grid = 5;
};

/// 8.7  gather, but each image is distorted in a way of its own: an affine field with its six numbers drawn uniformly,
/// plus elastic displacements. T is that of gather; with all numbers 0 so is X, bit for bit. [lecture 12, "heuristics";
/// Simard and others, 2003]  Throws std::invalid_argument as gather and elastic_field do.
[[nodiscard]] Batch gather_distorted(const Dataset& data, const uvec& indices, const Distortion& distortion, Rng& rng);

/// 8.8  As many indices as there are, each drawn from all of them: some come twice or more, a third not at all.
/// [textbook, 1.4.1.5; Breiman, 1996]
[[nodiscard]] uvec bootstrap(const uvec& indices, Rng& rng);

/// 8.8  The mean of the outputs of several networks for X (d x N): k x N. [textbook, 1.4.1.5]
/// Throws std::invalid_argument when there is no network, or their outputs differ in shape.
[[nodiscard]] mat average_output(const std::vector<Network>& networks, const mat& X);

/// What stands against learning by heart, beside Options::weight_decay.
struct Regularisation {
  real keep = 1;                         ///< the probability that a hidden unit stays; 1: no dropout
  std::optional<Distortion> distortion;  ///< none: the images as they are
};

/// 8.9  train_epoch (7.5) with regularisation: gather_distorted in place of gather, dropout_trace and dropout_deltas in
/// place of forward_trace and backward_deltas, each where it is switched on. The running loss is that of what was
/// trained on. With nothing switched on it is train_epoch, bit for bit. Throws std::invalid_argument as they do, and
/// when there are no batches.
[[nodiscard]] Epoch regularised_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches,
                                      const Options& options, const Regularisation& regularisation, Rng& rng,
                                      std::optional<real> running_loss = {});

}  // namespace nn
