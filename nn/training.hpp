// Lesson 7: a mountain of data in small heaps. Mini-batches, a good start, and knowing when to stop.
//
//   for each epoch:  shuffle;  for each batch:  W <- W (1 - rate lambda) - rate dW,  b <- b - rate db
//                                                                        [slides, "mini-batch"; textbook, eq. 1.33]
//   running loss:    Q <- (1 - eta) Q + eta loss_of_batch                [lecture 12, SG]
//
//   d  pixels     k  classes     n  samples in all     size  samples in a batch
//   Rng  says what is random: the same seed, the same weights
//
//   Rng rng(1);
//   Network start = {he_init(100, 784, Activation::relu, rng), he_init(10, 100, Activation::softmax, rng)};
//   Run run = train(start, data, split(data.size(), 0.1, rng), options, rng);
#pragma once

#include <functional>
#include <optional>

#include "nn/backprop.hpp"
#include "nn/support/dataset.hpp"
#include "nn/support/random.hpp"

namespace nn {

/// 7.1  Bytes 0 ... 255 to numbers 0 ... 1, d x N to d x N.
[[nodiscard]] mat scale_pixels(const bytes& images);

/// Samples as a network takes them.
struct Batch {
  mat X;  ///< d x size, pixels 0 ... 1
  mat T;  ///< k x size, one-hot
};

/// 7.1  The samples `indices` of the data, scaled and one-hot: column j is sample indices(j). Without indices X is d x
/// 0 and T is k x 0. Hand in an earlier batch and its memory is used again, whatever was in it: X then costs one pass
/// over the chosen bytes and no allocation. Throws std::invalid_argument when an index is not below data.size().
[[nodiscard]] Batch gather(const Dataset& data, const uvec& indices, Batch reuse = {});

/// Two disjoint sets of indices that together are 0 ... n-1.
struct Split {
  uvec train, held_out;
};

/// 7.2  Holds out round(fraction n) of n samples, chosen at random. [slides, "training and test data"; basics,
/// "overfitting"]  Throws std::invalid_argument unless 0 <= fraction < 1 and at least one sample is left for training.
[[nodiscard]] Split split(uword n, real fraction, Rng& rng);

/// 7.3  The entries of `indices` in random order, cut into batches of `size`; the last one is shorter when size does
/// not divide them. Every index is in exactly one batch; without indices there is no batch. [slides, "mini-batch";
/// training slides]  Throws std::invalid_argument when size is 0.
[[nodiscard]] std::vector<uvec> shuffled_batches(const uvec& indices, uword size, Rng& rng);

/// 7.4  A layer of m units over d inputs: normal weights of variance 2/d, W ~ N(0, 2/d), and b = 0, the start for ReLU.
/// [He and others, 2015; lecture 12 counts the initialisation among its heuristics]
[[nodiscard]] Layer he_init(uword m, uword d, Activation activation, Rng& rng);
/// 7.4  W ~ N(0, 2/(d + m)) and b = 0, the start for sigmoid and tanh. [Glorot and Bengio, 2010]
[[nodiscard]] Layer xavier_init(uword m, uword d, Activation activation, Rng& rng);

/// 7.5  One mini-batch step straight from the deltas: W <- W - rate dZ X', b <- b - rate (row sums of dZ) in every
/// layer, where X is the layer's input. The matrix dW is never made: the product is added into W. [training slides,
/// dw_ji = eps delta_j a_i]
[[nodiscard]] Network descend(Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas,
                              real rate);

/// What one pass over the data leaves.
struct Epoch {
  Network network;
  real running_loss = 0;  ///< Q after the last batch
};

/// How to train.
struct Options {
  Loss loss = Loss::cross_entropy;
  uword epochs = 10;
  uword batch_size = 100;
  real rate = real(0.1);  ///< the learning rate, alpha in lecture 12
  real weight_decay = 0;  ///< lambda of 7.7; 0 leaves the weights alone
  real eta = real(0.01);  ///< how fast the running loss forgets
  uword patience = 0;     ///< stop after so many epochs in a row without a better held-out accuracy; 0: never
};

/// 7.5  One pass over `batches`, in their order: gather, forward_trace, backward_deltas, decay_weights, descend. Loss
/// and deltas are those of the weights before the batch's own decay and step. The running loss goes on from
/// `running_loss`, or starts at the first batch's loss. [lecture 12, SG]  Throws std::invalid_argument when there are
/// no batches.
[[nodiscard]] Epoch train_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches,
                                const Options& options, std::optional<real> running_loss = {});

/// 7.6  The fraction of the samples `indices` whose label the network predicts. Works through them in heaps: no copy of
/// the data. Throws std::invalid_argument when there are no indices.
[[nodiscard]] real accuracy(const Network& network, const Dataset& data, const uvec& indices);

/// 7.6  classes x classes: entry (i, j) counts the samples of class i that were taken for j.
/// Throws std::invalid_argument when sizes differ or a label is no class.
[[nodiscard]] arma::umat confusion_matrix(const uvec& labels, const uvec& predicted, uword classes);

/// 7.7  W (1 - rate lambda) in every layer; biases are left alone. [textbook, eq. 1.33; lecture 12, "weight decay"]
[[nodiscard]] Network decay_weights(Network network, real rate, real lambda);

/// One line of the history of a training.
struct Progress {
  uword epoch = 0;             ///< 1, 2, ...
  real running_loss = 0;       ///< Q
  real train_accuracy = 0;     ///< over the first 10,000 training indices at most
  real held_out_accuracy = 0;  ///< 0 with nothing held out
};

/// A finished training.
struct Run {
  Network network;                ///< as it was after the epoch with the best held-out accuracy
  uword best_epoch = 0;           ///< that epoch; the first of equal ones
  std::vector<Progress> history;  ///< one entry an epoch
};

/// 7.8  Epoch after epoch over the training indices of `parts`, shuffled anew for each, until options.epochs are made,
/// the held-out accuracy has not improved for options.patience epochs in a row, or `watch` (called after each epoch)
/// returns false. Never looks at test data. The same seed gives the same weights, bit for bit. [lecture 12, SG; basics
/// and textbook 1.4.1.3, early stopping]
/// With nothing held out the last epoch counts as the best and patience is ignored. With options.epochs = 0 the network
/// is the one that was handed in, and best_epoch is 0.
[[nodiscard]] Run train(Network network, const Dataset& data, const Split& parts, const Options& options, Rng& rng,
                        const std::function<bool(const Progress&)>& watch = {});

}  // namespace nn
