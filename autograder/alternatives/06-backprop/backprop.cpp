// Another complete answer: the deltas by way of dense_backward and the chain rule.
// Good here: one rule, dense_backward, is used for every layer: less to get wrong.
// Good in ours: the deltas alone go back, and memory is used again from batch to batch.
#include "nn/backprop.hpp"

#include "nn/losses.hpp"
#include "nn/support/activate.hpp"

namespace nn {

static void demand(bool fits, const char* what) {
  if (!fits) throw std::invalid_argument(what);
}

Trace forward_trace(const Network& network, const mat& X, Trace) {
  Trace trace;
  mat input = X;
  for (const Layer& layer : network) {
    demand(layer.W.n_cols == input.n_rows && layer.b.n_elem == layer.W.n_rows, "forward_trace: a layer does not fit");
    trace.Z.push_back(layer.W * input + repmat(layer.b, 1, input.n_cols));
    input = activate(layer.activation, trace.Z.back());
    trace.A.push_back(input);
  }
  return trace;
}

mat hidden_delta(const mat& W_above, const mat& delta_above, const mat& A) {
  demand(W_above.n_rows == delta_above.n_rows, "hidden_delta: delta_above does not fit W_above");
  demand(W_above.n_cols == A.n_rows && delta_above.n_cols == A.n_cols, "hidden_delta: A does not fit");
  mat delta = A - A % A;
  for (uword n = 0; n < A.n_cols; ++n)
    for (uword j = 0; j < A.n_rows; ++j) {
      real sum = 0;
      for (uword k = 0; k < W_above.n_rows; ++k) sum += W_above(k, j) * delta_above(k, n);
      delta(j, n) *= sum;
    }
  return delta;
}

real loss_value(Loss loss, const mat& Y, const mat& T) {
  if (loss == Loss::squared) return mean_squared_error(Y, T);
  return loss == Loss::cross_entropy ? cross_entropy(Y, T) : binary_cross_entropy(Y, T);
}

/// dL/dA of the output.
static mat loss_slope(Loss loss, const mat& Y, const mat& T) {
  if (loss == Loss::squared) return mean_squared_error_gradient(Y, T);
  return loss == Loss::cross_entropy ? cross_entropy_gradient(Y, T) : binary_cross_entropy_gradient(Y, T);
}

std::vector<mat> backward_deltas(const Network& network, const Trace& trace, const mat& T, Loss loss,
                                 std::vector<mat>) {
  demand(!network.empty(), "backward_deltas: no layers");
  const Activation last = network.back().activation;
  demand(loss != Loss::cross_entropy || last == Activation::softmax,
         "backward_deltas: cross_entropy goes with softmax");
  demand(loss != Loss::binary_cross_entropy || last == Activation::sigmoid,
         "backward_deltas: binary_cross_entropy goes with sigmoid");
  std::vector<mat> deltas;
  mat dA = loss_slope(loss, trace.A.back(), T);
  for (uword l = network.size(); l-- > 0;) {
    deltas.insert(deltas.begin(), activation_backward(network[l].activation, trace.Z[l], trace.A[l], dA));
    dA = dense_backward(network[l].W, mat(network[l].W.n_cols, dA.n_cols, arma::fill::zeros), deltas.front()).dX;
  }
  return deltas;
}

Gradients backprop(const Network& network, const mat& X, const mat& T, Loss loss) {
  demand(!network.empty(), "backprop: no layers");
  const Trace trace = forward_trace(network, X);
  Gradients g;
  g.loss = loss_value(loss, trace.A.back(), T);
  const std::vector<mat> deltas = backward_deltas(network, trace, T, loss);
  for (uword l = 0; l < network.size(); ++l) {
    const DenseGradients layer = dense_backward(network[l].W, l > 0 ? trace.A[l - 1] : X, deltas[l]);
    g.dW.push_back(layer.dW);
    g.db.push_back(layer.db);
  }
  return g;
}

Network sgd_step(Network network, const Gradients& gradients, real rate) {
  demand(gradients.dW.size() == network.size() && gradients.db.size() == network.size(), "sgd_step: other layers");
  Network next;
  for (const Layer& layer : network) {
    const mat& dW = gradients.dW[next.size()];
    const vec& db = gradients.db[next.size()];
    demand(size(dW) == size(layer.W) && size(db) == size(layer.b), "sgd_step: other shapes");
    next.push_back({layer.W + -rate * dW, layer.b + -rate * db, layer.activation});
  }
  return next;
}

Trained train_full_batch(Network network, const mat& X, const mat& T, Loss loss, real rate, uword steps) {
  std::vector<real> losses;
  for (; steps > 0; --steps) {
    const Gradients g = backprop(network, X, T, loss);
    losses.push_back(g.loss);
    network = sgd_step(network, g, rate);
  }
  losses.push_back(backprop(network, X, T, loss).loss);
  return {network, vec(losses)};
}

}  // namespace nn
