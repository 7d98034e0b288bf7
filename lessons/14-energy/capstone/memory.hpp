// Digits as memories, and as what a machine dreams of: what the capstone and the figures share. It calls the contracts
// alone, so it is made of whose bodies it is linked with.
#pragma once

#include "nn/energy.hpp"
#include "nn/training.hpp"

namespace nn {

/// Images as patterns of -1 (paper) and 1 (ink), one column each.
inline mat as_signs(const Dataset& data, const uvec& indices) {
  const mat grey = gather(data, indices).X;
  mat P(size(grey), arma::fill::value(real(-1)));
  P.elem(find(grey > real(100) / 255)).ones();
  return P;
}

/// `each` images of each class, drawn, class after class in turn: 0 ... 9, 0 ... 9, ...
inline uvec some_of_each(const Dataset& data, uword each, Rng& rng) {
  uvec chosen(each * data.classes);
  for (uword c = 0; c < data.classes; ++c) {
    const uvec of_class = find(data.labels == c);
    const uvec drawn = of_class(random_permutation(of_class.n_elem, rng));
    for (uword i = 0; i < each; ++i) chosen(i * data.classes + c) = drawn(i);
  }
  return chosen;
}

/// x with a share of its signs turned.
inline vec damaged(vec x, real share, Rng& rng) {
  const uvec order = random_permutation(x.n_elem, rng);
  for (uword i = 0; i < uword(std::lround(share * real(x.n_elem))); ++i) x(order(i)) *= -1;
  return x;
}

/// The share of the patterns that come back from `flipped` of their signs turned, with at most 4 % of the signs wrong.
inline double found(const mat& W, const mat& P, real flipped, Rng& rng) {
  uword back = 0;
  for (uword k = 0; k < P.n_cols; ++k) {
    const vec s = recall(W, damaged(P.col(k), flipped, rng), rng, 100);
    back += dot(s, P.col(k)) > real(0.92) * real(P.n_rows);
  }
  return double(back) / double(P.n_cols);
}

/// Sigmoid layers of `sizes` over d inputs and a softmax over the classes, from random weights.
inline Network random_layers(uword d, const std::vector<uword>& sizes, uword classes, Rng& rng) {
  Network network;
  for (const uword m : sizes) network.push_back(xavier_init(m, d, Activation::sigmoid, rng)), d = m;
  network.push_back(xavier_init(classes, d, Activation::softmax, rng));
  return network;
}

}  // namespace nn
