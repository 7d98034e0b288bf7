// The residual is centred once, and a unit climbs by one product with it; learning goes on in a loop whose ends stand
// where they are found.
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/structure.hpp"

namespace nn {

bool settled(const vec& losses, uword window, real least) {
  if (window == 0) throw std::invalid_argument("settled: a mean over nothing");
  const uword n = losses.n_elem;
  if (n < 2 * window) return false;
  const real now = mean(losses.tail(window));
  const real before = mean(losses.subvec(n - 2 * window, n - window - 1));
  const bool still_falling = before - now >= least * before;  // false, too, for what is not a number
  return !still_falling;
}

Layer candidate(const mat& X, const mat& residual, uword tries, uword steps, real rate, Rng& rng) {
  if (X.n_cols != residual.n_cols) throw std::invalid_argument("candidate: a residual of other samples");
  if (X.n_cols == 0) throw std::invalid_argument("candidate: no sample to listen to");
  if (tries == 0) throw std::invalid_argument("candidate: nobody stands for it");
  const vec usual = mean(residual, 1);
  mat R = residual;
  R.each_col() -= usual;
  R /= real(X.n_cols);
  Layer best;
  real best_S = -1;
  for (uword i = 0; i < tries; ++i) {
    Layer unit;
    unit.W = random_normal(1, X.n_rows, rng);
    unit.b = vec{rng.normal()};
    unit.activation = Activation::tanh;
    for (uword s = 0; s < steps; ++s) {
      const mat a = forward({unit}, X);
      const mat along = R * a.t();
      const mat dz = (arma::sign(along).t() * R) % (1 - square(a));
      unit.W += rate * dz * X.t();
      unit.b += rate * accu(dz);
    }
    const real S = accu(abs(R * forward({unit}, X).t()));
    if (S > best_S) {
      best_S = S;
      best = unit;
    }
  }
  return best;
}

Network add_unit(Network network, const Layer& unit, const vec& out) {
  if (network.size() < 2) throw std::invalid_argument("add_unit: nobody would listen to the unit");
  Layer& first = network[0];
  Layer& second = network[1];
  if (unit.W.n_rows != 1 || unit.b.n_elem != 1) throw std::invalid_argument("add_unit: that is not one unit");
  if (unit.W.n_cols != first.W.n_cols) throw std::invalid_argument("add_unit: the unit reads something else");
  if (unit.activation != first.activation) throw std::invalid_argument("add_unit: an activation of its own");
  if (out.n_elem != second.W.n_rows) throw std::invalid_argument("add_unit: one outgoing weight for each listener");
  first.W = join_cols(first.W, unit.W);
  first.b = join_cols(first.b, unit.b);
  second.W = join_rows(second.W, out);
  return network;
}

Grown grow(Network small, const mat& X, const mat& T, uword most, uword window, real least, real rate, Rng& rng) {
  if (!(least > 0)) throw std::invalid_argument("grow: with nothing to wait for it might never end");
  if (small.empty()) throw std::invalid_argument("grow: there is nothing yet that could grow");
  Loss loss = Loss::squared;
  if (small.back().activation == Activation::sigmoid) loss = Loss::binary_cross_entropy;
  if (small.back().activation == Activation::softmax) loss = Loss::cross_entropy;
  std::vector<real> losses, since;  // since the last unit came
  std::vector<uword> added;
  for (Network network = small;; network = sgd_step(network, backprop(network, X, T, loss), rate)) {
    const mat Y = forward(network, X);
    losses.push_back(loss_value(loss, Y, T));
    since.push_back(losses.back());
    const mat off = abs(T - Y);
    const bool solved = off.max() < real(0.5);
    const bool rests = settled(vec(since), window, least);
    if (solved || (rests && network[0].W.n_rows >= most)) return {network, vec(losses), uvec(added)};
    if (!rests) continue;
    const Layer unit = candidate(X, T - Y, 8, 100, rate, rng);
    const uword listeners = network.size() > 1 ? network[1].W.n_rows : 0;
    network = add_unit(network, unit, vec(listeners, arma::fill::zeros));
    added.push_back(losses.size() - 1);
    since = {losses.back()};
  }
}

}  // namespace nn
