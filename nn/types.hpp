// The values that every contract speaks of: numbers, matrices, layers, networks.
//
// One column is one sample: X is d x N (d inputs, N samples), a layer of m units has W of m x d and b of m.
#pragma once

#include <armadillo>
#include <vector>

namespace nn {

/// The element type: double, so that gradients can be checked; float where speed is measured (-DNN_FLOAT).
#ifdef NN_FLOAT
using real = float;
#else
using real = double;
#endif

using mat = arma::Mat<real>;
using vec = arma::Col<real>;
using rowvec = arma::Row<real>;
using arma::uvec;
using arma::uword;

/// What a layer does to its weighted sums z. `softmax` works on whole columns, all others entry by entry.
enum class Activation { identity, step, sign, sigmoid, tanh, relu, leaky_relu, elu, hard_tanh, softmax };

/// a = activation(W x + b).
struct Layer {
  mat W;  ///< m x d: row j holds the weights of unit j
  vec b;  ///< m: one bias a unit
  Activation activation = Activation::identity;
};

/// Layers in the order in which a sample passes them.
using Network = std::vector<Layer>;

}  // namespace nn
