// The bracket is a struct that keeps both ends with their slopes and is asked where to look next: by the secant, and at
// every third look in the middle. Numbers go into a column and out of it through iterators.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/optimisers.hpp"

namespace nn {
namespace {

struct Bracket {
  real low, slope_low;    // falls here
  real high, slope_high;  // and no longer here

  real next(uword look) const {
    const real middle = low + (high - low) / 2;
    if (look % 3 == 2) return middle;
    const real secant = low - slope_low * (high - low) / (slope_high - slope_low);
    return secant > low && secant < high ? secant : middle;
  }

  void narrow(real t, real slope) {
    (slope < 0 ? low : high) = t;
    (slope < 0 ? slope_low : slope_high) = slope;
  }
};

void check_tolerance(real tolerance) {
  if (!(tolerance > 0 && tolerance < 1)) throw std::invalid_argument("a tolerance lies between 0 and 1");
}

}  // namespace

real line_search(const std::function<real(real)>& slope, real first, real tolerance) {
  check_tolerance(tolerance);
  if (!(first > 0)) throw std::invalid_argument("line_search: the first step goes nowhere");
  const real at_start = slope(0);
  if (!(at_start < 0)) throw std::invalid_argument("line_search: the line does not fall");
  const real flat = tolerance * -at_start;
  Bracket bracket{0, at_start, first, slope(first)};
  while (bracket.slope_high < 0) {
    if (bracket.slope_high >= -flat) return bracket.high;
    const real further = 2 * bracket.high;
    if (!std::isfinite(further)) throw std::runtime_error("line_search: it falls as far as one can see");
    bracket = {bracket.high, bracket.slope_high, further, slope(further)};
  }
  if (bracket.slope_high <= flat) return bracket.high;
  for (uword look = 0; look < 300; ++look) {
    const real t = bracket.next(look);
    const real s = slope(t);
    if (std::abs(s) <= flat && t > 0) return t;
    if (std::isnan(s)) break;
    bracket.narrow(t, s);
  }
  throw std::runtime_error("line_search: no place flat enough");
}

mat conjugate_gradient(const std::function<vec(const vec&)>& gradient, const vec& x0, uword steps, real tolerance) {
  check_tolerance(tolerance);
  mat path(x0.n_elem, steps + 1);
  path.col(0) = x0;
  vec x = x0, g = gradient(x0);
  vec d = -g;
  for (uword k = 1; k <= steps; ++k) {
    const real squared = arma::dot(g, g);
    if (squared == 0) {
      path.col(k) = x;
      continue;
    }
    x += d * line_search([&](real t) { return arma::dot(gradient(x + t * d), d); }, 1, tolerance);
    path.col(k) = x;
    const vec next = gradient(x);
    const real beta = std::max(real(0), arma::dot(next, next - g) / squared);
    d = beta * d - next;
    if (!(arma::dot(d, next) < 0)) d = -next;
    g = next;
  }
  return path;
}

vec flatten(const Network& network) {
  std::vector<real> numbers;
  for (const Layer& layer : network) {
    numbers.insert(numbers.end(), layer.W.begin(), layer.W.end());
    numbers.insert(numbers.end(), layer.b.begin(), layer.b.end());
  }
  return vec(numbers);
}

Network unflatten(Network shape, const vec& numbers) {
  uword expected = 0;
  for (const Layer& layer : shape) expected += layer.W.n_elem + layer.b.n_elem;
  if (numbers.n_elem != expected) throw std::invalid_argument("unflatten: the numbers of another network");
  const real* next = numbers.memptr();
  for (Layer& layer : shape) {
    std::copy_n(next, layer.W.n_elem, layer.W.begin());
    next += layer.W.n_elem;
    std::copy_n(next, layer.b.n_elem, layer.b.begin());
    next += layer.b.n_elem;
  }
  return shape;
}

Gradients gradients_of(const mat& X, const Trace& trace, const std::vector<mat>& deltas) {
  Gradients gradients;
  const mat* read = &X;
  for (uword l = 0; l < deltas.size(); ++l) {
    gradients.dW.push_back(deltas[l] * read->t());
    gradients.db.push_back(arma::sum(deltas[l], 1));
    read = &trace.A[l];
  }
  return gradients;
}

Progressed optimised_epoch(Progressed from, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                           uword steps, Rng& rng) {
  if (batches.empty()) throw std::invalid_argument("optimised_epoch: nothing to learn from");
  const Options& options = recipe.options;
  const Regularisation& against = recipe.regularisation;
  for (const uvec& indices : batches) {
    const Network& network = from.now.network;
    const real rate = scheduled_rate(recipe.schedule, options.rate, from.step, steps);
    const Batch batch =
        against.distortion ? gather_distorted(data, indices, *against.distortion, rng) : gather(data, indices);
    Dropped pass;
    std::vector<mat> deltas;
    if (against.keep == 1) {
      pass.trace = forward_trace(network, batch.X);
      deltas = backward_deltas(network, pass.trace, batch.T, options.loss);
    } else {
      pass = dropout_trace(network, batch.X, against.keep, rng);
      deltas = dropout_deltas(network, pass, batch.T, options.loss, against.keep);
    }
    const real loss = loss_value(options.loss, pass.trace.A.back(), batch.T);
    Gradients slopes = gradients_of(batch.X, pass.trace, deltas);
    if (recipe.clip != 0) slopes = clip(slopes, recipe.clip);
    from.now =
        optimise(decay_weights(network, rate, options.weight_decay), slopes, from.now.memory, recipe.method, rate);
    from.running_loss = from.step == 0 ? loss : (1 - options.eta) * from.running_loss + options.eta * loss;
    ++from.step;
  }
  return from;
}

}  // namespace nn
