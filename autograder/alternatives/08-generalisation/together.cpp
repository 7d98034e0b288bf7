// The same by other means: outputs as slices of a cube, and the epoch as functions that are chosen once.
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/generalisation.hpp"

namespace nn {

uvec bootstrap(const uvec& indices, Rng& rng) {
  std::vector<uword> drawn;
  while (drawn.size() < indices.n_elem) drawn.push_back(indices(rng.below(indices.n_elem)));
  return uvec(drawn);
}

mat average_output(const std::vector<Network>& networks, const mat& X) {
  if (networks.empty()) throw std::invalid_argument("no networks");
  std::vector<mat> outputs;
  for (const Network& network : networks) outputs.push_back(forward(network, X));
  mat mean(size(outputs[0]), arma::fill::zeros);
  for (const mat& Y : outputs) {
    if (size(Y) != size(mean)) throw std::invalid_argument("outputs of different shapes");
    mean += Y / real(outputs.size());
  }
  return mean;
}

Epoch regularised_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                        const Regularisation& regularisation, Rng& rng, std::optional<real> running_loss) {
  if (batches.empty()) throw std::invalid_argument("no batches");
  const bool drops = regularisation.keep != 1;
  for (const uvec& indices : batches) {
    Batch batch;
    if (regularisation.distortion) batch = gather_distorted(data, indices, regularisation.distortion.value(), rng);
    else batch = gather(data, indices);
    Dropped dropped;
    if (drops) dropped = dropout_trace(network, batch.X, regularisation.keep, rng);
    else dropped.trace = forward_trace(network, batch.X);
    const Trace& trace = dropped.trace;
    const real loss = loss_value(options.loss, trace.A.back(), batch.T);
    const auto deltas = drops ? dropout_deltas(network, dropped, batch.T, options.loss, regularisation.keep)
                              : backward_deltas(network, trace, batch.T, options.loss);
    network = descend(decay_weights(network, options.rate, options.weight_decay), batch.X, trace, deltas, options.rate);
    if (!running_loss) running_loss = loss;
    else running_loss = (1 - options.eta) * *running_loss + options.eta * loss;
  }
  return Epoch{network, *running_loss};
}

}  // namespace nn
