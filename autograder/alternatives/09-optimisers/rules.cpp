// Entry by entry, with the textbook's forms: Nesterov's place is looked ahead by hand, Adam's correction goes into the
// rate, and clipping asks for the factor first.
#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "nn/optimisers.hpp"

namespace nn {

/// Calls `change(x, g, m, v)` for every entry, after the step was counted.
static Moved entry_by_entry(mat x, const mat& g, Memory memory, bool slopes, bool squares,
                            const std::function<void(real&, real, real&, real&)>& change) {
  if (g.n_rows != x.n_rows || g.n_cols != x.n_cols) throw std::invalid_argument("g and x differ in shape");
  const auto begin = [&](mat& kept, bool used) {
    if (!used) return;
    if (kept.is_empty()) kept = mat(x.n_rows, x.n_cols, arma::fill::zeros);
    if (kept.n_rows != x.n_rows || kept.n_cols != x.n_cols) throw std::invalid_argument("the memory does not fit x");
  };
  begin(memory.m, slopes);
  begin(memory.v, squares);
  memory.t += 1;
  real unused = 0;
  for (uword i = 0; i < x.n_elem; ++i)
    change(x[i], g[i], slopes ? memory.m[i] : unused, squares ? memory.v[i] : unused);
  return {x, memory};
}

Moved momentum_step(mat x, const mat& g, Memory memory, real rate, real mu) {
  return entry_by_entry(std::move(x), g, std::move(memory), true, false, [=](real& p, real slope, real& m, real&) {
    m *= mu;
    m -= rate * slope;
    p += m;
  });
}

Moved nesterov_step(mat x, const mat& g, Memory memory, real rate, real mu) {
  return entry_by_entry(std::move(x), g, std::move(memory), true, false, [=](real& p, real slope, real& m, real&) {
    const real stands = p - mu * m;  // where the ball is; p is where it looks
    m = mu * m - rate * slope;
    p = (stands + m) + mu * m;
  });
}

Moved rmsprop_step(mat x, const mat& g, Memory memory, real rate, real rho, real epsilon) {
  return entry_by_entry(std::move(x), g, std::move(memory), false, true, [=](real& p, real slope, real&, real& v) {
    v += (1 - rho) * (slope * slope - v);
    p -= rate * slope / (std::sqrt(v) + epsilon);
  });
}

Moved adam_step(mat x, const mat& g, Memory memory, real rate, real beta1, real beta2, real epsilon) {
  const real t = real(memory.t + 1), first = 1 - std::pow(beta1, t), second = std::sqrt(1 - std::pow(beta2, t));
  return entry_by_entry(std::move(x), g, std::move(memory), true, true, [=](real& p, real slope, real& m, real& v) {
    m += (1 - beta1) * (slope - m);
    v += (1 - beta2) * (slope * slope - v);
    p -= rate * second / first * m / (std::sqrt(v) + epsilon * second);
  });
}

Moved take_step(const Method& a, real rate, mat x, const mat& g, Memory memory) {
  if (a.rule == Rule::adam) return adam_step(x, g, memory, rate, a.beta1, a.beta2, a.epsilon);
  if (a.rule == Rule::rmsprop) return rmsprop_step(x, g, memory, rate, a.rho, a.epsilon);
  if (a.rule == Rule::nesterov) return nesterov_step(x, g, memory, rate, a.momentum);
  if (a.rule == Rule::momentum) return momentum_step(x, g, memory, rate, a.momentum);
  return {momentum_step(x, g, {}, rate, 0).x, memory};
}

Optimised optimise(Network network, const Gradients& gradients, std::vector<Memory> memory, const Method& method,
                   real rate) {
  const std::size_t layers = network.size();
  if (gradients.dW.size() != layers || gradients.db.size() != layers)
    throw std::invalid_argument("the gradients are those of another network");
  if (memory.size() == 0) memory.assign(2 * layers, {});
  if (memory.size() != 2 * layers) throw std::invalid_argument("expected two memories a layer");
  for (std::size_t i = memory.size(); i-- > 0;) {  // from the last bias to the first W
    Layer& layer = network[i / 2];
    const bool bias = i % 2 == 1;
    const Moved moved = take_step(method, rate, bias ? mat(layer.b) : layer.W,
                                  bias ? mat(gradients.db[i / 2]) : gradients.dW[i / 2], memory[i]);
    if (bias) layer.b = moved.x.col(0);
    else layer.W = moved.x;
    memory[i] = moved.memory;
  }
  return {network, memory};
}

real scheduled_rate(const Schedule& schedule, real rate, uword step, uword steps) {
  if (step > steps || schedule.warmup >= steps) throw std::invalid_argument("no such step");
  if (step + 1 <= schedule.warmup) return rate / real(schedule.warmup) * real(step + 1);
  if (schedule.decay == Decay::constant) return rate;
  const real left = real(steps - step) / real(steps - schedule.warmup);
  const real sine = std::sin(real(arma::datum::pi) / 2 * left);
  return schedule.decay == Decay::linear ? rate * left : rate * sine * sine;
}

real gradient_norm(const Gradients& gradients) {
  real so_far = 0;
  for (std::size_t l = 0; l < gradients.dW.size(); ++l) so_far = std::hypot(so_far, norm(vectorise(gradients.dW[l])));
  for (std::size_t l = 0; l < gradients.db.size(); ++l) so_far = std::hypot(so_far, norm(gradients.db[l]));
  return so_far;
}

Gradients clip(Gradients gradients, real limit) {
  if (!(limit > 0)) throw std::invalid_argument("the limit must be above 0");
  const real shrink = limit / std::max(limit, gradient_norm(gradients));
  if (shrink == 1) return gradients;
  for (auto& slopes : gradients.dW) slopes = slopes * shrink;
  for (auto& slopes : gradients.db) slopes = slopes * shrink;
  return gradients;
}

}  // namespace nn
