// The mean is carried along, network by network: it is right after each of them. Of an epoch, what may be switched on
// are two functions above its loop.
#include <algorithm>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/generalisation.hpp"

namespace nn {

uvec bootstrap(const uvec& indices, Rng& rng) {
  uvec drawn(indices.n_elem);
  std::generate(drawn.begin(), drawn.end(), [&] { return indices(rng.below(indices.n_elem)); });
  return drawn;
}

mat average_output(const std::vector<Network>& networks, const mat& X) {
  mat mean;
  uword heard = 0;
  for (const Network& network : networks) {
    const mat Y = forward(network, X);
    if (heard == 0) mean = Y;
    else if (size(Y) != size(mean))
      throw std::invalid_argument("average_output: the networks answer in different shapes");
    else mean += (Y - mean) / real(heard + 1);
    ++heard;
  }
  if (heard == 0) throw std::invalid_argument("average_output: nobody to ask");
  return mean;
}

Epoch regularised_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                        const Regularisation& regularisation, Rng& rng, std::optional<real> running_loss) {
  if (batches.empty()) throw std::invalid_argument("regularised_epoch: nothing to learn from");
  const auto taken = [&](const uvec& indices) {
    return regularisation.distortion ? gather_distorted(data, indices, *regularisation.distortion, rng)
                                     : gather(data, indices);
  };
  const auto there_and_back = [&](const Batch& batch) -> std::pair<Trace, std::vector<mat>> {
    if (const real keep = regularisation.keep; keep != 1) {
      const Dropped pass = dropout_trace(network, batch.X, keep, rng);
      return {pass.trace, dropout_deltas(network, pass, batch.T, options.loss, keep)};
    }
    const Trace trace = forward_trace(network, batch.X);
    return {trace, backward_deltas(network, trace, batch.T, options.loss)};
  };
  for (const uvec& indices : batches) {
    const Batch batch = taken(indices);
    const auto [trace, deltas] = there_and_back(batch);
    const real loss = loss_value(options.loss, trace.A.back(), batch.T);
    running_loss = running_loss ? (1 - options.eta) * *running_loss + options.eta * loss : loss;
    network = decay_weights(std::move(network), options.rate, options.weight_decay);
    network = descend(std::move(network), batch.X, trace, deltas, options.rate);
  }
  return {network, *running_loss};
}

}  // namespace nn
