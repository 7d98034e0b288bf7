// Lesson 14, dreams: a machine whose units are drawn, and that learns until its dreams look like its days.
#include "nn/activations.hpp"
#include "nn/energy.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/training.hpp"

namespace nn {

mat hidden(const Rbm& r, const mat& V) {
  //> 14.5
  return sigmoid(dense(r.W, r.c, V));
  //<
}

mat visible(const Rbm& r, const mat& H) {
  //> 14.5
  return sigmoid(dense(r.W.t(), r.b, H));
  //<
}

mat draw(const mat& P, Rng& rng) {
  //> 14.5
  mat drawn = P;
  return drawn.transform([&](real p) { return rng.uniform() < p ? 1 : 0; });
  //<
}

rowvec free_energy(const Rbm& r, const mat& V) {
  //> 14.6
  require_shape(r.b.n_elem, r.W.n_cols, "free_energy", "b", "entries", "columns of W");
  const mat A = dense(r.W, r.c, V);
  const mat softplus = clamp(A, 0, arma::datum::inf) + log1p(exp(-abs(A)));  // log(1 + exp a), and never exp(1000)
  return -r.b.t() * V - sum(softplus, 0);
  //<
}

Rbm start_rbm(const mat& V, uword m, Rng& rng) {
  //> 14.7
  require(V.n_cols > 0, "start_rbm", "V has no columns, expected at least one sample");
  const vec p = clamp(vec(mean(V, 1)), real(0.01), real(0.99));
  return {random_normal(m, V.n_rows, rng) / 100, log(p / (1 - p)), vec(m, arma::fill::zeros)};
  //<
}

Rbm contrastive_divergence(const Rbm& r, const mat& V, uword k, Rng& rng) {
  //> 14.7
  require(V.n_cols > 0, "contrastive_divergence", "V has no columns, expected at least one sample");
  require(k > 0, "contrastive_divergence", "k is 0, expected at least one turn");
  const mat H = hidden(r, V);
  mat dreamt_V, dreamt_H = H;
  for (uword turn = 0; turn < k; ++turn) {
    dreamt_V = draw(visible(r, draw(dreamt_H, rng)), rng);
    dreamt_H = hidden(r, dreamt_V);
  }
  return {(H * V.t() - dreamt_H * dreamt_V.t()) / V.n_cols, mean(V - dreamt_V, 1), mean(H - dreamt_H, 1)};
  //<
}

Rbm train_rbm(Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng& rng) {
  //> 14.7
  require(V.n_cols > 0, "train_rbm", "V has no columns, expected at least one sample");
  const uvec samples = arma::regspace<uvec>(0, V.n_cols - 1);
  for (uword epoch = 0; epoch < epochs; ++epoch)
    for (const uvec& batch : shuffled_batches(samples, size, rng)) {
      const Rbm slope = contrastive_divergence(r, V.cols(batch), k, rng);
      r.W += rate * slope.W;
      r.b += rate * slope.b;
      r.c += rate * slope.c;
    }
  return r;
  //<
}

std::vector<Rbm> stack(const mat& V, const std::vector<uword>& sizes, uword epochs, uword size, real rate, Rng& rng) {
  //> 14.8
  std::vector<Rbm> machines;
  mat seen = V;
  for (const uword m : sizes) {
    machines.push_back(train_rbm(start_rbm(seen, m, rng), seen, 1, epochs, size, rate, rng));
    seen = hidden(machines.back(), seen);
  }
  return machines;
  //<
}

Network pretrained(const std::vector<Rbm>& machines, uword classes, Rng& rng) {
  //> 14.8
  require(!machines.empty(), "pretrained", "no machines, expected at least one");
  Network network;
  for (const Rbm& machine : machines) {
    if (!network.empty())
      require_shape(machine.W.n_cols, network.back().b.n_elem, "pretrained", "a machine's W", "columns",
                    "hidden units of the machine below");
    network.push_back({machine.W, machine.c, Activation::sigmoid});
  }
  network.push_back(xavier_init(classes, machines.back().c.n_elem, Activation::softmax, rng));
  return network;
  //<
}

}  // namespace nn
