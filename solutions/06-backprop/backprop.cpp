// Lesson 6, the whole network: forward with everything kept, back layer by layer, a step downhill.
#include "nn/backprop.hpp"

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Trace forward_trace(const Network& network, const mat& X, Trace reuse) {
  //> 6.4
  reuse.Z.resize(network.size());
  reuse.A.resize(network.size());
  for (uword l = 0; l < network.size(); ++l) {
    const auto& [W, b, phi] = network[l];
    const mat& input = l == 0 ? X : reuse.A[l - 1];
    mat &Z = reuse.Z[l], &A = reuse.A[l];
    require_shape(input.n_rows, W.n_cols, "forward_trace", "the input", "rows", "columns of W");
    require_shape(b.n_elem, W.n_rows, "forward_trace", "b", "entries", "rows of W");
    Z.set_size(W.n_rows, input.n_cols);
    Z.each_col() = b;
    Z += W * input;  // dense(W, b, input) in Z's own memory
    A = Z;
    A = activate(phi, std::move(A));
  }
  return reuse;
  //<
}

mat hidden_delta(const mat& W_above, const mat& delta_above, const mat& A) {
  //> 6.5
  require_shape(delta_above.n_rows, W_above.n_rows, "hidden_delta", "delta_above", "rows", "rows of W_above");
  require_shape(A.n_rows, W_above.n_cols, "hidden_delta", "A", "rows", "columns of W_above");
  require_shape(A.n_cols, delta_above.n_cols, "hidden_delta", "A", "columns", "columns of delta_above");
  return (W_above.t() * delta_above) % A % (1 - A);
  //<
}

real loss_value(Loss loss, const mat& Y, const mat& T) {
  //> 6.6
  switch (loss) {
    case Loss::squared: return mean_squared_error(Y, T);
    case Loss::cross_entropy: return cross_entropy(Y, T);
    case Loss::binary_cross_entropy: return binary_cross_entropy(Y, T);
  }
  throw std::invalid_argument("loss_value: unknown loss");
  //<
}

std::vector<mat> backward_deltas(const Network& network, const Trace& trace, const mat& T, Loss loss,
                                 std::vector<mat> reuse) {
  //> 6.6
  require(!network.empty(), "backward_deltas", "the network has no layers");
  const uword last = network.size() - 1;
  const Activation output = network[last].activation;
  require(loss != Loss::cross_entropy || output == Activation::softmax, "backward_deltas",
          "cross_entropy needs a softmax output");
  require(loss != Loss::binary_cross_entropy || output == Activation::sigmoid, "backward_deltas",
          "binary_cross_entropy needs a sigmoid output");
  require_same_shape(T, trace.A[last], "backward_deltas", "T", "the output");
  reuse.resize(network.size());
  std::vector<mat>& dZ = reuse;
  dZ[last] = (trace.A[last] - T) / T.n_cols;
  if (loss == Loss::squared) dZ[last] = activation_backward(output, trace.Z[last], trace.A[last], std::move(dZ[last]));
  for (uword l = last; l-- > 0;) {
    dZ[l] = network[l + 1].W.t() * dZ[l + 1];
    dZ[l] = activation_backward(network[l].activation, trace.Z[l], trace.A[l], std::move(dZ[l]));
  }
  return reuse;
  //<
}

Gradients backprop(const Network& network, const mat& X, const mat& T, Loss loss) {
  //> 6.6
  const Trace trace = forward_trace(network, X);
  const std::vector<mat> dZ = backward_deltas(network, trace, T, loss);
  Gradients g{loss_value(loss, trace.A.back(), T), {}, {}};
  for (uword l = 0; l < network.size(); ++l) {
    g.dW.push_back(dZ[l] * (l == 0 ? X : trace.A[l - 1]).t());
    g.db.push_back(sum(dZ[l], 1));
  }
  return g;
  //<
}

Network sgd_step(Network network, const Gradients& gradients, real rate) {
  //> 6.7
  require_shape(gradients.dW.size(), network.size(), "sgd_step", "dW", "layers", "layers of the network");
  require_shape(gradients.db.size(), network.size(), "sgd_step", "db", "layers", "layers of the network");
  for (uword l = 0; l < network.size(); ++l) {
    require(size(gradients.dW[l]) == size(network[l].W) && size(gradients.db[l]) == size(network[l].b), "sgd_step",
            "the gradients of layer " + std::to_string(l) + " have other shapes than its W and b");
    network[l].W -= rate * gradients.dW[l];
    network[l].b -= rate * gradients.db[l];
  }
  return network;
  //<
}

Trained train_full_batch(Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps) {
  //> 6.8
  vec losses(steps + 1);
  for (uword t = 0; t < steps; ++t) {
    const Gradients g = backprop(network, X, T, loss);
    losses(t) = g.loss;
    network = sgd_step(std::move(network), g, rate);
  }
  losses(steps) = loss_value(loss, forward(network, X), T);
  return {network, losses};
  //<
}

}  // namespace nn
