// Lesson 13, codes: few numbers that hold most of a sample.
#include <algorithm>

#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

Components principal_components(const mat& X, uword k) {
  //> 13.6
  const uword most = std::min(X.n_rows, X.n_cols);
  require(k > 0 && k <= most, "principal_components",
          "k is " + std::to_string(k) + ", expected 1 ... " + std::to_string(most) + ", the smaller side of X");
  const vec middle = mean(X, 1);
  mat U, V;  // X - mean = U diag(s) V'
  vec s;
  require(svd_econ(U, s, V, X.each_col() - middle, "left"), "principal_components",
          "X has no singular values: are all its entries finite?");
  const vec variance = square(s);
  const real whole = sum(variance);
  return {middle, U.head_cols(k), whole > 0 ? vec(variance.head(k) / whole) : vec(k, arma::fill::zeros)};
  //<
}

mat reconstruct(const Components& components, const mat& X) {
  //> 13.6
  const auto& [middle, U, share] = components;
  require_shape(middle.n_elem, U.n_rows, "reconstruct", "the mean", "entries", "rows of U");
  require_shape(X.n_rows, U.n_rows, "reconstruct", "X", "rows", "rows of U");
  const mat kept = U.t() * (X.each_col() - middle);  // k x N
  mat Y = U * kept;
  Y.each_col() += middle;
  return Y;
  //<
}

Network autoencoder(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng) {
  //> 13.7
  require(sizes.size() >= 3, "autoencoder",
          std::to_string(sizes.size()) + " sizes, expected at least 3: the input, the code, the output");
  require(std::count(sizes.begin(), sizes.end(), 0u) == 0, "autoencoder", "a size is 0, expected at least 1");
  require_shape(sizes.back(), sizes.front(), "autoencoder", "the output", "units", "inputs");
  const uword last = sizes.size() - 1, code = uword(std::min_element(&sizes[1], &sizes[last]) - sizes.data());
  Network network;
  for (uword l = 1; l <= last; ++l)
    network.push_back(l == code   ? xavier_init(sizes[l], sizes[l - 1], Activation::identity, rng)
                      : l == last ? xavier_init(sizes[l], sizes[l - 1], output, rng)
                                  : he_init(sizes[l], sizes[l - 1], hidden, rng));
  return network;
  //<
}

mat encode(const Network& network, uword code, const mat& X) {
  //> 13.7
  require(code <= network.size(), "encode",
          "code is " + std::to_string(code) + ", but there are " + std::to_string(network.size()) + " layers");
  return forward({network.begin(), network.begin() + arma::sword(code)}, X);
  //<
}

mat decode(const Network& network, uword code, const mat& H) {
  //> 13.7
  require(code <= network.size(), "decode",
          "code is " + std::to_string(code) + ", but there are " + std::to_string(network.size()) + " layers");
  return forward({network.begin() + arma::sword(code), network.end()}, H);
  //<
}

mat corrupt(mat X, real share, Rng& rng) {
  //> 13.8
  require(share >= 0 && share <= 1, "corrupt", "share is " + std::to_string(share) + ", expected 0 ... 1");
  for (real& x : X)
    if (rng.uniform() < share) x = rng.uniform();
  return X;
  //<
}

Network train_autoencoder(Network network, const mat& X, real noise, uword epochs, uword size, real rate, Rng& rng) {
  //> 13.8
  require(!network.empty(), "train_autoencoder", "the network has no layers, expected at least one");
  const bool squashed = network.back().activation == Activation::sigmoid;
  const Loss loss = squashed ? Loss::binary_cross_entropy : Loss::squared;
  Method adam;
  adam.rule = Rule::adam;
  const uvec all = arma::linspace<uvec>(0, X.n_cols - 1, X.n_cols);
  std::vector<Memory> memory;
  for (uword epoch = 0; epoch < epochs; ++epoch)
    for (const uvec& batch : shuffled_batches(all, size, rng)) {
      const mat clean = X.cols(batch);
      const Gradients g =
          backprop(network, corrupt(clean, noise, rng), clean, loss);  // reads one, is judged by the other
      Optimised next = optimise(std::move(network), g, std::move(memory), adam, rate);
      network = std::move(next.network), memory = std::move(next.memory);
    }
  return network;
  //<
}

}  // namespace nn
