// Lesson 8, dropout: units that are left out at random while the network learns.
#include "nn/generalisation.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

mat dropout_mask(uword rows, uword cols, real keep, Rng& rng) {
  //> 8.4
  require(0 < keep && keep <= 1, "dropout_mask", "keep is " + std::to_string(keep) + ", expected 0 < keep <= 1");
  mat mask(rows, cols);
  for (real& entry : mask) entry = rng.uniform() < keep ? 1 / keep : 0;
  return mask;
  //<
}

Dropped dropout_trace(const Network& network, const mat& X, real keep, Rng& rng) {
  //> 8.5
  Dropped dropped;
  auto& [Z, A] = dropped.trace;
  for (const auto& [W, b, phi] : network) {
    Z.push_back(dense(W, b, A.empty() ? X : A.back()));
    A.push_back(activate(phi, Z.back()));
    if (A.size() == network.size()) break;  // the output is whole
    dropped.masks.push_back(dropout_mask(A.back().n_rows, A.back().n_cols, keep, rng));
    A.back() %= dropped.masks.back();
  }
  return dropped;
  //<
}

std::vector<mat> dropout_deltas(const Network& network, const Dropped& dropped, const mat& T, Loss loss, real keep) {
  //> 8.5
  const auto& [Z, A] = dropped.trace;
  require(!network.empty(), "dropout_deltas", "the network has no layers");
  const uword last = network.size() - 1;
  require_shape(dropped.masks.size(), last, "dropout_deltas", "there", "masks", "hidden layers");
  std::vector<mat> dZ(network.size());
  dZ[last] = backward_deltas({network[last]}, {{Z[last]}, {A[last]}}, T, loss)[0];  // the output is whole
  for (uword l = last; l-- > 0;) {
    const Activation phi = network[l].activation;
    require(phi != Activation::softmax, "dropout_deltas", "a hidden softmax layer cannot lose single units");
    dZ[l] = (network[l + 1].W.t() * dZ[l + 1]) % dropped.masks[l];
    dZ[l] = activation_backward(phi, Z[l], keep * A[l], std::move(dZ[l]));
  }
  return dZ;
  //<
}

}  // namespace nn
