// Lesson 9, search: lines that are walked to their bottom, and an epoch with everything.
#include <cmath>

#include "nn/optimisers.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real line_search(const std::function<real(real)>& slope, real first, real tolerance) {
  //> 9.8
  const real start = slope(0), enough = -tolerance * start;
  require(start < 0, "line_search", "the slope at 0 is " + std::to_string(start) + ", expected below 0");
  require(first > 0, "line_search", "the first step must be above 0");
  require(0 < tolerance && tolerance < 1, "line_search", "the tolerance must lie between 0 and 1");
  real low = 0, at_low = start, high = first, at_high = slope(first);
  for (int doublings = 0; at_high < 0 && std::abs(at_high) > enough; ++doublings) {  // look for a bracket
    if (doublings == 60) throw std::runtime_error("line_search: it falls for ever");
    low = high, at_low = at_high;
    high *= 2, at_high = slope(high);
  }
  for (int halvings = 0; std::abs(at_high) > enough; ++halvings) {
    if (halvings == 200) throw std::runtime_error("line_search: no bottom was found");
    real t = low - at_low * (high - low) / (at_high - at_low);                    // where the secant is 0
    if (halvings % 3 == 2 || !(t > low && t < high)) t = low + (high - low) / 2;  // a secant may creep
    const real at_t = slope(t);
    if (std::abs(at_t) <= enough) return t;
    if (at_t < 0) low = t, at_low = at_t;
    else high = t, at_high = at_t;
  }
  return high;
  //<
}

mat conjugate_gradient(const std::function<vec(const vec&)>& gradient, const vec& x0, uword steps, real tolerance) {
  //> 9.8
  mat path(x0.n_elem, steps + 1);
  path.col(0) = x0;
  vec x = x0, g = gradient(x0), d = -g;
  require_shape(g.n_elem, x0.n_elem, "conjugate_gradient", "the gradient", "entries", "entries of x0");
  real first = 1;
  for (uword t = 0; t < steps; ++t) {
    if (norm(g) > 0) {
      const real length = line_search([&](real s) { return dot(gradient(x + s * d), d); }, first, tolerance);
      x += length * d;
      first = length;  // a guess for the next line
      const vec before = g;
      g = gradient(x);
      const real beta = std::max<real>(0, dot(g, g - before) / dot(before, before));
      d = beta * d - g;
      if (dot(d, g) >= 0) d = -g;
    }
    path.col(t + 1) = x;
  }
  return path;
  //<
}

vec flatten(const Network& network) {
  //> 9.9
  vec numbers;
  for (const Layer& layer : network) numbers = join_cols(numbers, vectorise(layer.W), layer.b);
  return numbers;
  //<
}

Network unflatten(Network shape, const vec& numbers) {
  //> 9.9
  require_shape(numbers.n_elem, parameters(shape), "unflatten", "the column", "entries", "weights and biases");
  uword i = 0;
  for (auto& [W, b, phi] : shape) {
    for (real& w : W) w = numbers(i++);
    for (real& w : b) w = numbers(i++);
  }
  return shape;
  //<
}

Gradients gradients_of(const mat& X, const Trace& trace, const std::vector<mat>& deltas) {
  //> 9.9
  Gradients g;
  for (uword l = 0; l < deltas.size(); ++l) {
    g.dW.push_back(deltas[l] * (l == 0 ? X : trace.A[l - 1]).t());
    g.db.push_back(sum(deltas[l], 1));
  }
  return g;
  //<
}

Progressed optimised_epoch(Progressed from, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                           uword steps, Rng& rng) {
  //> 9.9
  require(!batches.empty(), "optimised_epoch", "no batches to learn from");
  const auto& [options, regularisation, method, schedule, limit] = recipe;
  const auto& [keep, distortion] = regularisation;
  auto& [network, memory] = from.now;
  for (const uvec& indices : batches) {
    const Batch batch = distortion ? gather_distorted(data, indices, *distortion, rng) : gather(data, indices);
    Dropped pass;
    std::vector<mat> deltas;
    if (keep == 1) {
      pass.trace = forward_trace(network, batch.X);
      deltas = backward_deltas(network, pass.trace, batch.T, options.loss);
    } else {
      pass = dropout_trace(network, batch.X, keep, rng);
      deltas = dropout_deltas(network, pass, batch.T, options.loss, keep);
    }
    Gradients g = gradients_of(batch.X, pass.trace, deltas);
    if (limit > 0) g = clip(std::move(g), limit);
    const real rate = scheduled_rate(schedule, options.rate, from.step, steps);
    network = decay_weights(std::move(network), rate, options.weight_decay);
    from.now = optimise(std::move(network), g, std::move(memory), method, rate);
    const real loss = loss_value(options.loss, pass.trace.A.back(), batch.T);
    from.running_loss = from.step == 0 ? loss : (1 - options.eta) * from.running_loss + options.eta * loss;
    ++from.step;
  }
  return from;
  //<
}

}  // namespace nn
