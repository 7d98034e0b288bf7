// Lesson 9: your answers. What each function must do stands in nn/optimisers.hpp.
// Put your code where todo(...) stands, then: ./course run 9   or   ctest --preset student -L 09

// Lesson 9, depth: what becomes of slopes on their way back, and layers that keep them alive.
#include <cmath>

#include "nn/optimisers.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

vec slope_norms(const Network& network, const mat& X, const mat& T, Loss loss) {
  todo("9.6 look inside");
}

uvec dead_units(const Network& network, const mat& X) {
  todo("9.6 look inside");
}

Scaling scaling_of(const mat& X) {
  todo("9.6 look inside");
}

mat standardise(mat X, const Scaling& scaling) {
  todo("9.6 look inside");
}

Normalised batch_norm(const mat& Z, const vec& gamma, const vec& beta, real epsilon) {
  todo("9.7 batch normalisation");
}

NormGradients batch_norm_backward(const Normalised& normalised, const vec& gamma, const mat& dY, real epsilon) {
  todo("9.7 batch normalisation");
}

Layer fold_norm(Layer layer, const vec& gamma, const vec& beta, const vec& mean, const vec& variance, real epsilon) {
  todo("9.7 batch normalisation");
}

}  // namespace nn
