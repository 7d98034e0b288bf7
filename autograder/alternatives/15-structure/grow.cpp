// Lesson 15, another way: sums by hand, slopes by lesson 6.
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/structure.hpp"

namespace nn {

bool settled(const vec& losses, uword window, real least) {
  if (window == 0) throw std::invalid_argument("no window");
  if (losses.n_elem < 2 * window) return false;
  real now = 0, before = 0;
  for (uword i = 0; i < window; ++i) {
    now += losses(losses.n_elem - 1 - i);
    before += losses(losses.n_elem - 1 - window - i);
  }
  if (now <= (1 - least) * before) return false;
  return true;
}

Layer candidate(const mat& X, const mat& residual, uword tries, uword steps, real rate, Rng& rng) {
  if (X.n_cols != residual.n_cols || X.is_empty() || tries < 1) throw std::invalid_argument("does not fit");
  std::vector<Layer> units(tries);
  for (Layer& unit : units) {
    unit.W = random_normal(1, X.n_rows, rng);
    unit.b = random_normal(1, 1, rng);
    unit.activation = Activation::tanh;
  }
  // the covariance, with the means of both sides taken off
  const auto along = [&](const Layer& unit) -> vec {
    const mat a = forward({unit}, X);
    return (residual.each_col() - mean(residual, 1)) * (a - accu(a) / real(a.n_elem)).t() / real(X.n_cols);
  };
  vec S(tries);
  for (uword t = 0; t < tries; ++t) {
    for (uword step = 0; step < steps; ++step) {
      const vec towards = arma::sign(along(units[t]));
      const mat centred = residual.each_col() - mean(residual, 1);
      const Trace trace = forward_trace({units[t]}, X);
      const mat dZ =
          activation_backward(Activation::tanh, trace.Z[0], trace.A[0], mat(-towards.t() * centred / real(X.n_cols)));
      const DenseGradients g = dense_backward(units[t].W, X, dZ);
      units[t] = sgd_step({units[t]}, {0, {g.dW}, {g.db}}, rate)[0];
    }
    S(t) = accu(abs(along(units[t])));
  }
  return units[S.index_max()];
}

Network add_unit(Network network, const Layer& unit, const vec& out) {
  if (network.size() < 2 || unit.W.n_rows != 1 || unit.b.n_elem != 1 || unit.W.n_cols != network[0].W.n_cols ||
      out.n_elem != network[1].W.n_rows || unit.activation != network[0].activation)
    throw std::invalid_argument("the unit does not fit");
  network[0].W = join_cols(network[0].W, unit.W);
  network[0].b = join_cols(network[0].b, unit.b);
  network[1].W = join_rows(network[1].W, out);
  return network;
}

Grown grow(Network small, const mat& X, const mat& T, uword most, uword window, real least, real rate, Rng& rng) {
  if (small.empty() || !(least > 0)) throw std::invalid_argument("nothing to grow");
  Loss loss = Loss::squared;
  if (small.back().activation == Activation::sigmoid) loss = Loss::binary_cross_entropy;
  if (small.back().activation == Activation::softmax) loss = Loss::cross_entropy;
  Grown grown{small, {}, {}};
  uword came = 0;
  for (uword step = 0;; ++step) {
    const Gradients g = backprop(grown.network, X, T, loss);
    const mat wrong = T - forward(grown.network, X);
    grown.losses.resize(step + 1);
    grown.losses(step) = g.loss;
    if (max(vectorise(abs(wrong))) < real(0.5)) return grown;
    if (settled(grown.losses.subvec(came, step), window, least)) {
      if (grown.network[0].W.n_rows >= most) return grown;
      grown.network =
          add_unit(grown.network, candidate(X, wrong, 8, 100, rate, rng), arma::zeros<vec>(grown.network[1].W.n_rows));
      grown.added = join_cols(grown.added, uvec{step});
      came = step;
      grown.network = sgd_step(grown.network, backprop(grown.network, X, T, loss), rate);
    } else {
      grown.network = sgd_step(grown.network, g, rate);
    }
  }
}

}  // namespace nn
