// A network with batch normalisation before every hidden activation: how it learns from a batch, and the plain network
// that it becomes. It calls the contracts alone, so it is made of whose bodies it is linked with.
#pragma once

#include "nn/multilayer.hpp"
#include "nn/optimisers.hpp"
#include "nn/support/activate.hpp"

namespace nn {

struct DeepNetwork {
  Network network;               // the last layer has no norm
  std::vector<vec> gamma, beta;  // one of each for every hidden layer
};

inline constexpr real norm_epsilon = real(1e-5);

/// `depth` hidden layers of `units`, and a softmax layer on top; what starts ReLU is He's, else Xavier's.
inline Network deep_layers(uword inputs, uword units, uword depth, uword classes, Activation hidden, Rng& rng) {
  Network network;
  for (uword l = 0; l < depth; ++l)
    network.push_back(hidden == Activation::relu ? he_init(units, l == 0 ? inputs : units, hidden, rng)
                                                 : xavier_init(units, l == 0 ? inputs : units, hidden, rng));
  network.push_back(xavier_init(classes, units, Activation::softmax, rng));
  return network;
}

inline DeepNetwork with_norms(Network network) {
  DeepNetwork deep{std::move(network), {}, {}};
  for (std::size_t l = 0; l + 1 < deep.network.size(); ++l) {
    deep.gamma.push_back(vec(deep.network[l].b.n_elem, arma::fill::ones));
    deep.beta.push_back(vec(deep.network[l].b.n_elem, arma::fill::zeros));
  }
  return deep;
}

/// One step of plain descent.
inline DeepNetwork normalised_step(DeepNetwork deep, const Batch& batch, Loss loss, real rate) {
  auto& [network, gamma, beta] = deep;
  const std::size_t last = network.size() - 1;
  Trace trace;
  std::vector<Normalised> norms;
  for (std::size_t l = 0; l < last; ++l) {
    norms.push_back(batch_norm(dense(network[l].W, network[l].b, l == 0 ? batch.X : trace.A[l - 1]), gamma[l], beta[l],
                               norm_epsilon));
    trace.Z.push_back(norms[l].Y);
    trace.A.push_back(activate(network[l].activation, norms[l].Y));
  }
  const Trace top = forward_trace({network[last]}, last == 0 ? batch.X : trace.A[last - 1]);
  std::vector<mat> deltas(network.size());
  deltas[last] = backward_deltas({network[last]}, top, batch.T, loss).front();
  for (std::size_t l = last; l-- > 0;) {
    const mat dY =
        activation_backward(network[l].activation, trace.Z[l], trace.A[l], network[l + 1].W.t() * deltas[l + 1]);
    NormGradients slopes = batch_norm_backward(norms[l], gamma[l], dY, norm_epsilon);
    deltas[l] = std::move(slopes.dZ);
    gamma[l] -= rate * slopes.dgamma;
    beta[l] -= rate * slopes.dbeta;
  }
  network = optimise(std::move(network), gradients_of(batch.X, trace, deltas), {}, Method{}, rate).network;
  return deep;
}

/// The plain network that it is, with mean and variance taken over X, layer after layer.
inline Network folded(const DeepNetwork& deep, mat X) {
  Network plain = deep.network;
  for (std::size_t l = 0; l + 1 < plain.size(); ++l) {
    const auto& [Y, H, mean, variance] =
        batch_norm(dense(plain[l].W, plain[l].b, X), deep.gamma[l], deep.beta[l], norm_epsilon);
    plain[l] = fold_norm(plain[l], deep.gamma[l], deep.beta[l], mean, variance, norm_epsilon);
    X = activate(plain[l].activation, Y);
  }
  return plain;
}

/// One pass over the batches; the rate falls from options.rate to 0, as `steps` says, of which `step` are behind.
inline DeepNetwork normalised_epoch(DeepNetwork deep, const Dataset& data, const std::vector<uvec>& batches,
                                    const Options& options, uword step, uword steps) {
  for (const uvec& indices : batches) {
    const real rate = scheduled_rate({Decay::linear, 0}, options.rate, step++, steps);
    deep = normalised_step(std::move(deep), gather(data, indices), options.loss, rate);
  }
  return deep;
}

}  // namespace nn
