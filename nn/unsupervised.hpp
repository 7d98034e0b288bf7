// Lesson 13: what there is to learn when nobody says what is right. Centres that stand for many samples, directions in
// which the samples differ, and networks whose target is their own input.
//
//   k-means:     each sample goes to its nearest centre, each centre to the mean of its samples  [Lloyd, 1982]
//   bump:        phi(x) = exp(-|x - c|^2 / (2 width^2))                            [textbook, 1.6.2]
//   components:  x ~ mean + U U' (x - mean), U the k directions of largest variance [textbook, Fig. 1.12]
//   code:        h = encode(x), y = decode(h), and y shall be x                     [textbook, 1.2.2]
//
//   d  numbers of a sample     N  samples     k  centres, or numbers that are kept     C  d x k, one column a centre
//   X  d x N, one column a sample     ' transposed
//
//   Clusters clusters = k_means(X, X.cols(random_permutation(X.n_cols, rng).head(30)), 10);
//   mat Phi = rbf(clusters.C, rbf_width(clusters.C), X);     // 30 x N
//   mat Y = reconstruct(principal_components(X, 32), X);     // the same samples, from 32 numbers each
#pragma once

#include "nn/optimisers.hpp"

namespace nn {

/// 13.1  Squared distances, k x N: entry (j, n) is |C.col(j) - X.col(n)|^2, never below 0.
/// Throws std::invalid_argument when C and X differ in rows.
[[nodiscard]] mat distances(const mat& C, const mat& X);
/// 13.1  For each sample the number of its nearest centre, the first of equal ones: N entries.
/// Throws std::invalid_argument as distances does, and when there is no centre.
[[nodiscard]] uvec nearest(const mat& C, const mat& X);

/// 13.2  For each sample x in `order`, one after another, the nearest centre c alone moves: c <- c + rate (x - c).
/// `order` holds columns of X. [training slides, "kinds of training"; Rumelhart and Zipser, 1985]
/// Throws std::invalid_argument as nearest does, and when an entry of `order` is no column of X.
[[nodiscard]] mat compete(mat C, const mat& X, const uvec& order, real rate);

/// Centres, and how well they stood for the samples.
struct Clusters {
  mat C;  ///< d x k
  vec J;  ///< mean squared distance of a sample to its nearest centre: at the start, then after each step
};
/// 13.3  From the centres C: in each step every centre moves to the mean of the samples to which it is the nearest; one
/// that is nearest to none stays. Makes `steps` steps, or fewer: it ends after the first step that leaves every sample
/// with the centre it had. [Lloyd, 1982]
/// Throws std::invalid_argument as nearest does, and when there is no sample.
[[nodiscard]] Clusters k_means(const mat& X, mat C, uword steps);

/// 13.4  A width for bumps at the centres C: the root of the mean squared distance from a centre to its nearest other
/// one. Throws std::invalid_argument when there are fewer than two.
[[nodiscard]] real rbf_width(const mat& C);
/// 13.4  How near each sample is to each centre, k x N: exp(-|c - x|^2 / (2 width^2)). [textbook, 1.6.2]
/// Throws std::invalid_argument as distances does, and unless width > 0.
[[nodiscard]] mat rbf(const mat& C, real width, const mat& X);
/// 13.4  Which share of all ways to label n points, with two labels, one neuron without a bias can learn, when the
/// points have d coordinates and lie in general position: 2^(1-n) times the sum over i = 0 ... d-1 of n-1 over i.
/// (A bias is one more coordinate.) [Cover, 1965; textbook, 1.6.2]
/// Throws std::invalid_argument when n or d is 0.
[[nodiscard]] real separable_share(uword n, uword d);

/// 13.5  The linear layer that answers T (m x N) best when it reads Phi (k x N): W (m x k) and b make
/// sum of (W Phi + b - T)^2 + ridge * sum of W^2 smallest. arma::solve may be used. [textbook, 1.6.2]
/// Throws std::invalid_argument when Phi and T differ in columns or have none, and unless ridge >= 0.
[[nodiscard]] Layer rbf_fit(const mat& Phi, const mat& T, real ridge);

/// Directions in which samples differ most.
struct Components {
  vec mean;   ///< d: of all samples
  mat U;      ///< d x k: one column a direction, orthonormal, the one of largest variance first; any signs
  vec share;  ///< k: which part of the whole variance each direction holds; 0 where all samples are equal
};
/// 13.6  The first k principal components of X. arma::svd_econ or arma::eig_sym may be used.
/// [textbook, 1.2.2, Fig. 1.12]
/// Throws std::invalid_argument unless k is at least 1 and at most the smaller of d and N.
[[nodiscard]] Components principal_components(const mat& X, uword k);
/// 13.6  What is left of X when k numbers of each sample are kept: mean + U U' (x - mean), with the mean that the
/// components hold. Throws std::invalid_argument when X does not fit them.
[[nodiscard]] mat reconstruct(const Components& components, const mat& X);

/// 13.7  A network of sizes[0] inputs and sizes[l] units in layer l = 1, 2, ... The narrowest hidden layer, the first
/// of equal ones, holds the code and is linear; the last layer has the activation `output`, all others have `hidden`.
/// Weights are drawn layer by layer, from xavier_init for code and output, from he_init for the others (7.4).
/// [textbook, 1.2.2]
/// Throws std::invalid_argument unless there are at least three sizes, none is 0 and the last equals the first.
[[nodiscard]] Network autoencoder(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng);
/// 13.7  What the first `code` layers say of X. Throws std::invalid_argument when there are fewer, or X does not fit.
[[nodiscard]] mat encode(const Network& network, uword code, const mat& X);
/// 13.7  What the layers after the first `code` make of H: decode(encode(X)) is forward(X).
/// Throws std::invalid_argument as encode does.
[[nodiscard]] mat decode(const Network& network, uword code, const mat& H);

/// 13.8  Entry after entry, in the order of the memory: with the chance `share` it is replaced by noise, uniform in
/// [0, 1). Draws rng.uniform() for each entry, and once more for each that is hit: its new value.
/// Throws std::invalid_argument unless 0 <= share <= 1. [Vincent and others, 2008]
[[nodiscard]] mat corrupt(mat X, real share, Rng& rng);
/// 13.8  Teaches the network to answer X when it reads corrupt(X, noise, rng). Each epoch shuffles the samples into
/// batches of `size` (7.3); each batch is corrupted anew and makes one step of Adam (9.4, its numbers those of Method).
/// The loss is binary cross-entropy where the last layer is a sigmoid, else squared.
/// Throws std::invalid_argument as its parts do.
[[nodiscard]] Network train_autoencoder(Network network, const mat& X, real noise, uword epochs, uword size, real rate,
                                        Rng& rng);

}  // namespace nn
