// Sample by sample, weight by weight, with loops.
#include <cmath>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/generalisation.hpp"

namespace nn {

Score score(const Network& network, const Dataset& data, const uvec& indices, Loss loss) {
  if (indices.n_elem == 0) throw std::invalid_argument("no samples");
  double total = 0;
  uword right = 0;
  for (uword j = 0; j < indices.n_elem; ++j) {
    const Batch one = gather(data, uvec{indices(j)});
    const mat y = forward(network, one.X);
    total += loss_value(loss, y, one.T);
    if (index_max(vec(y.col(0))) == data.labels(indices(j))) ++right;
  }
  Score result;
  result.loss = real(total / double(indices.n_elem));
  result.accuracy = real(double(right) / double(indices.n_elem));
  return result;
}

uword parameters(const Network& network) {
  uword count = 0;
  for (uword l = 0; l < network.size(); ++l) count += network[l].W.n_rows * (network[l].W.n_cols + 1);
  return count;
}

BiasVariance bias_variance(const mat& predictions, const rowvec& truth) {
  const uword R = predictions.n_rows, n = predictions.n_cols;
  if (R == 0 || n == 0 || truth.n_elem != n) throw std::invalid_argument("predictions and truth do not fit");
  BiasVariance result;
  for (uword j = 0; j < n; ++j) {
    real mean = 0, squares = 0;
    for (uword r = 0; r < R; ++r) mean += predictions(r, j);
    mean /= real(R);
    for (uword r = 0; r < R; ++r) squares += (predictions(r, j) - mean) * (predictions(r, j) - mean);
    result.bias2 += (mean - truth(j)) * (mean - truth(j));
    result.variance += squares / real(R);
  }
  result.bias2 /= real(n);
  result.variance /= real(n);
  return result;
}

real l2_penalty(const Network& network, real lambda) {
  real sum = 0;
  for (const auto& layer : network)
    for (uword i = 0; i < layer.W.n_rows; ++i) sum += dot(layer.W.row(i), layer.W.row(i));
  return sum * lambda / 2;
}

Network shrink_weights(Network network, real rate, real lambda) {
  for (auto& layer : network) {
    mat left = abs(layer.W) - rate * lambda;
    left.elem(find(left < 0)).zeros();
    layer.W = arma::sign(layer.W) % left;
  }
  return network;
}

}  // namespace nn
