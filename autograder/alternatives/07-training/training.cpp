// Another complete answer.
// Good here: gradients first and sgd_step after them, as in lesson 6.
// Good in ours: each product is added into W at once, which saves a matrix as large as the network in every step.
#include "nn/training.hpp"

#include <algorithm>

#include "nn/activations.hpp"

namespace nn {

/// N(0, 1) by Box and Muller, row by row.
static mat normal_rows(uword m, uword d, Rng& rng) {
  mat W(m, d);
  for (uword i = 0; i < m; ++i)
    for (uword j = 0; j < d; ++j)
      W(i, j) = std::sqrt(-2 * std::log(1 - rng.uniform())) * std::cos(2 * arma::Datum<real>::pi * rng.uniform());
  return W;
}

Layer he_init(uword m, uword d, Activation activation, Rng& rng) {
  return {normal_rows(m, d, rng) / std::sqrt(real(d) / 2), vec(m, arma::fill::zeros), activation};
}

Layer xavier_init(uword m, uword d, Activation activation, Rng& rng) {
  return {normal_rows(m, d, rng) / std::sqrt(real(d + m) / 2), vec(m, arma::fill::zeros), activation};
}

Network descend(Network network, const mat& X, const Trace& trace, const std::vector<mat>& deltas, real rate) {
  Gradients g;
  for (uword l = 0; l < network.size(); ++l) {
    const DenseGradients layer = dense_backward(network[l].W, l > 0 ? trace.A[l - 1] : X, deltas[l]);
    g.dW.push_back(layer.dW);
    g.db.push_back(layer.db);
  }
  return sgd_step(network, g, rate);
}

/// The gradient of the loss with its penalty, lambda W, in one step.
Epoch train_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                  std::optional<real> running_loss) {
  if (batches.empty()) throw std::invalid_argument("train_epoch: no batches");
  std::vector<real> Q;
  if (running_loss) Q.push_back(*running_loss);
  for (const uvec& indices : batches) {
    const Batch batch = gather(data, indices);
    Gradients g = backprop(network, batch.X, batch.T, options.loss);
    for (uword l = 0; l < network.size(); ++l) g.dW[l] += options.weight_decay * network[l].W;
    network = sgd_step(network, g, options.rate);
    Q.push_back(Q.empty() ? g.loss : Q.back() + options.eta * (g.loss - Q.back()));
  }
  return {network, Q.back()};
}

real accuracy(const Network& network, const Dataset& data, const uvec& indices) {
  if (indices.empty()) throw std::invalid_argument("accuracy: no samples");
  real sum = 0;
  for (const uword i : indices) sum += predict(forward(network, gather(data, {i}).X))(0) == data.labels(i) ? 1 : 0;
  return sum / real(indices.n_elem);
}

arma::umat confusion_matrix(const uvec& labels, const uvec& predicted, uword classes) {
  if (labels.n_elem != predicted.n_elem) throw std::invalid_argument("confusion_matrix: sizes differ");
  if (any(labels >= classes) || any(predicted >= classes))
    throw std::invalid_argument("confusion_matrix: no such class");
  arma::umat counts(classes, classes);
  for (uword i = 0; i < classes; ++i)
    for (uword j = 0; j < classes; ++j) counts(i, j) = accu((labels == i) % (predicted == j));
  return counts;
}

Network decay_weights(Network network, real rate, real lambda) {
  for (auto& [W, b, activation] : network)
    for (real& w : W) w -= rate * (lambda * w);
  return network;
}

/// Keeps the network of every epoch and looks for the best one at the end.
Run train(Network network, const Dataset& data, const Split& parts, const Options& options, Rng& rng,
          const std::function<bool(const Progress&)>& watch) {
  std::vector<Network> networks{network};
  std::vector<Progress> history;
  const auto better = [](const Progress& a, const Progress& b) { return a.held_out_accuracy < b.held_out_accuracy; };
  const auto best = [&] {
    return parts.held_out.empty()
               ? history.size()
               : uword(std::max_element(history.begin(), history.end(), better) - history.begin()) + 1;
  };
  bool more = true;
  while (more && history.size() < options.epochs) {
    const std::optional<real> Q = history.empty() ? std::nullopt : std::optional<real>(history.back().running_loss);
    const Epoch epoch =
        train_epoch(networks.back(), data, shuffled_batches(parts.train, options.batch_size, rng), options, Q);
    networks.push_back(epoch.network);
    Progress now{history.size() + 1, epoch.running_loss, 0, 0};
    now.train_accuracy =
        accuracy(epoch.network, data, parts.train.size() > 10000 ? parts.train.head(10000) : parts.train);
    if (parts.held_out.size() > 0) now.held_out_accuracy = accuracy(epoch.network, data, parts.held_out);
    history.push_back(now);
    more = !watch || watch(now);
    if (options.patience > 0) more = more && history.size() < best() + options.patience;
  }
  if (history.empty()) return {network, 0, {}};
  return {networks[best()], best(), history};
}

}  // namespace nn
