// Lesson 3: smooth neurons, and the pass through a whole network.
//
//   z = W x + b,   a = phi(z),   and a is the x of the next layer          [slides, eq. 6-8; basics, "neuron"]
//
//   d  inputs     m  units     N  samples     k  classes
//   Z  sums and A  outputs, m x N, one column a sample     alpha  what is left on the left of 0, from 0 to 1
//
// Each function of 3.1 to 3.6 takes its matrix by value, your own copy to work on, and returns one of the same shape.
//
//   mat P = softmax(vec{1, 2, 3});   // 0.0900, 0.2447, 0.6652: a column that sums to one
//   mat Y = forward(network, X);
//   uvec labels = predict(Y);
#pragma once

#include "nn/types.hpp"

namespace nn {

/// 3.1  Entry by entry: 1 where z > 0, else 0. [slides, eq. 5]
[[nodiscard]] mat step(mat Z);
/// 3.1  Entry by entry: -1 where z < 0, 1 where z > 0, and 0 at 0, which the source leaves open. [textbook, eq. 1.1]
[[nodiscard]] mat sign(mat Z);
/// 3.1  Z itself: the activation of a linear unit. [slides, "output layer"]
[[nodiscard]] mat identity(mat Z);

/// 3.2  1 / (1 + exp(-z)), exactly 0 and 1 far out and never NaN for a number. [slides, eq. 6]
[[nodiscard]] mat sigmoid(mat Z);

/// 3.3  2 sigmoid(2 z) - 1: the same curve, twice as tall and twice as steep. [textbook, exercise 1.11.3]
[[nodiscard]] mat tanh(mat Z);

/// 3.4  max(0, z). [basics, "activations"]
[[nodiscard]] mat relu(mat Z);
/// 3.4  z where z > 0, else alpha z. [basics, "activations in practice"]
[[nodiscard]] mat leaky_relu(mat Z, real alpha);
/// 3.4  z where z > 0, else alpha (exp(z) - 1). [basics, "activations in practice"]
[[nodiscard]] mat elu(mat Z, real alpha);
/// 3.4  z kept between -1 and 1. [textbook, section 1.2.1.3]
[[nodiscard]] mat hard_tanh(mat Z);

/// 3.5  The derivative of the sigmoid, from its OUTPUT a: a (1 - a). [textbook, eq. 1.18; basics, "derivatives"]
[[nodiscard]] mat sigmoid_derivative(mat A);
/// 3.5  The derivative of tanh, from its OUTPUT a: 1 - a^2. [textbook, eq. 1.21]
[[nodiscard]] mat tanh_derivative(mat A);
/// 3.5  The derivative of ReLU, from its input z: 1 where z > 0, else 0. At 0, where there is none, this course takes
/// 0. ["basics" leaves it open; the textbook takes 1]
[[nodiscard]] mat relu_derivative(mat Z);
/// 3.5  From its input z: 1 where z > 0, else alpha.
[[nodiscard]] mat leaky_relu_derivative(mat Z, real alpha);
/// 3.5  From its input z: 1 where z > 0, else alpha exp(z).
[[nodiscard]] mat elu_derivative(mat Z, real alpha);
/// 3.5  From its input z: 1 where -1 < z < 1, else 0, at the two corners too.
[[nodiscard]] mat hard_tanh_derivative(mat Z);

/// 3.6  exp(z_j) / sum_k exp(z_k) in each COLUMN: one column is one sample. Columns sum to 1, and entries of +-1000 do
/// no harm: the largest entry of a column may be taken off it first without changing the result.
/// [textbook, eq. 1.12; slides, "output layer"]
[[nodiscard]] mat softmax(mat Z);

/// 3.7  X through every layer: A = phi(W X + b 1'). X is d x N, the result has one row for each unit of the last layer.
/// `activate` (nn/support/activate.hpp) picks phi. An empty network returns X. [slides, "three-layer network"]
/// Throws std::invalid_argument when a layer's W does not fit what comes before it, or its b does not fit its W.
[[nodiscard]] mat forward(const Network& network, const mat& X);

/// 3.8  For each column of Y (k x N) the row of its largest entry, the first of equal ones: N labels. [slides, "MNIST"]
/// Throws std::invalid_argument when Y has no rows.
[[nodiscard]] uvec predict(const mat& Y);

}  // namespace nn
