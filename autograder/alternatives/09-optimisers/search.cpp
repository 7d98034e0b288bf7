// A line search by halving alone, conjugate gradients with the steepest direction as a special case, and an epoch that
// learns from one batch at a time by a function of its own.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/optimisers.hpp"

namespace nn {

real line_search(const std::function<real(real)>& slope, real first, real tolerance) {
  const real start = slope(0);
  if (!(start < 0)) throw std::invalid_argument("the line does not fall at 0");
  if (!(first > 0) || !(tolerance > 0 && tolerance < 1)) throw std::invalid_argument("first or tolerance");
  const real enough = tolerance * std::abs(start);
  real low = 0, high = first, here = slope(high);
  while (here < 0 && std::abs(here) > enough) {
    if (high > real(1e30)) throw std::runtime_error("no bottom within reach");
    low = high;
    high *= 2;
    here = slope(high);
  }
  real t = high;
  for (int k = 0; std::abs(here) > enough; ++k) {
    if (k > 2000) throw std::runtime_error("no bottom within reach");
    t = (low + high) / 2;
    here = slope(t);
    (here > 0 ? high : low) = t;
  }
  return t;
}

mat conjugate_gradient(const std::function<vec(const vec&)>& gradient, const vec& x0, uword steps, real tolerance) {
  std::vector<vec> path = {x0};
  vec before, direction;
  vec downhill = -gradient(x0);
  while (path.size() < steps + 1) {
    if (!arma::any(downhill)) {
      path.push_back(path.back());
      continue;
    }
    real beta = before.is_empty() ? real(0) : real(dot(downhill, downhill - before) / dot(before, before));
    if (beta < 0) beta = 0;
    direction = beta > 0 ? vec(downhill + beta * direction) : downhill;
    if (dot(direction, downhill) <= 0) direction = downhill;
    const vec from = path.back(), along = direction;
    const real t =
        line_search([&](real s) { return real(dot(along, gradient(from + s * along))); }, real(0.5), tolerance);
    path.push_back(from + t * along);
    before = downhill;
    downhill = -gradient(path.back());
  }
  mat columns(x0.n_elem, steps + 1);
  for (uword t = 0; t <= steps; ++t) columns.col(t) = path[t];
  return columns;
}

vec flatten(const Network& network) {
  std::vector<real> numbers;
  for (const auto& [W, b, phi] : network) {
    for (uword j = 0; j < W.n_cols; ++j)
      for (uword i = 0; i < W.n_rows; ++i) numbers.push_back(W(i, j));
    for (uword i = 0; i < b.n_elem; ++i) numbers.push_back(b(i));
  }
  return vec(numbers);
}

Network unflatten(Network shape, const vec& numbers) {
  if (parameters(shape) != numbers.n_elem) throw std::invalid_argument("as many numbers as weights and biases");
  uword end = numbers.n_elem;
  for (auto layer = shape.rbegin(); layer != shape.rend(); ++layer) {  // from the end
    const uword biases = layer->b.n_elem, weights = layer->W.n_elem;
    if (biases > 0) layer->b = numbers.subvec(end - biases, end - 1);
    end -= biases;
    if (weights > 0) layer->W = reshape(numbers.subvec(end - weights, end - 1), layer->W.n_rows, layer->W.n_cols);
    end -= weights;
  }
  return shape;
}

Gradients gradients_of(const mat& X, const Trace& trace, const std::vector<mat>& deltas) {
  Gradients result;
  result.dW.resize(deltas.size());
  result.db.resize(deltas.size());
  for (std::size_t l = deltas.size(); l-- > 0;) {
    const mat& input = l > 0 ? trace.A[l - 1] : X;
    const DenseGradients dense =
        dense_backward(mat(deltas[l].n_rows, input.n_rows, arma::fill::zeros), input, deltas[l]);
    result.dW[l] = dense.dW;
    result.db[l] = dense.db;
  }
  return result;
}

/// One batch.
static Progressed learn(Progressed from, const Batch& batch, const Recipe& recipe, uword steps, Rng& rng) {
  const Options& options = recipe.options;
  const real keep = recipe.regularisation.keep, rate = scheduled_rate(recipe.schedule, options.rate, from.step, steps);
  Trace trace;
  std::vector<mat> deltas;
  if (keep < 1) {
    const Dropped dropped = dropout_trace(from.now.network, batch.X, keep, rng);
    trace = dropped.trace;
    deltas = dropout_deltas(from.now.network, dropped, batch.T, options.loss, keep);
  } else {
    trace = forward_trace(from.now.network, batch.X);
    deltas = backward_deltas(from.now.network, trace, batch.T, options.loss);
  }
  Gradients slopes = gradients_of(batch.X, trace, deltas);
  if (recipe.clip > 0) slopes = clip(slopes, recipe.clip);
  from.now = optimise(decay_weights(from.now.network, rate, options.weight_decay), slopes, from.now.memory,
                      recipe.method, rate);
  const real loss = loss_value(options.loss, trace.A.back(), batch.T);
  from.running_loss += (from.step == 0 ? 1 : options.eta) * (loss - from.running_loss);
  from.step += 1;
  return from;
}

Progressed optimised_epoch(Progressed from, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                           uword steps, Rng& rng) {
  if (batches.size() == 0) throw std::invalid_argument("nothing to learn from");
  const auto& distortion = recipe.regularisation.distortion;
  for (const auto& indices : batches)
    from = learn(from, distortion ? gather_distorted(data, indices, *distortion, rng) : gather(data, indices), recipe,
                 steps, rng);
  return from;
}

}  // namespace nn
