// Lesson 6: all gradients in one pass, from the loss back to the input.
//
//   forward:   Z = W X + b 1',  A = phi(Z)          layer after layer, keeping every Z and A
//   backward:  dZ = dA . phi'(Z),   dW = dZ X',   db = sum of dZ over samples,   dX = W' dZ
//                                             [basics, "backprop for dense"; slides, "backprop rules", transposed]
//   d  inputs     m  units     N  samples     k  outputs     . entry by entry     ' transposed
//   W, dW  m x d     b, db  m     X, dX  d x N     Z, A, dZ, dA  m x N     T  targets, k x N
//
// dV stands for dL/dV, the gradient of the loss L, and has the shape of V. L is a mean over samples: 1/N comes in once,
// with the gradient of the loss.
//
//   Gradients g = backprop(network, X, T, Loss::cross_entropy);
//   network = sgd_step(network, g, 0.1);
#pragma once

#include "nn/numerical_gradient.hpp"
#include "nn/types.hpp"

namespace nn {

/// The slopes along the two inputs of a node of the graph.
struct Slopes {
  real dx = 0, dy = 0;
};

/// 6.1  Backward through x + y, when the slope above is d: both inputs get d. [basics, "local derivatives"; slides,
/// "backprop rules"]
[[nodiscard]] Slopes add_backward(real d);
/// 6.1  Backward through x * y, when the slope above is d: each input gets d times the other. [basics, "local
/// derivatives"]
[[nodiscard]] Slopes multiply_backward(real x, real y, real d);

/// The gradients of a dense layer.
struct DenseGradients {
  mat dW;  ///< m x d
  vec db;  ///< m
  mat dX;  ///< d x N
};

/// 6.2  Backward through Z = W X + b 1': dW = dZ X', db = the row sums of dZ, dX = W' dZ. [basics, "backprop
/// for dense"; slides]  Throws std::invalid_argument when X or dZ does not fit W, or they differ in samples.
[[nodiscard]] DenseGradients dense_backward(const mat& W, const mat& X, const mat& dZ);

/// 6.3  Backward through A = phi(Z): dZ = dA . phi'(Z), entry by entry; some derivatives come from Z, some from A
/// (lesson 3), and alpha is leaky_relu_alpha or elu_alpha (nn/support/activate.hpp). For softmax, where every output
/// depends on the whole column, dZ = A . (dA - 1 s), s = the column sums of dA . A. step and sign are flat: dZ = 0.
/// Move dA in and its memory comes back. [basics, "backprop for dense"]
/// Throws std::invalid_argument when shapes differ.
[[nodiscard]] mat activation_backward(Activation phi, const mat& Z, const mat& A, mat dA);

/// What a pass leaves behind at every layer.
struct Trace {
  std::vector<mat> Z;  ///< Z[l]: weighted sums of layer l
  std::vector<mat> A;  ///< A[l] = phi(Z[l]); A.back() is the network's output
};

/// 6.4  X (d x N) through the network, keeping every Z and A. Hand in the trace of an earlier pass and its memory is
/// used again; nothing else of it counts. An empty network leaves an empty trace. [basics, "computational graph"]
/// Throws std::invalid_argument when a layer does not fit what comes before it.
[[nodiscard]] Trace forward_trace(const Network& network, const mat& X, Trace reuse = {});

/// 6.5  The error of a hidden sigmoid layer from that of the layer above: delta_j = (sum_k delta_k w_kj) a_j (1 - a_j)
/// for each sample. W_above is k x m, delta_above k x N, A (this layer's outputs) m x N, the result m x N. [training
/// slides, delta_j; lecture 12, "error on the hidden layer"]  Throws std::invalid_argument when they do not fit.
[[nodiscard]] mat hidden_delta(const mat& W_above, const mat& delta_above, const mat& A);

/// What the network is trained to make small; each is a mean over samples (lesson 4).
enum class Loss {
  squared,               ///< mean_squared_error, under any last activation
  cross_entropy,         ///< of softmax: the last activation must be softmax, and each column of T sums to 1
  binary_cross_entropy,  ///< of sigmoid: the last activation must be sigmoid
};

/// 6.6  The value of `loss` for the network's output Y (k x N) and targets T (k x N). Y has been through its
/// activation. Throws std::invalid_argument when they differ in shape or hold no sample.
[[nodiscard]] real loss_value(Loss loss, const mat& Y, const mat& T);

/// 6.6  dL/dZ of every layer, deltas[l] of the shape of Z[l]. At the output (A - T) / N for both cross-entropies, whose
/// activation cancels; for `squared` (A - T) / N is dA, and goes back through the activation (6.3). Then layer by layer
/// dZ[l] = (W[l+1]' dZ[l+1]) . phi'(Z[l]). [textbook, eq. 1.26; training slides, delta_k and delta_j]
/// Hand in earlier deltas and their memory is used again; nothing else of them counts.
/// Throws std::invalid_argument when there are no layers, T does not fit the output, or the last activation does not go
/// with the loss.
[[nodiscard]] std::vector<mat> backward_deltas(const Network& network, const Trace& trace, const mat& T, Loss loss,
                                               std::vector<mat> reuse = {});

/// The loss and its gradient along every weight and bias.
struct Gradients {
  real loss = 0;
  std::vector<mat> dW;  ///< dW[l] has the shape of network[l].W
  std::vector<vec> db;  ///< db[l] has the shape of network[l].b
};

/// 6.6  Forward, then backward: loss and gradients for X (d x N) and T (k x N). It costs a few forward passes, however
/// many weights there are.
/// Throws std::invalid_argument as forward_trace and backward_deltas do, and for an empty network or no samples.
[[nodiscard]] Gradients backprop(const Network& network, const mat& X, const mat& T, Loss loss);

/// 6.7  One step downhill: W - rate dW, b - rate db in every layer. [slides, "learning rate"]
/// Throws std::invalid_argument when the gradients do not fit the network.
[[nodiscard]] Network sgd_step(Network network, const Gradients& gradients, real rate);

/// 6.8  `steps` times backprop over all samples at once and sgd_step. losses(0) is the loss before the first step,
/// losses(steps) that after the last. [slides, "full batch"]
/// Throws std::invalid_argument when X or T does not fit the network, or there is no sample.
[[nodiscard]] Trained train_full_batch(Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps);

}  // namespace nn
