// The eigenvectors of the covariance, networks as slices, and Adam's memory by hand.
#include <algorithm>
#include <stdexcept>

#include "nn/support/activate.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

Components principal_components(const mat& X, uword k) {
  if (k == 0 || k > X.n_rows || k > X.n_cols) throw std::invalid_argument("there are not so many directions");
  Components found{mean(X, 1), {}, vec(k, arma::fill::zeros)};
  vec variance;
  mat all;
  eig_sym(variance, all, cov(X.t(), 1));
  found.U = fliplr(all.tail_cols(k));
  if (accu(abs(variance)) > 0) found.share = reverse(variance.tail(k)) / accu(variance);
  return found;
}

mat reconstruct(const Components& components, const mat& X) {
  const auto& [middle, U, share] = components;
  if (X.n_rows != U.n_rows) throw std::invalid_argument("these samples have other coordinates");
  const mat P = U * U.t();
  return P * X + repmat(middle - P * middle, 1, X.n_cols);
}

Network autoencoder(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng) {
  const std::size_t layers = sizes.empty() ? 0 : sizes.size() - 1;
  if (layers < 2 || sizes.back() != sizes.front() || std::find(sizes.begin(), sizes.end(), 0) != sizes.end())
    throw std::invalid_argument("these sizes make no autoencoder");
  const auto narrowest = std::min_element(sizes.begin() + 1, sizes.end() - 1);
  Network network;
  for (auto size = sizes.begin() + 1; size != sizes.end(); ++size)
    if (size == narrowest) network.push_back(xavier_init(*size, size[-1], Activation::identity, rng));
    else if (size + 1 == sizes.end()) network.push_back(xavier_init(*size, size[-1], output, rng));
    else network.push_back(he_init(*size, size[-1], hidden, rng));
  return network;
}

static mat through(const Network& network, uword first, uword last, mat A) {
  if (first > last || last > network.size()) throw std::invalid_argument("there are not so many layers");
  for (uword l = first; l < last; ++l) {
    if (network[l].W.n_cols != A.n_rows) throw std::invalid_argument("the samples do not fit");
    A = activate(network[l].activation, network[l].W * A + repmat(network[l].b, 1, A.n_cols));
  }
  return A;
}

mat encode(const Network& network, uword code, const mat& X) { return through(network, 0, code, X); }

mat decode(const Network& network, uword code, const mat& H) { return through(network, code, network.size(), H); }

mat corrupt(mat X, real share, Rng& rng) {
  if (!(share >= 0 && share <= 1)) throw std::invalid_argument("a share lies between 0 and 1");
  X.transform([&](real x) { return rng.uniform() < share ? rng.uniform() : x; });
  return X;
}

Network train_autoencoder(Network network, const mat& X, real noise, uword epochs, uword size, real rate, Rng& rng) {
  if (network.empty()) throw std::invalid_argument("no layers");
  const Loss loss = network.back().activation == Activation::sigmoid ? Loss::binary_cross_entropy : Loss::squared;
  std::vector<Memory> of_W(network.size()), of_b(network.size());
  uvec all(X.n_cols);
  for (uword n = 0; n < X.n_cols; ++n) all(n) = n;
  for (; epochs > 0; --epochs)
    for (const uvec& batch : shuffled_batches(all, size, rng)) {
      const Gradients g = backprop(network, corrupt(X.cols(batch), noise, rng), X.cols(batch), loss);
      for (std::size_t l = 0; l < network.size(); ++l) {
        const real beta1 = real(0.9), beta2 = real(0.999), epsilon = real(1e-8);
        Moved W = adam_step(network[l].W, g.dW[l], of_W[l], rate, beta1, beta2, epsilon);
        Moved b = adam_step(network[l].b, g.db[l], of_b[l], rate, beta1, beta2, epsilon);
        network[l].W = W.x, of_W[l] = W.memory, network[l].b = b.x, of_b[l] = b.memory;
      }
    }
  return network;
}

}  // namespace nn
