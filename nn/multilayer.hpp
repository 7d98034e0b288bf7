// Lesson 2: what one neuron cannot do, two layers can.
//
//   layer:    Z = W X + b 1',  A = step(Z)          [slides, eq. 7, transposed: there a sample is a row and Y = X W]
//   network:  the output of each layer is the input of the next
//
//   d  inputs     m  units (outputs of a layer)     N  samples     W  m x d     b  m     X  d x N     Z, A  m x N
//
//   Network x = xor_network();
//   forward_steps(x, mat{{0, 0, 1, 1},
//                        {0, 1, 0, 1}});   // {{0, 1, 1, 0}}
#pragma once

#include "nn/perceptron.hpp"
#include "nn/types.hpp"

namespace nn {

/// 2.1  XOR of x1 and x2 (each 0 or 1), composed of the gates of lesson 1: AND(NAND(x1, x2), OR(x1, x2)).
/// [slides, "multilayer perceptron"]
[[nodiscard]] real xor_gate(real x1, real x2);

/// 2.2  One neuron over the three inputs (x1, x2, x1 x2) that computes XOR. [lecture 12; basics, "saving XOR by hand"]
/// The sign that lecture 12 prints for 2 x1 x2 is wrong: try it at (1, 1).
[[nodiscard]] Perceptron xor_by_feature();

/// 2.3  XOR as [(x1 or x2) - (x1 and x2) - 1/2 > 0]. [lecture 12; basics, "OR - AND > 0"]
[[nodiscard]] real xor_or_minus_and(real x1, real x2);

/// 2.4  Z = W X + b 1': every unit of a layer over every sample at once; W is m x d, b has m entries, X is d x N, Z is
/// m x N. [basics, "dense layer"; slides, eq. 7]
/// Throws std::invalid_argument when X's rows or b's entries do not fit W.
[[nodiscard]] mat dense(const mat& W, const vec& b, const mat& X);

/// 2.5  Every layer in turn, each followed by step, whatever its `activation` says; X is d x N, the result has one row
/// for each unit of the last layer. An empty network returns X. [slides, "multilayer perceptron"]
/// Throws std::invalid_argument when a layer's W does not fit what comes before it, or its b does not fit its W.
[[nodiscard]] mat forward_steps(const Network& network, const mat& X);

/// 2.6  XOR as two layers of steps, written as weights: `forward_steps(xor_network(), X)` is 1 x N. Two inputs, any
/// number of hidden units. [slides, "two-layer perceptron"]
[[nodiscard]] Network xor_network();

/// 2.7  XOR as two hidden ReLU units, max(0, z), and one linear unit on top of them; the output is exactly 0 or 1.
/// Two layers: W of 2 x 2 with Activation::relu, W of 1 x 2 with Activation::identity.
/// [textbook, exercise 1.11.1, fig. 1.14]
[[nodiscard]] Network xor_relu_network();

/// 2.8  A two-layer network of steps that computes any Boolean function of n inputs, with any number of hidden units.
/// truth_table has 2^n entries, 0 or 1; entry i is the answer for the inputs x1 ... xn that are the binary digits of i,
/// x1 the most significant: for n = 2 the entries belong to 00, 01, 10, 11.
/// [lecture 12, "a two-layer network in {0,1}^n"]
/// Throws std::invalid_argument unless there are 2^n entries with n >= 1, each 0 or 1.
[[nodiscard]] Network boolean_network(const uvec& truth_table);

/// 2.9  The one layer that does what all `layers` do when nothing stands between them:
///
///   W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2)
///
/// The activations of `layers` are ignored, the result's is identity.
/// [basics, "why depth needs nonlinearity"; textbook, theorem 1.5.1]
/// Throws std::invalid_argument when there are no layers or two do not fit.
[[nodiscard]] Layer collapse(const std::vector<Layer>& layers);

}  // namespace nn
