// What the capstone learns: two networks without labels, and one whose second layer alone asks for them. It calls the
// contracts alone, so it is made of whose bodies it is linked with.
#pragma once

#include "nn/activations.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

/// The first n images of the data, or all where it has fewer.
inline Dataset first_images(const Dataset& data, uword n) {
  n = std::min(n, data.size());
  return {data.images.head_cols(n), data.labels.head(n), data.rows, data.cols, data.classes};
}

/// The mean squared error a pixel.
inline double pixel_error(const mat& Y, const mat& X) { return double(accu(square(Y - X))) / double(X.n_elem); }

/// Through `units` numbers in the middle and back.
inline Network learn_code(const mat& X, uword units, uword epochs, Rng& rng) {
  const Network start = autoencoder({X.n_rows, 128, units, 128, X.n_rows}, Activation::relu, Activation::sigmoid, rng);
  return train_autoencoder(start, X, 0, epochs, 50, real(2e-3), rng);
}

/// From images of which a share of the pixels is noise to clean ones. No narrow middle: noise keeps it from copying.
inline Network learn_to_clean(const mat& X, real noise, uword epochs, Rng& rng) {
  const Network start = {he_init(128, X.n_rows, Activation::relu, rng),
                         xavier_init(X.n_rows, 128, Activation::sigmoid, rng)};
  return train_autoencoder(start, X, noise, epochs, 50, real(2e-3), rng);
}

/// A network of bumps. Where they stand is learned without a teacher, what they say together with one.
struct Bumps {
  mat C;
  real width = 1;
  Layer layer;
};

/// k centres that begin on samples drawn at random.
inline Clusters find_centres(const mat& X, uword k, uword steps, Rng& rng) {
  const uvec drawn = random_permutation(X.n_cols, rng).head(k);
  return k_means(X, X.cols(drawn), steps);
}

inline Bumps learn_bumps(const mat& X, const mat& T, uword k, uword steps, Rng& rng) {
  const mat C = find_centres(X, k, steps, rng).C;
  const real width = rbf_width(C);
  return {C, width, rbf_fit(rbf(C, width, X), T, real(1e-3))};
}

inline uvec read(const Bumps& bumps, const mat& X) {
  return predict(forward({bumps.layer}, rbf(bumps.C, bumps.width, X)));
}

/// The share of these labels that is as it should be.
inline double share_right(const uvec& said, const uvec& labels) {
  return double(accu(said == labels)) / double(labels.n_elem);
}

}  // namespace nn
