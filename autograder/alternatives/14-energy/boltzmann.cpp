// Sample by sample, with the biases as a unit more that is always 1.
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "nn/energy.hpp"
#include "nn/training.hpp"

namespace nn {

/// The sums of one layer, from below: (W bias) (x; 1).
static mat sums(const mat& W, const vec& bias, const mat& X) {
  if (bias.n_elem != W.n_rows || X.n_rows != W.n_cols) throw std::invalid_argument("does not fit");
  return join_rows(W, bias) * join_cols(X, mat(1, X.n_cols, arma::fill::ones));
}

mat hidden(const Rbm& r, const mat& V) { return 1 / (1 + exp(-sums(r.W, r.c, V))); }

mat visible(const Rbm& r, const mat& H) { return 1 / (1 + exp(-sums(r.W.t(), r.b, H))); }

mat draw(const mat& P, Rng& rng) {
  mat drawn(size(P), arma::fill::zeros);
  for (uword i = 0; i < P.n_elem; ++i)
    if (rng.uniform() < P(i)) drawn(i) = 1;
  return drawn;
}

rowvec free_energy(const Rbm& r, const mat& V) {
  if (r.b.n_elem != V.n_rows) throw std::invalid_argument("does not fit");
  const mat A = sums(r.W, r.c, V);
  rowvec F(V.n_cols);
  for (uword n = 0; n < V.n_cols; ++n) {
    F(n) = -dot(r.b, V.col(n));
    for (const real a : A.col(n)) F(n) -= a > 0 ? a + std::log1p(std::exp(-a)) : std::log1p(std::exp(a));
  }
  return F;
}

Rbm start_rbm(const mat& V, uword m, Rng& rng) {
  if (V.n_cols == 0) throw std::invalid_argument("no samples");
  Rbm r{real(0.01) * random_normal(m, V.n_rows, rng), sum(V, 1) / real(V.n_cols), vec(m, arma::fill::zeros)};
  for (real& b : r.b) {
    const real p = std::min(std::max(b, real(0.01)), real(0.99));
    b = std::log(p) - std::log1p(-p);
  }
  return r;
}

Rbm contrastive_divergence(const Rbm& r, const mat& V, uword k, Rng& rng) {
  if (V.n_cols == 0 || k == 0) throw std::invalid_argument("no samples, or no turns");
  Rbm slope{mat(size(r.W), arma::fill::zeros), vec(V.n_rows, arma::fill::zeros), vec(size(r.c), arma::fill::zeros)};
  const auto add = [&](const mat& v, const mat& h, real share) {
    for (uword n = 0; n < v.n_cols; ++n) {
      slope.W += share * h.col(n) * v.col(n).t();
      slope.b += share * v.col(n);
      slope.c += share * h.col(n);
    }
  };
  const real share = real(1) / real(V.n_cols);
  mat h = hidden(r, V), v;
  add(V, h, share);
  while (k-- > 0) {
    v = draw(visible(r, draw(h, rng)), rng);
    h = hidden(r, v);
  }
  add(v, h, -share);
  return slope;
}

Rbm train_rbm(Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng& rng) {
  if (V.n_cols == 0) throw std::invalid_argument("no samples");
  uvec samples(V.n_cols);
  std::iota(samples.begin(), samples.end(), uword(0));
  while (epochs-- > 0)
    for (const uvec& batch : shuffled_batches(samples, size, rng)) {
      const auto [W, b, c] = contrastive_divergence(r, V.cols(batch), k, rng);
      r = {r.W + rate * W, r.b + rate * b, r.c + rate * c};
    }
  return r;
}

std::vector<Rbm> stack(const mat& V, const std::vector<uword>& sizes, uword epochs, uword size, real rate, Rng& rng) {
  if (sizes.empty()) return {};
  const Rbm lowest = train_rbm(start_rbm(V, sizes[0], rng), V, 1, epochs, size, rate, rng);
  std::vector<Rbm> all = stack(hidden(lowest, V), {sizes.begin() + 1, sizes.end()}, epochs, size, rate, rng);
  all.insert(all.begin(), lowest);
  return all;
}

Network pretrained(const std::vector<Rbm>& machines, uword classes, Rng& rng) {
  if (machines.empty()) throw std::invalid_argument("no machines");
  Network network;
  for (const Rbm& r : machines) network.push_back({r.W, r.c, Activation::sigmoid});
  for (std::size_t l = 1; l < network.size(); ++l)
    if (network[l].W.n_cols != network[l - 1].W.n_rows) throw std::invalid_argument("does not fit");
  network.push_back(xavier_init(classes, network.back().W.n_rows, Activation::softmax, rng));
  return network;
}

}  // namespace nn
