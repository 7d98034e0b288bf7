// Each layer goes through forward_trace as a network of its own, and its output through its mask; back, the output
// layer is again a network of its own, and each hidden unit is looked at where it stood before the mask.
#include <stdexcept>
#include <string>

#include "nn/generalisation.hpp"

namespace nn {

mat dropout_mask(uword rows, uword cols, real keep, Rng& rng) {
  if (!(keep > 0) || keep > 1) throw std::invalid_argument("a share to keep of " + std::to_string(keep));
  mat M(rows, cols, arma::fill::zeros);
  for (real& entry : M)
    if (rng.uniform() < keep) entry = 1 / keep;
  return M;
}

Dropped dropout_trace(const Network& network, const mat& X, real keep, Rng& rng) {
  if (!(keep > 0) || keep > 1) throw std::invalid_argument("a share to keep of " + std::to_string(keep));
  Dropped dropped;
  mat seen = X;
  for (uword l = 0; l < network.size(); ++l) {
    const Trace layer = forward_trace({network[l]}, seen);
    seen = layer.A[0];
    if (l + 1 < network.size()) {
      dropped.masks.push_back(dropout_mask(seen.n_rows, seen.n_cols, keep, rng));
      seen %= dropped.masks.back();
    }
    dropped.trace.Z.push_back(layer.Z[0]);
    dropped.trace.A.push_back(seen);
  }
  return dropped;
}

std::vector<mat> dropout_deltas(const Network& network, const Dropped& dropped, const mat& T, Loss loss, real keep) {
  const uword L = network.size();
  if (L == 0) throw std::invalid_argument("dropout_deltas: a network without layers");
  const Trace& trace = dropped.trace;
  if (trace.Z.size() != L || trace.A.size() != L) throw std::invalid_argument("dropout_deltas: another trace");
  if (dropped.masks.size() + 1 != L) throw std::invalid_argument("dropout_deltas: one mask for each hidden layer");
  // The last layer is whole: to lesson 6 it is a network of its own.
  std::vector<mat> deltas(L);
  deltas[L - 1] = backward_deltas({network[L - 1]}, {{trace.Z[L - 1]}, {trace.A[L - 1]}}, T, loss)[0];
  for (uword l = L - 1; l > 0; --l) {
    const mat& mask = dropped.masks[l - 1];
    const Activation phi = network[l - 1].activation;
    if (phi == Activation::softmax) throw std::invalid_argument("dropout_deltas: softmax units are not independent");
    if (size(mask) != size(trace.A[l - 1])) throw std::invalid_argument("dropout_deltas: a mask of another shape");
    if (network[l].W.n_rows != deltas[l].n_rows || network[l].W.n_cols != mask.n_rows)
      throw std::invalid_argument("dropout_deltas: another network's trace");
    const mat heard = (network[l].W.t() * deltas[l]) % mask;
    deltas[l - 1] = activation_backward(phi, trace.Z[l - 1], trace.A[l - 1] * keep, heard);
  }
  return deltas;
}

}  // namespace nn
