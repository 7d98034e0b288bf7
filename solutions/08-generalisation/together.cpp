// Lesson 8, together: many networks that answer as one, and an epoch with all of it.
#include "nn/generalisation.hpp"

#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

uvec bootstrap(const uvec& indices, Rng& rng) {
  //> 8.8
  uvec drawn(indices.n_elem);
  for (uword& index : drawn) index = indices(rng.below(indices.n_elem));
  return drawn;
  //<
}

mat average_output(const std::vector<Network>& networks, const mat& X) {
  //> 8.8
  require(!networks.empty(), "average_output", "no network to ask");
  mat sum = forward(networks[0], X);
  for (uword i = 1; i < networks.size(); ++i) {
    const mat Y = forward(networks[i], X);
    require_same_shape(Y, sum, "average_output", "the output of network " + std::to_string(i), "network 0");
    sum += Y;
  }
  return sum / networks.size();
  //<
}

Epoch regularised_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                        const Regularisation& regularisation, Rng& rng, std::optional<real> running_loss) {
  //> 8.9
  require(!batches.empty(), "regularised_epoch", "no batches to learn from");
  const auto& [keep, distortion] = regularisation;
  for (const uvec& indices : batches) {
    const Batch batch = distortion ? gather_distorted(data, indices, *distortion, rng) : gather(data, indices);
    Dropped pass;
    std::vector<mat> deltas;
    if (keep == 1) {
      pass.trace = forward_trace(network, batch.X);
      deltas = backward_deltas(network, pass.trace, batch.T, options.loss);
    } else {
      pass = dropout_trace(network, batch.X, keep, rng);
      deltas = dropout_deltas(network, pass, batch.T, options.loss, keep);
    }
    network = decay_weights(std::move(network), options.rate, options.weight_decay);
    network = descend(std::move(network), batch.X, pass.trace, deltas, options.rate);
    const real loss = loss_value(options.loss, pass.trace.A.back(), batch.T);
    running_loss = running_loss ? (1 - options.eta) * *running_loss + options.eta * loss : loss;
  }
  return {std::move(network), *running_loss};
  //<
}

}  // namespace nn
