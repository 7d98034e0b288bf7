// Lesson 15, larger: a unit more where learning has settled and something is still wrong.
#include "nn/activations.hpp"
#include "nn/multilayer.hpp"
#include "nn/structure.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

bool settled(const vec& losses, uword window, real least) {
  //> 15.5
  require(window > 0, "settled", "the window is 0, expected at least 1");
  const uword n = losses.n_elem;
  if (n < 2 * window) return false;
  const real now = mean(losses.tail(window)), before = mean(losses.subvec(n - 2 * window, n - window - 1));
  return !(before - now >= least * before);  // and what is not a number has settled
  //<
}

Layer candidate(const mat& X, const mat& residual, uword tries, uword steps, real rate, Rng& rng) {
  //> 15.6
  require_shape(residual.n_cols, X.n_cols, "candidate", "residual", "columns", "columns of X");
  require(X.n_cols > 0 && tries > 0, "candidate", "no samples or no tries, expected at least one of each");
  const mat R = (residual.each_col() - mean(residual, 1)) / X.n_cols;  // then S = sum over outputs of |R a'|
  Layer best;
  real largest = -1;
  for (uword t = 0; t < tries; ++t) {
    mat W = random_normal(1, X.n_rows, rng);
    vec b = random_normal(1, 1, rng);
    mat a = tanh(dense(W, b, X));
    for (uword s = 0; s < steps; ++s) {
      const mat along = sign(R * a.t());  // k x 1: 1 where the unit follows that error, -1 where it opposes
      const mat dz = (along.t() * R) % (1 - square(a));
      W += rate * dz * X.t();
      b += rate * sum(dz, 1);
      a = tanh(dense(W, b, X));
    }
    const real S = accu(abs(R * a.t()));
    if (t == 0 || S > largest) {
      largest = S;
      best = {W, b, Activation::tanh};
    }
  }
  return best;
  //<
}

Network add_unit(Network network, const Layer& unit, const vec& out) {
  //> 15.6
  require(network.size() >= 2, "add_unit", "the network has fewer than two layers");
  auto& [W, b, activation] = network[0];
  mat& next = network[1].W;
  require(unit.W.n_rows == 1 && unit.b.n_elem == 1, "add_unit", "the unit has more than one row of W or entry of b");
  require_shape(unit.W.n_cols, W.n_cols, "add_unit", "the unit's W", "columns", "columns of the first W");
  require_shape(out.n_elem, next.n_rows, "add_unit", "out", "entries", "rows of the second W");
  require(unit.activation == activation, "add_unit", "the unit has another activation than the first layer");
  W.insert_rows(W.n_rows, unit.W);
  b.insert_rows(b.n_elem, unit.b);
  next.insert_cols(next.n_cols, out);
  return network;
  //<
}

//- the loss that goes with what the last layer does
static Loss loss_of(const Network& network) {
  require(!network.empty(), "grow", "the network has no layers");
  switch (network.back().activation) {
    case Activation::sigmoid: return Loss::binary_cross_entropy;
    case Activation::softmax: return Loss::cross_entropy;
    default: return Loss::squared;
  }
}
//<

Grown grow(Network small, const mat& X, const mat& T, uword most, uword window, real least, real rate, Rng& rng) {
  //> 15.7
  require(least > 0, "grow", "least is " + std::to_string(least) + ", expected more than 0");
  const Loss loss = loss_of(small);
  Network network = std::move(small);
  std::vector<real> losses, recent;  // all, and those since the last unit came
  std::vector<uword> added;
  while (true) {
    const mat Y = forward(network, X);
    losses.push_back(loss_value(loss, Y, T));
    recent.push_back(losses.back());
    if (abs(T - Y).max() < real(0.5)) break;
    if (settled(recent, window, least)) {
      if (network[0].b.n_elem >= most) break;
      const Layer unit = candidate(X, T - Y, 8, 100, rate, rng);
      const vec unheard(network[1].W.n_rows, arma::fill::zeros);
      network = add_unit(std::move(network), unit, unheard);
      added.push_back(losses.size() - 1);
      recent = {losses.back()};
    }
    const Gradients slopes = backprop(network, X, T, loss);
    network = sgd_step(std::move(network), slopes, rate);
  }
  return {network, losses, uvec(added)};
  //<
}

}  // namespace nn
