// All weights in one column, sorted once; a layer by itself is a network of one layer, and takes the same way.
#include <set>
#include <stdexcept>

#include "nn/structure.hpp"

namespace nn {

std::vector<mat> magnitude_masks(const Network& network, real share, bool everywhere) {
  if (!(share >= 0 && share <= 1)) throw std::invalid_argument("a share of the weights lies between 0 and 1");
  std::vector<mat> masks;
  if (!everywhere) {
    for (const Layer& layer : network) masks.push_back(magnitude_masks({layer}, share, true)[0]);
    return masks;
  }
  vec sizes;
  for (const Layer& layer : network) sizes = join_cols(sizes, vectorise(abs(layer.W)));
  vec stays(sizes.n_elem, arma::fill::ones);
  const uvec smallest_first = stable_sort_index(sizes);
  const uword go = uword(share * real(sizes.n_elem));
  for (uword i = 0; i < go; ++i) stays(smallest_first(i)) = 0;
  const real* next = stays.memptr();
  for (const Layer& layer : network) {
    masks.push_back(mat(next, layer.W.n_rows, layer.W.n_cols));
    next += layer.W.n_elem;
  }
  return masks;
}

Network masked(Network network, const std::vector<mat>& masks) {
  if (masks.size() != network.size()) throw std::invalid_argument("a mask for each layer, and no more");
  for (uword l = 0; l < network.size(); ++l) {
    if (size(masks[l]) != size(network[l].W)) throw std::invalid_argument("a mask of another shape than its weights");
    network[l].W %= masks[l];
  }
  return network;
}

Network retrain(Network network, const std::vector<mat>& masks, const Dataset& data, const std::vector<uvec>& batches,
                const Options& options) {
  network = masked(network, masks);
  for (const uvec& batch : batches) network = masked(train_epoch(network, data, {batch}, options).network, masks);
  return network;
}

vec importance(const Network& network, uword layer) {
  if (layer + 1 >= network.size()) throw std::invalid_argument("importance for whom? There is no next layer");
  const mat& incoming = network[layer].W;
  const mat& outgoing = network[layer + 1].W;
  if (outgoing.n_cols != incoming.n_rows) throw std::invalid_argument("the next layer reads other units");
  vec result(incoming.n_rows);
  for (uword j = 0; j < result.n_elem; ++j) result(j) = norm(incoming.row(j)) * norm(outgoing.col(j));
  return result;
}

Network remove_units(Network network, uword layer, const uvec& kept) {
  if (layer + 1 >= network.size()) throw std::invalid_argument("the last layer's units are the answers");
  Layer& here = network[layer];
  Layer& next = network[layer + 1];
  if (next.W.n_cols != here.W.n_rows) throw std::invalid_argument("the next layer reads other units");
  std::set<uword> seen;
  for (const uword unit : kept) {
    if (unit >= here.W.n_rows) throw std::invalid_argument("a unit to keep that is not there");
    if (!seen.insert(unit).second) throw std::invalid_argument("a unit cannot be kept twice");
  }
  here.W = here.W.rows(kept);
  here.b = here.b.elem(kept);
  next.W = next.W.cols(kept);
  return network;
}

real zero_share(const Network& network) {
  uword zeros = 0, all = 0;
  for (const Layer& layer : network) {
    zeros += layer.W.n_elem - uvec(arma::find(layer.W)).n_elem;
    all += layer.W.n_elem;
  }
  if (all == 0) throw std::invalid_argument("a share of no weights");
  return real(zeros) / real(all);
}

}  // namespace nn
