// Lesson 17: many machines learn one network. Each holds the same weights and some of the samples; what they say to
// each other is one message per step, and how that message goes round decides how fast it is.
//
//   one step:   g = sum over r of n_r / N g_r,   W <- W - rate g          [training slides, batches; lecture 12, SG]
//   a message:  T = alpha + beta n                                        [Hockney, 1994]
//   ring:       2 (p - 1) (alpha + beta n / p)                            [Patarasuk and Yuan, 2009]
//   tree:       2 ceil(log2 p) (alpha + beta n)                           [Thakur, Rabenseifner and Gropp, 2005]
//
//   p  ranks, numbered 0 ... p-1: the machines, or processes, that work together     r  one of them
//   N  samples in the whole batch     n_r  those of rank r     g_r  the gradient over them, a mean as in lesson 6
//   n  numbers in a message     alpha  seconds that any message costs     beta  seconds for each number of it
//
//   Range mine = shard(64, rank, ranks);
//   AllReduce sum = [&](const vec& v) { return ring_all_reduce(v, rank, ranks, exchange); };
//   Step step = parallel_step(network, X.cols(mine.begin, mine.end - 1), ..., 0.1, 64, sum);
#pragma once

#include <functional>

#include "nn/training.hpp"

namespace nn {

/// Hands a message to rank `to`. It may wait until that rank receives.
using Send = std::function<void(uword to, const vec& message)>;
/// Waits for the next message of rank `from`. Messages of one rank come in the order in which it sent them.
using Receive = std::function<vec(uword from)>;
/// Sends to one rank and receives from another, both at once, so that it never waits for itself.
using Exchange = std::function<vec(uword to, const vec& message, uword from)>;
/// The sum of what all ranks hand in, the same bits on each. Waits until all have called it.
using AllReduce = std::function<vec(const vec& mine)>;

/// begin, begin + 1, ... end - 1. These columns are X.cols(begin, end - 1); where it is empty, X.head_cols(0).
struct Range {
  uword begin = 0, end = 0;
};
/// 17.1  The part of 0 ... n-1 that belongs to a rank. Parts lie in the order of the ranks without gap or overlap;
/// their sizes differ by at most one, and the longer ones come first. With n < ranks the last ones are empty: both ends
/// are n. Throws std::invalid_argument unless rank < ranks.
[[nodiscard]] Range shard(uword n, uword rank, uword ranks);

/// 17.2  Gradients as one message: the loss, then layer by layer dW, column by column, and db.
[[nodiscard]] vec pack(const Gradients& gradients);
/// 17.2  The gradients of a message; `like` says how many layers there are and of which shape.
/// Throws std::invalid_argument unless the message has 1 + (number of weights and biases of `like`) entries.
[[nodiscard]] Gradients unpack(const vec& message, const Network& like);

/// 17.3  The gradient of a batch from those of its parts: sum of n_r / N g_r, where sizes(r) = n_r and N is their sum;
/// the loss likewise. A part of size 0 is not looked at: it may be anything.
/// Throws std::invalid_argument when parts and sizes differ in number, N is 0, or two parts that count differ in layers
/// or shapes.
[[nodiscard]] Gradients combine(const std::vector<Gradients>& parts, const uvec& sizes);

/// 17.4  The sum over all ranks of `mine`, by a ring. Every rank sends to r + 1 and receives from r - 1, modulo p. The
/// vector is cut into p chunks: chunk c is shard(n, c, p). In step s = 0 ... p-2 rank r sends chunk r - s, and adds
/// what comes to its chunk r - s - 1; chunk r + 1 is then complete. In p - 1 more steps it sends chunk r + 1 - s, and
/// puts what comes in the place of its chunk r - s. All modulo p. Empty chunks are sent, too; one rank alone sends
/// nothing. [Patarasuk and Yuan, 2009]  Throws std::invalid_argument unless rank < ranks.
[[nodiscard]] vec ring_all_reduce(vec mine, uword rank, uword ranks, const Exchange& exchange);

/// 17.5  The same sum, by a tree. Up, for d = 1, 2, 4, ... below p: a rank r whose binary number holds d sends its sum
/// to r - d and is done; any other receives from r + d, if there is such a rank, and adds. Rank 0 then has it all. Down
/// go the same messages turned round, in the opposite order, so that the largest d comes first. Any number of ranks.
/// [Thakur, Rabenseifner and Gropp, 2005]  Throws std::invalid_argument unless rank < ranks.
[[nodiscard]] vec tree_all_reduce(vec mine, uword rank, uword ranks, const Send& send, const Receive& receive);

/// A network after a step.
struct Step {
  Network network;
  real loss = 0;  ///< of the whole batch, before the step
};
/// 17.6  A step of sgd_step (6.7) along the gradient of a batch of `total` samples. X (d x n_r) and T (k x n_r) are
/// this rank's part of it, and `sum` brings together what all ranks found. It is called exactly once, with n_r / total
/// times the own gradient, packed (17.2); a rank without samples hands in zeros. All ranks end with the same network.
/// Throws std::invalid_argument, before `sum` is called, when total is 0 or below n_r, and as backprop does for samples
/// that do not fit.
[[nodiscard]] Step parallel_step(Network network, const mat& X, const mat& T, Loss loss, real rate, uword total,
                                 const AllReduce& sum);

/// What a message costs.
struct Link {
  real alpha = 0;  ///< seconds, however short it is
  real beta = 0;   ///< seconds for each number
};
/// 17.7  The alpha and beta that fit best: numbers(i) numbers took seconds(i). Least squares of the relative errors,
/// (alpha + beta numbers(i)) / seconds(i) - 1, so that a short message counts as much as a long one. [Hockney, 1994]
/// Throws std::invalid_argument when the two differ in length, a time is not above 0, or numbers holds fewer than two
/// different ones.
[[nodiscard]] Link fit_link(const vec& numbers, const vec& seconds);
/// 17.7  How long the ring takes for n numbers: 2 (p - 1) (alpha + beta n / p).
/// Throws std::invalid_argument for 0 ranks.
[[nodiscard]] real ring_seconds(uword ranks, uword n, const Link& link);
/// 17.7  And the tree: 2 ceil(log2 p) (alpha + beta n). Throws std::invalid_argument for 0 ranks.
[[nodiscard]] real tree_seconds(uword ranks, uword n, const Link& link);
/// 17.7  How many ranks, from 1 to `most`, make a step of the whole batch fastest: the slowest rank works on the
/// largest shard of `batch`, per_sample seconds for each sample, and the ring comes on top of it. The smallest of equal
/// ones.
/// Throws std::invalid_argument when `most` is 0.
[[nodiscard]] uword best_ranks(uword most, uword batch, real per_sample, uword n, const Link& link);

/// 17.8  Networks averaged, weight by weight and bias by bias: sum of weights(i) times network i, with the activations
/// of the first. The weights should sum to 1. [Zinkevich and others, 2010]  Throws std::invalid_argument when there are
/// no networks, the counts differ, or two networks differ in layers or shapes.
[[nodiscard]] Network average(const std::vector<Network>& networks, const vec& weights);
/// 17.8  Local SGD: a backprop and sgd_step (lesson 6) for each batch of this rank, on its own; after every `every`-th
/// batch, and after the last one, the network becomes the mean of all ranks' networks: one call of `sum`, with this
/// rank's weights and biases. Every rank has as many batches. Without batches nothing is called. [Stich, 2019]
/// Throws std::invalid_argument when `every` or `ranks` is 0.
[[nodiscard]] Network local_steps(Network network, const std::vector<Batch>& mine, Loss loss, real rate, uword every,
                                  const AllReduce& sum, uword ranks);

/// A vector of which only a few entries are sent.
struct Compressed {
  uvec at;       ///< where they stand, in rising order
  vec values;    ///< what stands there
  vec residual;  ///< all that is not sent, for the next time
};
/// 17.9  Of gradient + residual the k entries that are largest in size, the first of equal ones; the rest is the new
/// residual, with zeros where something is sent. [Lin and others, 2018; Seide and others, 2014]
/// Throws std::invalid_argument when the two differ in length, or k is larger than it.
[[nodiscard]] Compressed top_k(const vec& gradient, const vec& residual, uword k);

}  // namespace nn
