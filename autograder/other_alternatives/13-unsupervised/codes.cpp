// Components by the thin SVD, projected in two small products; halves of a network are networks of their own; training
// is lesson 6's slopes under lesson 9's optimiser.
#include <algorithm>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

Components principal_components(const mat& X, uword k) {
  if (k == 0 || k > X.n_rows || k > X.n_cols) throw std::invalid_argument("there are not so many components");
  const vec mean = arma::mean(X, 1);
  const mat centred = X.each_col() - mean;
  mat U, V;
  vec s;
  arma::svd_econ(U, s, V, centred);
  const vec variances = arma::square(s);
  const real all = arma::accu(variances);
  vec share = variances.head(k);
  if (all > 0) share /= all;
  return {mean, U.head_cols(k), share};
}

mat reconstruct(const Components& components, const mat& X) {
  if (X.n_rows != components.mean.n_elem) throw std::invalid_argument("components of other samples");
  const mat centred = X.each_col() - components.mean;
  mat Y = components.U * (components.U.t() * centred);
  Y.each_col() += components.mean;
  return Y;
}

Network autoencoder(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng) {
  if (sizes.size() < 3) throw std::invalid_argument("an autoencoder has at least one hidden layer");
  if (std::count(sizes.begin(), sizes.end(), uword(0)) > 0) throw std::invalid_argument("a layer of no units");
  if (sizes.front() != sizes.back()) throw std::invalid_argument("it must answer in the shape that it reads");
  const uword code = std::min_element(sizes.begin() + 1, sizes.end() - 1) - sizes.begin();
  Network network;
  for (uword l = 1; l < sizes.size(); ++l) {
    const uword m = sizes[l], d = sizes[l - 1];
    if (l == code) network.push_back(xavier_init(m, d, Activation::identity, rng));
    else if (l + 1 == sizes.size()) network.push_back(xavier_init(m, d, output, rng));
    else network.push_back(he_init(m, d, hidden, rng));
  }
  return network;
}

mat encode(const Network& network, uword code, const mat& X) {
  if (code > network.size()) throw std::invalid_argument("the network has not so many layers");
  return forward(Network(network.begin(), network.begin() + code), X);
}

mat decode(const Network& network, uword code, const mat& H) {
  if (code > network.size()) throw std::invalid_argument("the network has not so many layers");
  return forward(Network(network.begin() + code, network.end()), H);
}

mat corrupt(mat X, real share, Rng& rng) {
  if (!(share >= 0 && share <= 1)) throw std::invalid_argument("a share lies between 0 and 1");
  for (real& x : X)
    if (rng.uniform() < share) x = rng.uniform();
  return X;
}

Network train_autoencoder(Network network, const mat& X, real noise, uword epochs, uword size, real rate, Rng& rng) {
  if (network.empty()) throw std::invalid_argument("no network to train");
  const bool bits = network.back().activation == Activation::sigmoid;
  const Loss loss = bits ? Loss::binary_cross_entropy : Loss::squared;
  Method method;
  method.rule = Rule::adam;
  uvec all(X.n_cols);
  for (uword i = 0; i < all.n_elem; ++i) all(i) = i;
  std::vector<Memory> memory;
  for (uword e = 0; e < epochs; ++e)
    for (const uvec& batch : shuffled_batches(all, size, rng)) {
      const mat clean = X.cols(batch);
      const Gradients slopes = backprop(network, corrupt(clean, noise, rng), clean, loss);
      Optimised next = optimise(network, slopes, memory, method, rate);
      network = next.network;
      memory = next.memory;
    }
  return network;
}

}  // namespace nn
