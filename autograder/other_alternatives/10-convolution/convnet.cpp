// A layer of filters is put together from the functions of 10.4 to 10.7; one lambda makes the step of either part, and
// a network is checked as a whole before it reads anything.
#include <algorithm>
#include <optional>
#include <stdexcept>

#include "nn/convolution.hpp"
#include "nn/support/activate.hpp"

namespace nn {
namespace {

/// One column an image, from one column a pixel with its channels, and back: the numbers stay where they are.
mat as_images(const mat& A, uword images) { return reshape(A, images == 0 ? 0 : A.n_elem / images, images); }

void check_network(const ConvNetwork& network, const mat& X) {
  const uword L = network.filters.size();
  if (network.windows.size() != L) throw std::invalid_argument("a window for each layer of filters");
  for (uword l = 0; l < L; ++l) {
    const Layer& layer = network.filters[l];
    const Window& w = network.windows[l];
    if (layer.activation == Activation::softmax) throw std::invalid_argument("filters do not share out a softmax");
    if (layer.W.n_cols != w.patch() || layer.b.n_elem != layer.W.n_rows)
      throw std::invalid_argument("filters for another window");
    const Window next = next_window(w, layer.W.n_rows);
    if (l + 1 < L) {
      const Window& then = network.windows[l + 1];
      if (then.rows != next.rows || then.cols != next.cols || then.channels != next.channels)
        throw std::invalid_argument("a window on other images than the layer before it makes");
    } else if (!network.classifier.empty() && network.classifier[0].W.n_cols != next.pixels()) {
      throw std::invalid_argument("a classifier of other images than the filters make");
    }
  }
  if (L > 0 && X.n_rows != network.windows[0].pixels()) throw std::invalid_argument("images of another size");
}

}  // namespace

ConvTrace conv_trace(const ConvNetwork& network, const mat& X) {
  check_network(network, X);
  ConvTrace trace;
  mat seen = X;
  for (uword l = 0; l < network.filters.size(); ++l) {
    const Layer& layer = network.filters[l];
    trace.patches.push_back(unfold(network.windows[l], seen));
    trace.pooled.push_back(max_pool(network.windows[l], dense(layer.W, layer.b, trace.patches.back())));
    trace.A.push_back(activate(layer.activation, trace.pooled.back().Z));
    seen = as_images(trace.A.back(), X.n_cols);
  }
  trace.classifier = forward_trace(network.classifier, seen);
  return trace;
}

ConvGradients conv_backprop(const ConvNetwork& network, const ConvTrace& trace, const mat& X, const mat& T, Loss loss) {
  const uword L = network.filters.size();
  if (network.windows.size() != L || trace.patches.size() != L || trace.pooled.size() != L || trace.A.size() != L)
    throw std::invalid_argument("conv_backprop: the trace of another network");
  const std::vector<mat> deltas = backward_deltas(network.classifier, trace.classifier, T, loss);
  ConvGradients slopes;
  slopes.classifier = gradients_of(L == 0 ? X : as_images(trace.A.back(), X.n_cols), trace.classifier, deltas);
  slopes.classifier.loss = loss_value(loss, trace.classifier.A.back(), T);
  slopes.filters.dW.resize(L);
  slopes.filters.db.resize(L);
  mat dA = network.classifier[0].W.t() * deltas[0];
  for (uword l = L; l-- > 0;) {
    const Layer& layer = network.filters[l];
    const Pooled& pooled = trace.pooled[l];
    const mat& A = trace.A[l];
    dA = activation_backward(layer.activation, pooled.Z, A, reshape(dA, A.n_rows, A.n_cols));
    const mat dZ = max_pool_backward(network.windows[l], pooled.winner, dA);
    const DenseGradients own = dense_backward(layer.W, trace.patches[l], dZ);
    slopes.filters.dW[l] = own.dW;
    slopes.filters.db[l] = own.db;
    if (l > 0) dA = fold(network.windows[l], own.dX);
  }
  return slopes;
}

ConvState conv_epoch(ConvState state, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                     uword steps, Rng& rng) {
  if (batches.empty()) throw std::invalid_argument("conv_epoch: nothing to learn from");
  const Options& options = recipe.options;
  const std::optional<Distortion>& distortion = recipe.regularisation.distortion;
  for (const uvec& indices : batches) {
    const real rate = scheduled_rate(recipe.schedule, options.rate, state.step, steps);
    const Batch batch = distortion ? gather_distorted(data, indices, *distortion, rng) : gather(data, indices);
    const ConvTrace trace = conv_trace(state.network, batch.X);
    const ConvGradients slopes = conv_backprop(state.network, trace, batch.X, batch.T, options.loss);
    const auto learn = [&](Network& part, Gradients along, std::vector<Memory>& memory) {
      if (recipe.clip != 0) along = clip(std::move(along), recipe.clip);
      part = decay_weights(std::move(part), rate, options.weight_decay);
      Optimised next = optimise(std::move(part), along, std::move(memory), recipe.method, rate);
      part = std::move(next.network);
      memory = std::move(next.memory);
    };
    learn(state.network.filters, slopes.filters, state.filters);
    learn(state.network.classifier, slopes.classifier, state.classifier);
    const real loss = slopes.classifier.loss;
    state.running_loss = state.step == 0 ? loss : (1 - options.eta) * state.running_loss + options.eta * loss;
    ++state.step;
  }
  return state;
}

real conv_accuracy(const ConvNetwork& network, const Dataset& data, const uvec& indices) {
  if (indices.empty()) throw std::invalid_argument("conv_accuracy: of nothing");
  uword right = 0;
  for (uword begin = 0; begin < indices.n_elem; begin += 100) {
    const uvec heap = indices.subvec(begin, std::min(begin + 100, indices.n_elem) - 1);
    const mat Y = conv_trace(network, gather(data, heap).X).classifier.A.back();
    for (uword n = 0; n < heap.n_elem; ++n)
      if (Y.col(n).index_max() == data.labels(heap(n))) ++right;
  }
  return real(right) / real(indices.n_elem);
}

}  // namespace nn
