// Lesson 10, the network: filters that learn, and what reads them.
#include "nn/convolution.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- from one column a pixel to one column an image; what filters say at each place
static mat as_images(const mat& A, uword images) { return reshape(A, images ? A.n_elem / images : 0, images); }
//<

ConvTrace conv_trace(const ConvNetwork& network, const mat& X) {
  //> 10.8
  require_shape(network.windows.size(), network.filters.size(), "conv_trace", "windows", "entries",
                "layers of filters");
  const uword layers = network.filters.size();
  ConvTrace trace{std::vector<mat>(layers), std::vector<Pooled>(layers), std::vector<mat>(layers), {}};
  mat input = X;
  for (uword l = 0; l < layers; ++l) {
    const auto& [W, b, activation] = network.filters[l];
    require(activation != Activation::softmax, "conv_trace", "a layer of filters cannot be a softmax");
    require_shape(b.n_elem, W.n_rows, "conv_trace", "b", "entries", "rows of W");
    trace.patches[l] = unfold(network.windows[l], input);
    require_shape(trace.patches[l].n_rows, W.n_cols, "conv_trace", "the patch", "numbers", "columns of W");
    trace.pooled[l] = max_pool(network.windows[l], W * trace.patches[l]);
    trace.pooled[l].Z.each_col() += b;  // the same at all places of a filter: the largest stays the largest
    trace.A[l] = activate(activation, trace.pooled[l].Z);
    input = as_images(trace.A[l], X.n_cols);
  }
  trace.classifier = forward_trace(network.classifier, input);
  return trace;
  //<
}

ConvGradients conv_backprop(const ConvNetwork& network, const ConvTrace& trace, const mat& X, const mat& T, Loss loss) {
  //> 10.8
  const uword layers = network.filters.size();
  const mat seen = layers == 0 ? X : as_images(trace.A.back(), X.n_cols);
  const std::vector<mat> deltas = backward_deltas(network.classifier, trace.classifier, T, loss);
  ConvGradients g;
  g.classifier = gradients_of(seen, trace.classifier, deltas);
  g.classifier.loss = loss_value(loss, trace.classifier.A.back(), T);
  g.filters.dW.resize(layers), g.filters.db.resize(layers);
  mat dA = network.classifier[0].W.t() * deltas[0];
  for (uword l = layers; l-- > 0;) {
    const auto& [W, b, activation] = network.filters[l];
    const Window& window = network.windows[l];
    dA = reshape(dA, trace.A[l].n_rows, trace.A[l].n_cols);
    dA = activation_backward(activation, trace.pooled[l].Z, trace.A[l], std::move(dA));
    const mat dZ = max_pool_backward(window, trace.pooled[l].winner, dA);
    g.filters.dW[l] = dZ * trace.patches[l].t();
    g.filters.db[l] = sum(dA, 1);  // as that of dZ, where all others are 0
    if (l > 0) dA = fold(window, W.t() * dZ);
  }
  return g;
  //<
}

ConvState conv_epoch(ConvState state, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                     uword steps, Rng& rng) {
  //> 10.9
  require(!batches.empty(), "conv_epoch", "no batches to learn from");
  const Options& options = recipe.options;
  const auto step = [&](Network& part, Gradients g, std::vector<Memory>& memory, real rate) {
    if (recipe.clip > 0) g = clip(std::move(g), recipe.clip);
    part = decay_weights(std::move(part), rate, options.weight_decay);
    auto [moved, remembered] = optimise(std::move(part), g, std::move(memory), recipe.method, rate);
    part = std::move(moved), memory = std::move(remembered);
  };
  for (const uvec& indices : batches) {
    const auto& distortion = recipe.regularisation.distortion;
    const auto [X, T] = distortion ? gather_distorted(data, indices, *distortion, rng) : gather(data, indices);
    const ConvTrace trace = conv_trace(state.network, X);
    ConvGradients g = conv_backprop(state.network, trace, X, T, options.loss);
    const real loss = g.classifier.loss, rate = scheduled_rate(recipe.schedule, options.rate, state.step, steps);
    step(state.network.filters, std::move(g.filters), state.filters, rate);
    step(state.network.classifier, std::move(g.classifier), state.classifier, rate);
    state.running_loss = state.step == 0 ? loss : (1 - options.eta) * state.running_loss + options.eta * loss;
    ++state.step;
  }
  return state;
  //<
}

real conv_accuracy(const ConvNetwork& network, const Dataset& data, const uvec& indices) {
  //> 10.9
  require(!indices.empty(), "conv_accuracy", "no samples to read");
  uword right = 0;
  for (uword first = 0; first < indices.n_elem; first += 100) {
    const uvec heap = indices.subvec(first, std::min(first + 99, indices.n_elem - 1));
    const ConvTrace trace = conv_trace(network, gather(data, heap).X);
    const arma::urowvec said = index_max(trace.classifier.A.back(), 0);
    right += accu(said.t() == data.labels.elem(heap));
  }
  return real(right) / real(indices.n_elem);
  //<
}

}  // namespace nn
