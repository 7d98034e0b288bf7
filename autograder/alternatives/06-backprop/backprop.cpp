// Another complete answer: loops for products, slopes from z alone, and the deltas by way of dense_backward and the
// chain rule.
#include "nn/backprop.hpp"

#include <cmath>

#include "nn/activations.hpp"
#include "nn/losses.hpp"
#include "nn/support/activate.hpp"

namespace nn {

static void insist(bool fits, const char* what) {
  if (!fits) throw std::invalid_argument(what);
}

Slopes add_backward(real d) {
  Slopes slopes;
  slopes.dx += d;
  slopes.dy += d;
  return slopes;
}

Slopes multiply_backward(real x, real y, real d) {
  Slopes slopes;
  slopes.dx = y * d;
  slopes.dy = x * d;
  return slopes;
}

DenseGradients dense_backward(const mat& W, const mat& X, const mat& dZ) {
  insist(X.n_rows == W.n_cols, "dense_backward: X does not fit W");
  insist(dZ.n_rows == W.n_rows && dZ.n_cols == X.n_cols, "dense_backward: dZ does not fit W and X");
  DenseGradients g{mat(size(W), arma::fill::zeros), vec(W.n_rows, arma::fill::zeros), mat(size(X), arma::fill::zeros)};
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword j = 0; j < W.n_rows; ++j) {
      const real slope = dZ(j, n);
      g.db(j) += slope;
      for (uword i = 0; i < W.n_cols; ++i) {
        g.dW(j, i) += slope * X(i, n);
        g.dX(i, n) += slope * W(j, i);
      }
    }
  return g;
}

static real slope_at(Activation phi, real z) {
  const real above = z > 0 ? 1 : 0;
  if (phi == Activation::identity) return 1;
  if (phi == Activation::sigmoid) return std::exp(-std::abs(z)) / std::pow(1 + std::exp(-std::abs(z)), 2);
  if (phi == Activation::tanh) return 1 / std::pow(std::cosh(z), 2);
  if (phi == Activation::relu) return above;
  if (phi == Activation::leaky_relu) return above + (1 - above) * leaky_relu_alpha;
  if (phi == Activation::elu) return z > 0 ? 1 : elu_alpha * std::exp(z);
  if (phi == Activation::hard_tanh) return std::abs(z) < 1 ? 1 : 0;
  return 0;
}

mat activation_backward(Activation phi, const mat& Z, const mat& A, mat dA) {
  insist(size(A) == size(Z) && size(dA) == size(Z), "activation_backward: shapes differ");
  if (phi == Activation::softmax) {
    mat dZ(size(Z));
    for (uword n = 0; n < Z.n_cols; ++n) {
      const mat jacobian = diagmat(A.col(n)) - A.col(n) * A.col(n).t();
      dZ.col(n) = jacobian * dA.col(n);
    }
    return dZ;
  }
  mat slopes = Z;
  slopes.transform([phi](real z) { return slope_at(phi, z); });
  return slopes % dA;
}

Trace forward_trace(const Network& network, const mat& X, Trace) {
  Trace trace;
  mat input = X;
  for (const Layer& layer : network) {
    insist(layer.W.n_cols == input.n_rows && layer.b.n_elem == layer.W.n_rows, "forward_trace: a layer does not fit");
    trace.Z.push_back(layer.W * input + repmat(layer.b, 1, input.n_cols));
    input = activate(layer.activation, trace.Z.back());
    trace.A.push_back(input);
  }
  return trace;
}

mat hidden_delta(const mat& W_above, const mat& delta_above, const mat& A) {
  insist(W_above.n_rows == delta_above.n_rows, "hidden_delta: delta_above does not fit W_above");
  insist(W_above.n_cols == A.n_rows && delta_above.n_cols == A.n_cols, "hidden_delta: A does not fit");
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
  insist(!network.empty(), "backward_deltas: no layers");
  const Activation last = network.back().activation;
  insist(loss != Loss::cross_entropy || last == Activation::softmax,
         "backward_deltas: cross_entropy goes with softmax");
  insist(loss != Loss::binary_cross_entropy || last == Activation::sigmoid,
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
  insist(!network.empty(), "backprop: no layers");
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
  insist(gradients.dW.size() == network.size() && gradients.db.size() == network.size(), "sgd_step: other layers");
  Network next;
  for (const Layer& layer : network) {
    const mat& dW = gradients.dW[next.size()];
    const vec& db = gradients.db[next.size()];
    insist(size(dW) == size(layer.W) && size(db) == size(layer.b), "sgd_step: other shapes");
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
