// Lesson 8, the gap: how well, with how many numbers, why wrong, and what large weights cost.
#include <algorithm>
#include <cmath>

#include "nn/activations.hpp"
#include "nn/generalisation.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Score score(const Network& network, const Dataset& data, const uvec& indices, Loss loss) {
  //> 8.1
  require(!indices.empty(), "score", "no samples to judge by");
  Score sum;
  for (uword i = 0; i < indices.n_elem; i += 500) {
    const uvec some = indices.subvec(i, std::min<uword>(i + 500, indices.n_elem) - 1);
    const Batch batch = gather(data, some);
    const mat Y = forward(network, batch.X);
    sum.loss += loss_value(loss, Y, batch.T) * some.n_elem;  // the last heap is shorter
    sum.accuracy += accu(predict(Y) == data.labels(some));
  }
  return {sum.loss / indices.n_elem, sum.accuracy / indices.n_elem};
  //<
}

uword parameters(const Network& network) {
  //> 8.1
  uword count = 0;
  for (const Layer& layer : network) count += layer.W.n_elem + layer.b.n_elem;
  return count;
  //<
}

BiasVariance bias_variance(const mat& predictions, const rowvec& truth) {
  //> 8.2
  require(!predictions.empty(), "bias_variance", "no predictions to judge");
  require_shape(truth.n_elem, predictions.n_cols, "bias_variance", "truth", "entries", "columns of predictions");
  const rowvec mean_answer = mean(predictions, 0);
  return {accu(square(mean_answer - truth)) / truth.n_elem, accu(var(predictions, 1, 0)) / truth.n_elem};
  //<
}

real l2_penalty(const Network& network, real lambda) {
  //> 8.3
  real squares = 0;
  for (const Layer& layer : network) squares += accu(square(layer.W));
  return lambda / 2 * squares;
  //<
}

Network shrink_weights(Network network, real rate, real lambda) {
  //> 8.3
  const real step = rate * lambda;
  for (Layer& layer : network)
    layer.W.transform([step](real w) { return std::copysign(std::max(std::abs(w) - step, real(0)), w); });
  return network;
  //<
}

}  // namespace nn
