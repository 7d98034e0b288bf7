// Lesson 7, the training: a good start, one epoch, many epochs, and how well it went.
#include "nn/training.hpp"

#include <algorithm>
#include <cmath>

#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Layer he_init(uword m, uword d, Activation activation, Rng& rng) {
  //> 7.4
  return {std::sqrt(real(2) / d) * random_normal(m, d, rng), vec(m, arma::fill::zeros), activation};
  //<
}

Layer xavier_init(uword m, uword d, Activation activation, Rng& rng) {
  //> 7.4
  return {std::sqrt(real(2) / (d + m)) * random_normal(m, d, rng), vec(m, arma::fill::zeros), activation};
  //<
}

Network descend(Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas, real rate) {
  //> 7.5
  for (uword l = 0; l < network.size(); ++l) {
    const mat& input = l == 0 ? X : trace.A[l - 1];
    network[l].W += -rate * deltas[l] * input.t();  // one product, added into W
    for (uword n = 0; n < deltas[l].n_cols; ++n) network[l].b -= rate * deltas[l].col(n);
  }
  return network;
  //<
}

Epoch train_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                  std::optional<real> running_loss) {
  //> 7.5
  require(!batches.empty(), "train_epoch", "no batches to learn from");
  Batch batch;
  Trace trace;
  std::vector<mat> deltas;
  for (const uvec& indices : batches) {
    batch = gather(data, indices, std::move(batch));
    trace = forward_trace(network, batch.X, std::move(trace));
    deltas = backward_deltas(network, trace, batch.T, options.loss, std::move(deltas));
    network = decay_weights(std::move(network), options.rate, options.weight_decay);
    network = descend(std::move(network), batch.X, trace, deltas, options.rate);
    const real loss = loss_value(options.loss, trace.A.back(), batch.T);
    running_loss = running_loss ? (1 - options.eta) * *running_loss + options.eta * loss : loss;
  }
  return {std::move(network), *running_loss};
  //<
}

real accuracy(const Network& network, const Dataset& data, const uvec& indices) {
  //> 7.6
  require(!indices.empty(), "accuracy", "no samples to judge by");
  uword right = 0;
  Batch batch;
  for (uword i = 0; i < indices.n_elem; i += 500) {
    const uvec some = indices.subvec(i, std::min<uword>(i + 500, indices.n_elem) - 1);
    batch = gather(data, some, std::move(batch));
    right += accu(predict(forward(network, batch.X)) == data.labels(some));
  }
  return real(right) / indices.n_elem;
  //<
}

arma::umat confusion_matrix(const uvec& labels, const uvec& predicted, uword classes) {
  //> 7.6
  require_shape(predicted.n_elem, labels.n_elem, "confusion_matrix", "predicted", "entries", "entries of labels");
  arma::umat counts(classes, classes, arma::fill::zeros);
  for (uword j = 0; j < labels.n_elem; ++j) {
    require(labels(j) < classes && predicted(j) < classes, "confusion_matrix",
            "sample " + std::to_string(j) + " has a label that is not below " + std::to_string(classes));
    ++counts(labels(j), predicted(j));
  }
  return counts;
  //<
}

Network decay_weights(Network network, real rate, real lambda) {
  //> 7.7
  if (lambda != 0)
    for (Layer& layer : network) layer.W *= 1 - rate * lambda;
  return network;
  //<
}

Run train(Network network, const Dataset& data, const Split& parts, const Options& options, Rng& rng,
          const std::function<bool(const Progress&)>& watch) {
  //> 7.8
  const uvec sample = parts.train.head(std::min<uword>(parts.train.n_elem, 10000));
  Run best{network, 0, {}};
  std::optional<real> running_loss;
  real best_accuracy = -1;
  for (uword e = 1; e <= options.epochs; ++e) {
    const std::vector<uvec> batches = shuffled_batches(parts.train, options.batch_size, rng);
    auto [trained, loss] = train_epoch(std::move(network), data, batches, options, running_loss);
    network = std::move(trained);
    running_loss = loss;
    const bool judged = !parts.held_out.empty();
    best.history.push_back(
        {e, loss, accuracy(network, data, sample), judged ? accuracy(network, data, parts.held_out) : 0});
    const Progress& now = best.history.back();
    if (!judged || now.held_out_accuracy > best_accuracy) {
      best.network = network;
      best.best_epoch = e;
      best_accuracy = now.held_out_accuracy;
    }
    if (watch && !watch(now)) break;
    if (judged && options.patience > 0 && e - best.best_epoch >= options.patience) break;
  }
  return best;
  //<
}

}  // namespace nn
