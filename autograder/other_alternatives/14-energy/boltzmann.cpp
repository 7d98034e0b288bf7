// A machine turned upside down is a machine: one function serves the way up and the way down. Slopes are sums over
// samples, one outer product at a time, and a stack is a machine below the stack of what it says.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/energy.hpp"
#include "nn/training.hpp"

namespace nn {
namespace {

mat sums_above(const mat& W, const vec& bias, const mat& below) {
  if (below.n_rows != W.n_cols) throw std::invalid_argument("units of another machine");
  if (bias.n_elem != W.n_rows) throw std::invalid_argument("one bias for each unit");
  mat A = W * below;
  for (uword n = 0; n < A.n_cols; ++n) A.col(n) += bias;
  return A;
}

}  // namespace

mat hidden(const Rbm& r, const mat& V) { return sigmoid(sums_above(r.W, r.c, V)); }

mat visible(const Rbm& r, const mat& H) { return sigmoid(sums_above(r.W.t(), r.b, H)); }

mat draw(const mat& P, Rng& rng) {
  mat drawn(P.n_rows, P.n_cols, arma::fill::zeros);
  for (uword n = 0; n < P.n_cols; ++n)
    for (uword i = 0; i < P.n_rows; ++i)
      if (rng.uniform() < P(i, n)) drawn(i, n) = 1;
  return drawn;
}

rowvec free_energy(const Rbm& r, const mat& V) {
  const mat A = sums_above(r.W, r.c, V);
  if (r.b.n_elem != V.n_rows) throw std::invalid_argument("one bias for each visible unit");
  rowvec F(V.n_cols);
  for (uword n = 0; n < V.n_cols; ++n) {
    real energy = 0;
    for (uword i = 0; i < V.n_rows; ++i) energy -= r.b(i) * V(i, n);
    for (const real a : A.col(n).eval()) energy -= a > 0 ? a + std::log1p(std::exp(-a)) : std::log1p(std::exp(a));
    F(n) = energy;
  }
  return F;
}

Rbm start_rbm(const mat& V, uword m, Rng& rng) {
  if (V.n_cols == 0) throw std::invalid_argument("start_rbm: nothing was ever seen");
  Rbm r;
  r.W = random_normal(m, V.n_rows, rng) / real(100);
  r.c.zeros(m);
  r.b.set_size(V.n_rows);
  for (uword i = 0; i < V.n_rows; ++i) {
    const real p = std::clamp(mean(V.row(i)), real(0.01), real(0.99));
    r.b(i) = std::log(p) - std::log1p(-p);
  }
  return r;
}

Rbm contrastive_divergence(const Rbm& r, const mat& V, uword k, Rng& rng) {
  const uword N = V.n_cols;
  if (N == 0) throw std::invalid_argument("contrastive_divergence: no data");
  if (k == 0) throw std::invalid_argument("contrastive_divergence: no turn");
  if (r.b.n_elem != r.W.n_cols) throw std::invalid_argument("contrastive_divergence: one bias for each visible unit");
  const mat H = hidden(r, V);
  mat dreamt = V, thought = H;
  while (k-- > 0) {
    const mat h = draw(thought, rng);
    dreamt = draw(visible(r, h), rng);
    thought = hidden(r, dreamt);
  }
  Rbm slope = {mat(size(r.W), arma::fill::zeros), vec(size(r.b), arma::fill::zeros), vec(size(r.c), arma::fill::zeros)};
  for (uword n = 0; n < N; ++n) {
    slope.W += H.col(n) * V.col(n).t() - thought.col(n) * dreamt.col(n).t();
    slope.b += V.col(n) - dreamt.col(n);
    slope.c += H.col(n) - thought.col(n);
  }
  return {slope.W / real(N), slope.b / real(N), slope.c / real(N)};
}

Rbm train_rbm(Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng& rng) {
  if (V.n_cols == 0) throw std::invalid_argument("train_rbm: no data");
  uvec all(V.n_cols);
  for (uword n = 0; n < all.n_elem; ++n) all(n) = n;
  while (epochs-- > 0)
    for (const uvec& batch : shuffled_batches(all, size, rng)) {
      const Rbm uphill = contrastive_divergence(r, V.cols(batch), k, rng);
      r.W += rate * uphill.W;
      r.b += rate * uphill.b;
      r.c += rate * uphill.c;
    }
  return r;
}

std::vector<Rbm> stack(const mat& V, const std::vector<uword>& sizes, uword epochs, uword size, real rate, Rng& rng) {
  if (sizes.empty()) return {};
  const Rbm first = train_rbm(start_rbm(V, sizes[0], rng), V, 1, epochs, size, rate, rng);
  const std::vector<uword> others(sizes.begin() + 1, sizes.end());
  std::vector<Rbm> machines = stack(hidden(first, V), others, epochs, size, rate, rng);
  machines.insert(machines.begin(), first);
  return machines;
}

Network pretrained(const std::vector<Rbm>& machines, uword classes, Rng& rng) {
  if (machines.empty()) throw std::invalid_argument("pretrained: by no machine");
  Network network;
  for (const Rbm& machine : machines) {
    if (machine.c.n_elem != machine.W.n_rows) throw std::invalid_argument("pretrained: one bias for each unit");
    if (!network.empty() && network.back().W.n_rows != machine.W.n_cols)
      throw std::invalid_argument("pretrained: a machine that saw something else");
    network.push_back({machine.W, machine.c, Activation::sigmoid});
  }
  network.push_back(xavier_init(classes, network.back().W.n_rows, Activation::softmax, rng));
  return network;
}

}  // namespace nn
