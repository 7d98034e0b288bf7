// Lesson 8: your answers. What each function must do stands in nn/generalisation.hpp.
// Put your code where todo(...) stands, then: ./course run 8   or   ctest --preset student -L 08

// Lesson 8, the gap: how well, with how many numbers, why wrong, and what large weights cost.
#include <algorithm>
#include <cmath>

#include "nn/activations.hpp"
#include "nn/generalisation.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Score score(const Network& network, const Dataset& data, const uvec& indices, Loss loss) {
  todo("8.1 score and size");
}

uword parameters(const Network& network) {
  todo("8.1 score and size");
}

BiasVariance bias_variance(const mat& predictions, const rowvec& truth) {
  todo("8.2 bias and variance");
}

real l2_penalty(const Network& network, real lambda) {
  todo("8.3 penalties");
}

Network shrink_weights(Network network, real rate, real lambda) {
  todo("8.3 penalties");
}

}  // namespace nn
