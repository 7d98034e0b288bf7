// Lesson 14: networks that run downhill. A state has an energy; a memory is a valley, and a dream a walk among them.
//
//   Hopfield:   E(s) = -1/2 s'W s,  W = P P'/n without its diagonal                 [Hopfield, 1982; textbook, 1.6.3]
//   Boltzmann:  E(v, h) = -b'v - c'h - h'W v,  p(v, h) = exp(-E(v, h)) / Z          [textbook, 1.6.3; Hinton, 2002]
//               F(v) = -log sum over h of exp(-E(v, h)),  so p(v) = exp(-F(v)) / Z
//               slope of log p along W = mean of h v' with the data - mean of h v' in the machine's own dreams
//
//   n  units of a Hopfield network, each -1 or 1        p  patterns, the columns of P (n x p)
//   d  visible, m  hidden units of a machine, each 0 or 1: V is d x N, H is m x N, W is m x d
//
//   mat W = store(P);                                   // a memory of patterns
//   vec found = recall(W, damaged, rng, 100);
//   Rbm machine = train_rbm(start_rbm(V, 100, rng), V, 1, 10, 20, 0.1, rng);
#pragma once

#include "nn/support/random.hpp"
#include "nn/types.hpp"

namespace nn {

/// 14.1  -1/2 s'W s for weights W (n x n) and a state s of n entries. [Hopfield, 1982]
/// Throws std::invalid_argument unless W is square and fits s, and every entry of s is -1 or 1.
[[nodiscard]] real energy(const mat& W, const vec& s);
/// 14.1  P P'/n with zeros on the diagonal, n x n: each pattern digs a valley of its own. [Hopfield, 1982; textbook,
/// 1.6.3]  Without patterns all weights are 0. Throws std::invalid_argument unless every entry of P is -1 or 1.
[[nodiscard]] mat store(const mat& P);

/// 14.2  P P+ with zeros on the diagonal, n x n, where P+ is the pseudo-inverse (arma::pinv): patterns that are alike
/// do not disturb each other. [Personnaz, Guyon and Dreyfus, 1985]
/// Throws std::invalid_argument unless there is a pattern and every entry of P is -1 or 1.
[[nodiscard]] mat store_projection(const mat& P);

/// 14.3  Sweeps over the units, each in the order of a new random_permutation(n, rng). A unit becomes the sign of its
/// sum over j of w_ij s_j, with the others as they are by then; where the sum is 0 it stays. Ends after a sweep in
/// which nothing changed, or after `sweeps` of them. W is symmetric. [Hopfield, 1982; textbook, 1.6.3]
/// Throws std::invalid_argument as energy does.
[[nodiscard]] vec recall(const mat& W, vec s, Rng& rng, uword sweeps);

/// 14.4  How well p random patterns of n units are remembered: the mean of s'x / n over the patterns x, where s is what
/// recall (at most 100 sweeps) makes of x with round(flipped n) of its signs turned. All patterns are drawn first,
/// column by column, an entry is -1 where uniform() < 1/2, else 1; `store` keeps them. Then, pattern by pattern: the
/// first places of a random_permutation(n, rng) are turned, and recalled. [Amit, Gutfreund and Sompolinsky, 1985]
/// Throws std::invalid_argument unless n >= 1, p >= 1 and 0 <= flipped <= 1.
[[nodiscard]] real remembered(uword n, uword p, real flipped, Rng& rng);

/// A restricted Boltzmann machine: every visible unit is connected with every hidden one, and with nothing else. Also
/// what a slope along its numbers is.
struct Rbm {
  mat W;  ///< m x d
  vec b;  ///< d: one bias a visible unit
  vec c;  ///< m: one bias a hidden unit
};
/// 14.5  sigmoid(W V + c 1'), m x N: how likely each hidden unit is 1, when V (d x N, entries 0 ... 1) is seen.
/// Throws std::invalid_argument when V or c does not fit W. [Hinton, 2002]
[[nodiscard]] mat hidden(const Rbm& r, const mat& V);
/// 14.5  sigmoid(W'H + b 1'), d x N: how likely each visible unit is 1, under the hidden units H (m x N).
/// Throws std::invalid_argument when H or b does not fit W.
[[nodiscard]] mat visible(const Rbm& r, const mat& H);
/// 14.5  1 where uniform() < p, else 0, for each p of P: one number an entry, column by column. The shape of P.
[[nodiscard]] mat draw(const mat& P, Rng& rng);

/// 14.6  F(v) = -b'v - sum over hidden units of log(1 + exp(a)), a = W v + c, for each column v of V: N entries.
/// Exact and finite for a = +-1000. Throws std::invalid_argument when V, b or c does not fit W.
[[nodiscard]] rowvec free_energy(const Rbm& r, const mat& V);

/// 14.7  A machine of m hidden units to begin with: W is 1/100 of random_normal(m, d, rng), c is 0, and b the logit
/// log(p / (1 - p)) of each visible unit's mean p over V, kept in 0.01 ... 0.99. [Hinton, 2010]
/// Throws std::invalid_argument when V has no columns.
[[nodiscard]] Rbm start_rbm(const mat& V, uword m, Rng& rng);
/// 14.7  Which way the machine finds the data V more likely, by k turns of dreaming from them: a turn draws H from
/// hidden(V), then V from visible(H). Means over the N samples, hidden(V) standing for H in all three:
///
///   W  h v' of the data - h v' after k turns,     b  v - v after k turns,     c  h - h after k turns
///
/// Throws std::invalid_argument when V has no columns, V, b or c does not fit W, or k is 0. [Hinton, 2002]
[[nodiscard]] Rbm contrastive_divergence(const Rbm& r, const mat& V, uword k, Rng& rng);
/// 14.7  So many epochs over the columns of V: shuffled_batches (7.3) of `size`, and after each batch a step of `rate`
/// uphill, along contrastive_divergence. Throws std::invalid_argument when V has no columns, and as these do.
[[nodiscard]] Rbm train_rbm(Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng& rng);

/// 14.8  Machine upon machine, with sizes(0), sizes(1), ... hidden units: start_rbm, train_rbm with k = 1, and what
/// hidden says of V is what the next one sees. [textbook, 1.4.4 and 1.6.6; Hinton, Osindero and Teh, 2006]
/// Throws std::invalid_argument as these do.
[[nodiscard]] std::vector<Rbm> stack(const mat& V, const std::vector<uword>& sizes, uword epochs, uword size, real rate,
                                     Rng& rng);
/// 14.8  A network that begins where the machines ended: a sigmoid layer of W and c for each, then xavier_init (7.4) of
/// a softmax over the classes. Throws std::invalid_argument when there is no machine, or one does not fit the last.
[[nodiscard]] Network pretrained(const std::vector<Rbm>& machines, uword classes, Rng& rng);

}  // namespace nn
