// Random numbers as a matrix, and the activation's output computed anew on the way back.
#include <stdexcept>

#include "nn/generalisation.hpp"
#include "nn/support/activate.hpp"

namespace nn {

mat dropout_mask(uword rows, uword cols, real keep, Rng& rng) {
  if (!(keep > 0) || keep > 1) throw std::invalid_argument("keep must be above 0 and at most 1");
  const mat drawn = random_uniform(rows, cols, 0, 1, rng);
  return arma::conv_to<mat>::from(drawn < keep) / keep;
}

Dropped dropout_trace(const Network& network, const mat& X, real keep, Rng& rng) {
  Dropped result;
  mat input = X;
  for (uword l = 0; l < network.size(); ++l) {
    const Trace one = forward_trace({network[l]}, input);
    input = one.A[0];
    if (l + 1 < network.size()) {
      const mat mask = dropout_mask(input.n_rows, input.n_cols, keep, rng);
      input = input % mask;
      result.masks.push_back(mask);
    }
    result.trace.Z.push_back(one.Z[0]);
    result.trace.A.push_back(input);
  }
  return result;
}

std::vector<mat> dropout_deltas(const Network& network, const Dropped& dropped, const mat& T, Loss loss, real) {
  if (network.empty() || dropped.masks.size() != network.size() - 1)
    throw std::invalid_argument("expected a mask for every hidden layer");
  const uword last = network.size() - 1;
  for (uword l = 0; l < last; ++l)
    if (network[l].activation == Activation::softmax) throw std::invalid_argument("softmax in a hidden layer");
  std::vector<mat> deltas(network.size());
  Trace top;
  top.Z.push_back(dropped.trace.Z[last]);
  top.A.push_back(dropped.trace.A[last]);
  deltas[last] = backward_deltas(Network{network[last]}, top, T, loss).front();
  for (uword l = last; l > 0; --l) {
    const Layer& below = network[l - 1];
    const mat& Z = dropped.trace.Z[l - 1];
    const mat told = trans(network[l].W) * deltas[l] % dropped.masks[l - 1];
    deltas[l - 1] = activation_backward(below.activation, Z, activate(below.activation, Z), told);
  }
  return deltas;
}

}  // namespace nn
