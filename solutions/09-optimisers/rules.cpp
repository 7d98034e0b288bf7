// Lesson 9, rules: how a step is made of a slope, and how long it is.
#include <cmath>

#include "nn/optimisers.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Moved momentum_step(mat x, const mat& g, Memory memory, real rate, real mu) {
  //> 9.1
  require_same_shape(g, x, "momentum_step", "the slope", "x");
  if (memory.m.empty()) memory.m.zeros(size(x));
  require_same_shape(memory.m, x, "momentum_step", "the memory", "x");
  memory.m = mu * memory.m - rate * g;
  x += memory.m;
  ++memory.t;
  return {std::move(x), std::move(memory)};
  //<
}

Moved nesterov_step(mat x, const mat& g, Memory memory, real rate, real mu) {
  //> 9.1
  require_same_shape(g, x, "nesterov_step", "the slope", "x");
  if (memory.m.empty()) memory.m.zeros(size(x));
  require_same_shape(memory.m, x, "nesterov_step", "the memory", "x");
  memory.m = mu * memory.m - rate * g;
  x += mu * memory.m - rate * g;
  ++memory.t;
  return {std::move(x), std::move(memory)};
  //<
}

Moved rmsprop_step(mat x, const mat& g, Memory memory, real rate, real rho, real epsilon) {
  //> 9.2
  require_same_shape(g, x, "rmsprop_step", "the slope", "x");
  if (memory.v.empty()) memory.v.zeros(size(x));
  require_same_shape(memory.v, x, "rmsprop_step", "the memory", "x");
  memory.v = rho * memory.v + (1 - rho) * square(g);
  x -= rate * g / (sqrt(memory.v) + epsilon);
  ++memory.t;
  return {std::move(x), std::move(memory)};
  //<
}

Moved adam_step(mat x, const mat& g, Memory memory, real rate, real beta1, real beta2, real epsilon) {
  //> 9.3
  require_same_shape(g, x, "adam_step", "the slope", "x");
  if (memory.m.empty()) memory.m.zeros(size(x));
  require_same_shape(memory.m, x, "adam_step", "the memory", "x");
  if (memory.v.empty()) memory.v.zeros(size(x));
  require_same_shape(memory.v, x, "adam_step", "the memory", "x");
  ++memory.t;
  memory.m = beta1 * memory.m + (1 - beta1) * g;
  memory.v = beta2 * memory.v + (1 - beta2) * square(g);
  const real m_share = 1 - std::pow(beta1, real(memory.t)), v_share = 1 - std::pow(beta2, real(memory.t));
  x -= rate * (memory.m / m_share) / (sqrt(memory.v / v_share) + epsilon);
  return {std::move(x), std::move(memory)};
  //<
}

Moved take_step(const Method& method, real rate, mat x, const mat& g, Memory memory) {
  //> 9.4
  const auto& [rule, momentum, rho, beta1, beta2, epsilon] = method;
  switch (rule) {
    case Rule::descent:
      require_same_shape(g, x, "take_step", "the slope", "x");
      x -= rate * g;
      return {std::move(x), std::move(memory)};
    case Rule::momentum: return momentum_step(std::move(x), g, std::move(memory), rate, momentum);
    case Rule::nesterov: return nesterov_step(std::move(x), g, std::move(memory), rate, momentum);
    case Rule::rmsprop: return rmsprop_step(std::move(x), g, std::move(memory), rate, rho, epsilon);
    case Rule::adam: return adam_step(std::move(x), g, std::move(memory), rate, beta1, beta2, epsilon);
  }
  throw std::invalid_argument("take_step: unknown rule");
  //<
}

Optimised optimise(Network network, const Gradients& gradients, std::vector<Memory> memory, const Method& method,
                   real rate) {
  //> 9.4
  require_shape(gradients.dW.size(), network.size(), "optimise", "dW", "layers", "layers of the network");
  require_shape(gradients.db.size(), network.size(), "optimise", "db", "layers", "layers of the network");
  if (memory.empty()) memory.resize(2 * network.size());
  require_shape(memory.size(), 2 * network.size(), "optimise", "the memory", "entries", "two for each layer");
  const auto step = [&](auto& parameters, const mat& slope, Memory& before) {
    auto [x, after] = take_step(method, rate, std::move(parameters), slope, std::move(before));
    parameters = std::move(x);
    before = std::move(after);
  };
  for (uword l = 0; l < network.size(); ++l) {
    step(network[l].W, gradients.dW[l], memory[2 * l]);
    step(network[l].b, gradients.db[l], memory[2 * l + 1]);
  }
  return {std::move(network), std::move(memory)};
  //<
}

real scheduled_rate(const Schedule& schedule, real rate, uword step, uword steps) {
  //> 9.5
  require(schedule.warmup < steps, "scheduled_rate", "the warm-up must be shorter than the training");
  require(step <= steps, "scheduled_rate", "step " + std::to_string(step) + " is beyond " + std::to_string(steps));
  if (step < schedule.warmup) return rate * real(step + 1) / real(schedule.warmup);
  const real p = real(step - schedule.warmup) / real(steps - schedule.warmup);
  switch (schedule.decay) {
    case Decay::constant: return rate;
    case Decay::linear: return rate * (1 - p);
    case Decay::cosine: return rate * (1 + std::cos(real(arma::datum::pi) * p)) / 2;
  }
  throw std::invalid_argument("scheduled_rate: unknown decay");
  //<
}

real gradient_norm(const Gradients& gradients) {
  //> 9.5
  real squares = 0;
  for (const mat& dW : gradients.dW) squares += accu(square(dW));
  for (const vec& db : gradients.db) squares += accu(square(db));
  return std::sqrt(squares);
  //<
}

Gradients clip(Gradients gradients, real limit) {
  //> 9.5
  require(limit > 0, "clip", "the limit is " + std::to_string(limit) + ", expected above 0");
  const real norm = gradient_norm(gradients);
  if (norm <= limit) return gradients;
  for (mat& dW : gradients.dW) dW *= limit / norm;
  for (vec& db : gradients.db) db *= limit / norm;
  return gradients;
  //<
}

}  // namespace nn
