// Lesson 15, another way: a threshold and a count of equals, units one by one.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>

#include "nn/structure.hpp"

namespace nn {

std::vector<mat> magnitude_masks(const Network& network, real share, bool everywhere) {
  if (!(share >= 0) || share > 1) throw std::invalid_argument("no share");
  std::vector<std::vector<std::pair<uword, uword>>> groups(everywhere ? 1 : network.size());
  std::vector<mat> masks;
  for (uword l = 0; l < network.size(); ++l) {
    masks.emplace_back(size(network[l].W), arma::fill::ones);
    for (uword i = 0; i < network[l].W.n_elem; ++i) groups[everywhere ? 0 : l].emplace_back(l, i);
  }
  for (auto& group : groups) {
    const auto size_of = [&](const std::pair<uword, uword>& place) {
      return std::abs(network[place.first].W(place.second));
    };
    std::stable_sort(group.begin(), group.end(), [&](const auto& a, const auto& b) { return size_of(a) < size_of(b); });
    const auto gone = std::size_t(std::floor(share * real(group.size())));
    for (std::size_t i = 0; i < gone; ++i) masks[group[i].first](group[i].second) = 0;
  }
  return masks;
}

Network masked(Network network, const std::vector<mat>& masks) {
  if (masks.size() != network.size()) throw std::invalid_argument("not a mask a layer");
  for (std::size_t l = 0; l < masks.size(); ++l) {
    if (arma::size(masks[l]) != arma::size(network[l].W)) throw std::invalid_argument("a mask does not fit");
    network[l].W.elem(find(masks[l] == 0)).zeros();
  }
  return network;
}

Network retrain(Network network, const std::vector<mat>& masks, const Dataset& data, const std::vector<uvec>& batches,
                const Options& options) {
  network = masked(network, masks);
  for (const uvec& indices : batches) {
    const Batch batch = gather(data, indices);
    Gradients g = backprop(network, batch.X, batch.T, options.loss);
    for (uword l = 0; l < network.size(); ++l) g.dW[l] %= masks[l];  // what is 0 and has no slope stays 0
    network = decay_weights(network, options.rate, options.weight_decay);
    network = sgd_step(network, g, options.rate);
  }
  return network;
}

vec importance(const Network& network, uword layer) {
  if (layer + 1 >= network.size()) throw std::invalid_argument("no layer listens");
  const mat &W = network[layer].W, &next = network[layer + 1].W;
  if (next.n_cols != W.n_rows) throw std::invalid_argument("the next layer does not fit");
  vec all(W.n_rows);
  for (uword j = 0; j < W.n_rows; ++j) all(j) = norm(W.row(j)) * norm(next.col(j));
  return all;
}

Network remove_units(Network network, uword layer, const uvec& kept) {
  if (layer + 1 >= network.size()) throw std::invalid_argument("no layer listens");
  const Layer own = network[layer], next = network[layer + 1];
  if (next.W.n_cols != own.W.n_rows || own.b.n_elem != own.W.n_rows) throw std::invalid_argument("does not fit");
  std::set<uword> seen;
  network[layer] = {mat(0, own.W.n_cols), vec(), own.activation};
  network[layer + 1].W = mat(next.W.n_rows, 0);
  for (const uword unit : kept) {
    if (unit >= own.W.n_rows || !seen.insert(unit).second) throw std::invalid_argument("not a unit, or there already");
    network[layer].W = join_cols(network[layer].W, own.W.row(unit));
    network[layer].b = join_cols(network[layer].b, vec{own.b(unit)});
    network[layer + 1].W = join_rows(network[layer + 1].W, next.W.col(unit));
  }
  return network;
}

real zero_share(const Network& network) {
  real kept = 0, all = 0;
  for (const Layer& layer : network) {
    kept += real(arma::uvec(find(layer.W)).n_elem);
    all += real(layer.W.n_elem);
  }
  if (all == 0) throw std::invalid_argument("no weights");
  return (all - kept) / all;
}

}  // namespace nn
