// Two ways to stack fifty layers, and how either learns. It calls the contracts alone, so it is made of whose bodies it
// is linked with.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>

#include "nn/activations.hpp"
#include "nn/graph.hpp"
#include "nn/losses.hpp"
#include "nn/support/dataset.hpp"

namespace nn {

/// Images as the graphs take them.
struct Samples {
  mat X, T;  ///< d x N and k x N
  uvec labels;
};

inline Samples samples_of(const Dataset& data) {
  return {arma::conv_to<mat>::from(data.images) / 255, one_hot(data.labels, data.classes), data.labels};
}

/// residual_graph's layers one after the other, with no way around: d - m - `blocks` times m - k.
inline Model chain_graph(uword d, uword m, uword blocks, uword k, Activation phi, Rng& rng) {
  Network chain;
  for (uword l = 0; l < blocks + 2; ++l) {
    const uword rows = l == blocks + 1 ? k : m, columns = l == 0 ? d : m;
    chain.push_back({random_normal(rows, columns, rng) / std::sqrt(real(columns)), vec(rows, arma::fill::zeros),
                     l == blocks + 1 ? Activation::softmax : phi});
  }
  return network_graph(chain, Loss::cross_entropy);
}

/// The values of the whole graph for these samples; those of earlier samples are its memory.
inline Values values_for(const Model& model, Values values, const mat& X, const mat& T) {
  values[model.inputs(0)] = X;
  values[model.targets(0)] = T;
  return evaluate(model.graph, std::move(values));
}

/// So many passes over the samples in batches of 50, in random order; `look` is called after each.
inline Model learn(Model model, const Samples& samples, uword epochs, real rate, Rng& rng,
                   const std::function<void(uword, const Model&)>& look = {}) {
  const uword n = samples.X.n_cols, size = 50;
  Values slopes;
  for (uword epoch = 1; epoch <= epochs; ++epoch) {
    const uvec shuffled = random_permutation(n, rng);
    for (uword i = 0; i < n; i += size) {
      const uvec batch = shuffled.subvec(i, std::min(i + size, n) - 1);
      model.values = values_for(model, std::move(model.values), samples.X.cols(batch), samples.T.cols(batch));
      slopes = backward(model.graph, model.values, model.loss, std::move(slopes));
      model.values = step_down(std::move(model.values), slopes, model.parameters, rate);
    }
    if (look) look(epoch, model);
  }
  return model;
}

/// The fraction of the samples that is read correctly.
inline real accuracy(const Model& model, const Samples& samples) {
  const Values values = values_for(model, model.values, samples.X, samples.T);
  return real(accu(predict(values[model.outputs(0)]) == samples.labels)) / real(samples.labels.n_elem);
}

}  // namespace nn
