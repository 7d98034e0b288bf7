// From a layer's `activation` to the function of lesson 3 that it names. The slopes on the left of 0 are fixed here.
#pragma once

#include <utility>

#include "nn/activations.hpp"

namespace nn {

inline constexpr real leaky_relu_alpha = real(0.01);
inline constexpr real elu_alpha = 1;

/// phi(Z): Z and the result are m x N. Move Z in and its memory comes back in the result.
inline mat activate(Activation phi, mat Z) {
  switch (phi) {
    case Activation::identity: return identity(std::move(Z));
    case Activation::step: return step(std::move(Z));
    case Activation::sign: return sign(std::move(Z));
    case Activation::sigmoid: return sigmoid(std::move(Z));
    case Activation::tanh: return tanh(std::move(Z));
    case Activation::relu: return relu(std::move(Z));
    case Activation::leaky_relu: return leaky_relu(std::move(Z), leaky_relu_alpha);
    case Activation::elu: return elu(std::move(Z), elu_alpha);
    case Activation::hard_tanh: return hard_tanh(std::move(Z));
    case Activation::softmax: return softmax(std::move(Z));
  }
  throw std::invalid_argument("activate: unknown activation");
}

}  // namespace nn
