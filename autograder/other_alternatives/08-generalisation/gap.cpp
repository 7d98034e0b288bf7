// Entry by entry, and one sample at a time: no heaps, so nothing has to be weighted, and at most one sample is copied.
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/generalisation.hpp"

namespace nn {

Score score(const Network& network, const Dataset& data, const uvec& indices, Loss loss) {
  if (indices.n_elem == 0) throw std::invalid_argument("score of nothing");
  double lost = 0;
  uword right = 0;
  Batch one;
  for (const uword i : indices) {
    one = gather(data, uvec{i}, std::move(one));
    const mat Y = forward(network, one.X);
    lost += loss_value(loss, Y, one.T);
    if (predict(Y)(0) == data.labels(i)) ++right;
  }
  const double n = double(indices.n_elem);
  return {real(lost / n), real(double(right) / n)};
}

uword parameters(const Network& network) {
  uword n = 0;
  for (const Layer& layer : network) n += layer.W.n_rows * layer.W.n_cols + layer.b.size();
  return n;
}

BiasVariance bias_variance(const mat& predictions, const rowvec& truth) {
  const uword R = predictions.n_rows, n = predictions.n_cols;
  if (R == 0 || n == 0) throw std::invalid_argument("bias_variance: an empty table");
  if (truth.size() != n) throw std::invalid_argument("bias_variance: truth is of another length");
  BiasVariance parts;
  for (uword j = 0; j < n; ++j) {
    real middle = 0;
    for (uword r = 0; r < R; ++r) middle += predictions(r, j) / real(R);
    for (uword r = 0; r < R; ++r) parts.variance += std::pow(predictions(r, j) - middle, real(2)) / real(R * n);
    parts.bias2 += (middle - truth(j)) * (middle - truth(j)) / real(n);
  }
  return parts;
}

real l2_penalty(const Network& network, real lambda) {
  real penalty = 0;
  for (const Layer& layer : network)
    for (const real w : layer.W) penalty += lambda / 2 * w * w;
  return penalty;
}

Network shrink_weights(Network network, real rate, real lambda) {
  const real step = rate * lambda;
  for (Layer& layer : network)
    for (real& w : layer.W) {
      if (w > step) w -= step;
      else if (w < -step) w += step;
      else w = 0;
    }
  return network;
}

}  // namespace nn
