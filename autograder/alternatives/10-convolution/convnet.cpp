// Layer for layer with the functions of 10.6 and 10.7, and both parts of the network in one loop.
#include <array>
#include <stdexcept>

#include "nn/activations.hpp"
#include "nn/convolution.hpp"

namespace nn {

static mat activated(Activation activation, const mat& Z) {
  return forward_trace({{arma::eye<mat>(Z.n_rows, Z.n_rows), vec(Z.n_rows, arma::fill::zeros), activation}}, Z).A[0];
}

/// What layer l of filters sees, or, after the last one, the classifier.
static mat seen_by(uword l, const ConvTrace& trace, const mat& X) {
  if (l == 0) return X;
  const mat& A = trace.A[l - 1];
  return mat(A.memptr(), A.n_elem / X.n_cols, X.n_cols);
}

ConvTrace conv_trace(const ConvNetwork& network, const mat& X) {
  const auto& [filters, windows, classifier] = network;
  if (windows.size() != filters.size()) throw std::invalid_argument("a window for each layer");
  ConvTrace trace;
  for (uword l = 0; l < filters.size(); ++l) {
    if (filters[l].activation == Activation::softmax) throw std::invalid_argument("softmax");
    const mat input = seen_by(l, trace, X);
    trace.patches.push_back(unfold(windows[l], input));
    trace.pooled.push_back(max_pool(windows[l], conv_forward(windows[l], filters[l].W, filters[l].b, input)));
    trace.A.push_back(activated(filters[l].activation, trace.pooled[l].Z));
  }
  trace.classifier = forward_trace(classifier, seen_by(filters.size(), trace, X));
  return trace;
}

ConvGradients conv_backprop(const ConvNetwork& network, const ConvTrace& trace, const mat& X, const mat& T, Loss loss) {
  const auto& [filters, windows, classifier] = network;
  const uword layers = filters.size();
  const mat flat = seen_by(layers, trace, X);
  ConvGradients g{{}, backprop(classifier, flat, T, loss)};
  g.filters.dW.resize(layers), g.filters.db.resize(layers);
  mat dX = dense_backward(classifier[0].W, flat, backward_deltas(classifier, trace.classifier, T, loss)[0]).dX;
  for (uword l = layers; l > 0; --l) {
    const Pooled& pooled = trace.pooled[l - 1];
    const mat dPooled = activation_backward(filters[l - 1].activation, pooled.Z, trace.A[l - 1],
                                            mat(dX.memptr(), pooled.Z.n_rows, pooled.Z.n_cols));
    const mat dZ = max_pool_backward(windows[l - 1], pooled.winner, dPooled);
    const DenseGradients own = conv_backward(windows[l - 1], filters[l - 1].W, seen_by(l - 1, trace, X), dZ);
    g.filters.dW[l - 1] = own.dW, g.filters.db[l - 1] = own.db, dX = own.dX;
  }
  return g;
}

ConvState conv_epoch(ConvState state, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                     uword steps, Rng& rng) {
  if (batches.empty()) throw std::invalid_argument("no batches");
  const Options& options = recipe.options;
  for (const uvec& indices : batches) {
    const Batch batch = recipe.regularisation.distortion
                            ? gather_distorted(data, indices, *recipe.regularisation.distortion, rng)
                            : gather(data, indices);
    ConvGradients g = conv_backprop(state.network, conv_trace(state.network, batch.X), batch.X, batch.T, options.loss);
    const real rate = scheduled_rate(recipe.schedule, options.rate, state.step, steps), loss = g.classifier.loss;
    const std::array<Network*, 2> parts = {&state.network.filters, &state.network.classifier};
    const std::array<Gradients*, 2> slopes = {&g.filters, &g.classifier};
    const std::array<std::vector<Memory>*, 2> memories = {&state.filters, &state.classifier};
    for (uword part = 0; part < 2; ++part) {
      if (recipe.clip > 0) *slopes[part] = clip(*slopes[part], recipe.clip);
      const Network faded = decay_weights(*parts[part], rate, options.weight_decay);
      const Optimised next = optimise(faded, *slopes[part], *memories[part], recipe.method, rate);
      *parts[part] = next.network, *memories[part] = next.memory;
    }
    if (state.step++ == 0) state.running_loss = loss;
    else state.running_loss += options.eta * (loss - state.running_loss);
  }
  return state;
}

real conv_accuracy(const ConvNetwork& network, const Dataset& data, const uvec& indices) {
  if (indices.is_empty()) throw std::invalid_argument("no samples");
  real right = 0;
  for (const uword sample : indices) {
    const vec said = conv_trace(network, gather(data, uvec{sample}).X).classifier.A.back();
    if (said.index_max() == data.labels(sample)) right += 1;
  }
  return right / real(indices.n_elem);
}

}  // namespace nn
