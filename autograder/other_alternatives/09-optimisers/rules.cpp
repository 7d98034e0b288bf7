// Every rule walks over the entries of its matrices, number by number, as it stands in the formula; the cosine is taken
// of the part that is left.
#include <cmath>
#include <stdexcept>

#include "nn/optimisers.hpp"

namespace nn {
namespace {

/// A memory that is still empty becomes zeros; whatever does not fit is refused.
void prepare(mat& memory, const mat& x) {
  if (memory.empty()) memory.zeros(x.n_rows, x.n_cols);
  if (size(memory) != size(x)) throw std::invalid_argument("a memory of other parameters");
}

void check_slope(const mat& x, const mat& g) {
  if (size(x) != size(g)) throw std::invalid_argument("one slope for each parameter");
}

void check_memory(const mat& x, const Memory& memory) {
  for (const mat* kept : {&memory.m, &memory.v})
    if (!kept->empty() && size(*kept) != size(x)) throw std::invalid_argument("a memory of other parameters");
}

}  // namespace

Moved momentum_step(mat x, const mat& g, Memory memory, real rate, real mu) {
  check_slope(x, g);
  check_memory(x, memory);
  prepare(memory.m, x);
  for (uword i = 0; i < x.n_elem; ++i) {
    memory.m(i) = mu * memory.m(i) - rate * g(i);
    x(i) += memory.m(i);
  }
  ++memory.t;
  return {x, memory};
}

Moved nesterov_step(mat x, const mat& g, Memory memory, real rate, real mu) {
  check_slope(x, g);
  check_memory(x, memory);
  prepare(memory.m, x);
  for (uword i = 0; i < x.n_elem; ++i) {
    memory.m(i) = mu * memory.m(i) - rate * g(i);
    x(i) += mu * memory.m(i) - rate * g(i);
  }
  ++memory.t;
  return {x, memory};
}

Moved rmsprop_step(mat x, const mat& g, Memory memory, real rate, real rho, real epsilon) {
  check_slope(x, g);
  check_memory(x, memory);
  prepare(memory.v, x);
  for (uword i = 0; i < x.n_elem; ++i) {
    real& v = memory.v(i);
    v = rho * v + (1 - rho) * g(i) * g(i);
    x(i) -= rate * g(i) / (std::sqrt(v) + epsilon);
  }
  ++memory.t;
  return {x, memory};
}

Moved adam_step(mat x, const mat& g, Memory memory, real rate, real beta1, real beta2, real epsilon) {
  check_slope(x, g);
  check_memory(x, memory);
  prepare(memory.m, x);
  prepare(memory.v, x);
  const real t = real(++memory.t);
  const real of_m = 1 - std::pow(beta1, t), of_v = 1 - std::pow(beta2, t);
  for (uword i = 0; i < x.n_elem; ++i) {
    real& m = memory.m(i);
    real& v = memory.v(i);
    m = beta1 * m + (1 - beta1) * g(i);
    v = beta2 * v + (1 - beta2) * g(i) * g(i);
    x(i) -= rate * (m / of_m) / (std::sqrt(v / of_v) + epsilon);
  }
  return {x, memory};
}

Moved take_step(const Method& method, real rate, mat x, const mat& g, Memory memory) {
  switch (method.rule) {
    case Rule::momentum: return momentum_step(std::move(x), g, std::move(memory), rate, method.momentum);
    case Rule::nesterov: return nesterov_step(std::move(x), g, std::move(memory), rate, method.momentum);
    case Rule::rmsprop: return rmsprop_step(std::move(x), g, std::move(memory), rate, method.rho, method.epsilon);
    case Rule::adam:
      return adam_step(std::move(x), g, std::move(memory), rate, method.beta1, method.beta2, method.epsilon);
    case Rule::descent: break;
  }
  check_slope(x, g);
  check_memory(x, memory);
  x -= rate * g;
  return {x, memory};
}

Optimised optimise(Network network, const Gradients& gradients, std::vector<Memory> memory, const Method& method,
                   real rate) {
  const uword L = network.size();
  if (memory.empty()) memory.resize(2 * L);
  if (memory.size() != 2 * L) throw std::invalid_argument("optimise: two memories for each layer");
  if (gradients.dW.size() != L || gradients.db.size() != L)
    throw std::invalid_argument("optimise: gradients of another network");
  for (uword l = 0; l < L; ++l) {
    Moved W = take_step(method, rate, network[l].W, gradients.dW[l], memory[2 * l]);
    Moved b = take_step(method, rate, network[l].b, gradients.db[l], memory[2 * l + 1]);
    network[l].W = W.x;
    network[l].b = b.x;
    memory[2 * l] = W.memory;
    memory[2 * l + 1] = b.memory;
  }
  return {network, memory};
}

real scheduled_rate(const Schedule& schedule, real rate, uword step, uword steps) {
  if (step > steps) throw std::invalid_argument("a step after the last one");
  if (schedule.warmup >= steps) throw std::invalid_argument("the training ends before it is warm");
  if (step < schedule.warmup) return rate * real(step + 1) / real(schedule.warmup);
  const real left = real(steps - step) / real(steps - schedule.warmup);
  if (schedule.decay == Decay::linear) return rate * left;
  // cos(pi p) = -cos(pi (1 - p))
  if (schedule.decay == Decay::cosine) return rate * (1 - std::cos(arma::Datum<real>::pi * left)) / 2;
  return rate;
}

real gradient_norm(const Gradients& gradients) {
  real squares = 0;
  for (const mat& dW : gradients.dW)
    for (const real g : dW) squares += g * g;
  for (const vec& db : gradients.db)
    for (const real g : db) squares += g * g;
  return std::sqrt(squares);
}

Gradients clip(Gradients gradients, real limit) {
  if (!(limit > 0)) throw std::invalid_argument("clip: to nothing");
  const real norm = gradient_norm(gradients);
  if (!(norm > limit)) return gradients;
  const real factor = limit / norm;
  for (mat& dW : gradients.dW) dW *= factor;
  for (vec& db : gradients.db) db *= factor;
  return gradients;
}

}  // namespace nn
