// Lesson 15: how large must a network be? Weights and units that are hardly used can go; where units are missing, new
// ones can be added, one at a time, while something is still wrong.
//
//   pruning:     W <- W . M, where M is 0 for the smallest |w|, and again after every step       [lecture 12]
//   importance:  |incoming weights| |outgoing weights| of a unit
//   candidate:   S = 1/N sum over outputs of |sum over samples of (a - mean a) (r - mean r)|, to be made large
//                                                                                   [Fahlman and Lebiere, 1990]
//   d  inputs     m  units of a layer     N  samples     k  outputs     M  a mask of W's shape     . entry by entry
//   a  what a unit says of each sample     r  the residual, T - Y: what is still wrong, k x N
//
//   auto masks = magnitude_masks(network, 0.9, true);                 // a tenth of the weights stays
//   network = retrain(network, masks, data, batches, options);
//   Grown grown = grow(small, X, T, 24, 100, 0.01, 1, rng);           // one hidden layer, as wide as it must be
#pragma once

#include "nn/training.hpp"

namespace nn {

/// 15.1  For each layer a mask of the shape of its W: 0 for the weights that go, 1 for those that stay. Of n weights
/// floor(share n) go, those of smallest |w|; of equal ones the earlier in memory (column by column) goes first.
/// `everywhere`: n counts the weights of all layers, and they are compared with each other, an earlier layer's before a
/// later one's; otherwise each layer loses its share. Biases are not counted and stay. [lecture 12]
/// Throws std::invalid_argument unless 0 <= share <= 1.
[[nodiscard]] std::vector<mat> magnitude_masks(const Network& network, real share, bool everywhere);
/// 15.1  The network with W . M in every layer. Throws std::invalid_argument when there are more or fewer masks than
/// layers, or one has another shape than its W.
[[nodiscard]] Network masked(Network network, const std::vector<mat>& masks);

/// 15.2  Masks the network; then takes the steps of train_epoch (7.5) with these options, batch after batch, and masks
/// it again after each of them. Without batches it is masked, and that is all.
/// Throws std::invalid_argument as masked and train_epoch do.
[[nodiscard]] Network retrain(Network network, const std::vector<mat>& masks, const Dataset& data,
                              const std::vector<uvec>& batches, const Options& options);

/// 15.3  How much each unit of a layer (0 is the first) can matter: the norm of its weights, without the bias, times
/// the norm of the next layer's weights for it. One entry a unit. [Mozer and Smolensky, 1989, ask the same question]
/// Throws std::invalid_argument unless there is a next layer, and it fits.
[[nodiscard]] vec importance(const Network& network, uword layer);
/// 15.3  Keeps the units `kept` of a layer, in this order, and nothing of the others: unit i of the result is unit
/// kept(i). Throws std::invalid_argument unless there is a next layer and it fits, and when an entry of `kept` is no
/// unit, or stands there twice.
[[nodiscard]] Network remove_units(Network network, uword layer, const uvec& kept);

/// 15.4  The share of the weights, those of all layers together, that are 0; biases do not count.
/// Throws std::invalid_argument when there are no weights.
[[nodiscard]] real zero_share(const Network& network);

/// 15.5  Whether learning has come to rest: not while the mean of the last `window` losses is below the mean of the
/// `window` before by at least the share `least` of that, and not before there are 2 window losses. Where a mean is not
/// a number, it has.
/// [lecture 12, "optimisation of the structure"]  Throws std::invalid_argument when window is 0.
[[nodiscard]] bool settled(const vec& losses, uword window, real least);

/// 15.6  One tanh unit over X (d x N) whose output goes along with, or against, what is still wrong (residual, k x N):
/// `tries` units are drawn, W (1 x d) and then b from N(0, 1) each, and climb for `steps` steps of `rate` along the
/// slope of S. The one of largest S comes back, the first of equal ones. [Fahlman and Lebiere, 1990; lecture 12]
/// Throws std::invalid_argument when X and the residual differ in samples or have none, or tries is 0.
[[nodiscard]] Layer candidate(const mat& X, const mat& residual, uword tries, uword steps, real rate, Rng& rng);
/// 15.6  The network with one unit more in its first layer, the last there; `out` (one entry a unit of the second
/// layer) holds its outgoing weights. With `out` all 0 the network computes what it did.
/// Throws std::invalid_argument unless there are two layers or more, and the unit is one, reads what the first layer
/// reads, has that layer's activation, and fits `out`.
[[nodiscard]] Network add_unit(Network network, const Layer& unit, const vec& out);

/// What has grown.
struct Grown {
  Network network;
  vec losses;  ///< the loss before the first step and after each one
  uvec added;  ///< for each new unit the number of steps that were made before it came
};
/// 15.7  Full-batch steps of `rate` (6.6, 6.7) under binary cross-entropy where the last layer is a sigmoid, cross-
/// entropy where it is a softmax, else squared. Ends as soon as every output is less than 1/2 from its target. Where
/// the losses since the last unit came have settled, `window` and `least` as in 15.5, it ends, too, if the first layer
/// has `most` units or more; if not, candidate(X, T - Y, 8, 100, rate, rng) joins it, listening only: its outgoing
/// weights are 0. [lecture 12]
/// Throws std::invalid_argument unless least > 0 (with 0 it might never end), when there are no layers, and as its
/// parts do.
[[nodiscard]] Grown grow(Network small, const mat& X, const mat& T, uword most, uword window, real least, real rate,
                         Rng& rng);

}  // namespace nn
