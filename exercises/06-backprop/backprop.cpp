// Lesson 6: your answers. What each function must do stands in nn/backprop.hpp.
// Put your code where todo(...) stands, then: ./course run 6   or   ctest --preset student -L 06

#include "nn/backprop.hpp"

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Slopes add_backward(real d) {
  todo("6.1 add and multiply backward");
}

Slopes multiply_backward(real x, real y, real d) {
  todo("6.1 add and multiply backward");
}

DenseGradients dense_backward(const mat& W, const mat& X, const mat& dZ) {
  todo("6.2 dense backward");
}

mat activation_backward(Activation phi, const mat& Z, const mat& A, mat dA) {
  todo("6.3 activation backward");
}

Trace forward_trace(const Network& network, const mat& X, Trace reuse) {
  todo("6.4 forward trace");
}

mat hidden_delta(const mat& W_above, const mat& delta_above, const mat& A) {
  todo("6.5 hidden delta");
}

real loss_value(Loss loss, const mat& Y, const mat& T) {
  todo("6.6 backprop");
}

std::vector<mat> backward_deltas(const Network& network, const Trace& trace, const mat& T, Loss loss,
                                 std::vector<mat> reuse) {
  todo("6.6 backprop");
}

Gradients backprop(const Network& network, const mat& X, const mat& T, Loss loss) {
  todo("6.6 backprop");
}

Network sgd_step(Network network, const Gradients& gradients, real rate) {
  todo("6.7 SGD step");
}

Trained train_full_batch(Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps) {
  todo("6.8 train on the full batch");
}

}  // namespace nn
