// Lesson 15, smaller: weights and units that hardly matter go, and what is left learns on.
#include "nn/structure.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- 1 for all but the smallest
static vec kept_of(const vec& sizes, real share) {
  vec kept(sizes.n_elem, arma::fill::ones);
  uvec gone = stable_sort_index(sizes);
  gone.resize(uword(share * real(sizes.n_elem)));
  kept(gone).zeros();
  return kept;
}
//<

std::vector<mat> magnitude_masks(const Network& network, real share, bool everywhere) {
  //> 15.1
  require(0 <= share && share <= 1, "magnitude_masks",
          "the share is " + std::to_string(share) + ", expected 0 <= share <= 1");
  vec sizes, kept;  // of all layers, one behind the other
  for (const Layer& layer : network) {
    const vec own = vectorise(abs(layer.W));
    if (everywhere) sizes.insert_rows(sizes.n_elem, own);
    else kept.insert_rows(kept.n_elem, kept_of(own, share));
  }
  if (everywhere) kept = kept_of(sizes, share);
  std::vector<mat> masks;
  const real* next = kept.memptr();
  for (const Layer& layer : network) {
    masks.emplace_back(next, layer.W.n_rows, layer.W.n_cols);
    next += layer.W.n_elem;
  }
  return masks;
  //<
}

Network masked(Network network, const std::vector<mat>& masks) {
  //> 15.1
  require_shape(masks.size(), network.size(), "masked", "masks", "entries", "layers of the network");
  for (uword l = 0; l < network.size(); ++l) {
    require_same_shape(masks[l], network[l].W, "masked", "a mask", "W");
    network[l].W %= masks[l];
  }
  return network;
  //<
}

Network retrain(Network network, const std::vector<mat>& masks, const Dataset& data, const std::vector<uvec>& batches,
                const Options& options) {
  //> 15.2
  network = masked(std::move(network), masks);
  for (const uvec& batch : batches)
    network = masked(train_epoch(std::move(network), data, {batch}, options).network, masks);
  return network;
  //<
}

//- there must be somebody to listen
static void require_next(const Network& network, uword layer, std::string_view function) {
  require(layer + 1 < network.size(), function,
          "layer " + std::to_string(layer) + " has no next layer among " + std::to_string(network.size()));
  require_shape(network[layer + 1].W.n_cols, network[layer].W.n_rows, function, "the next W", "columns",
                "units of the layer");
}
//<

vec importance(const Network& network, uword layer) {
  //> 15.3
  require_next(network, layer, "importance");
  const vec incoming = sqrt(sum(square(network[layer].W), 1));
  const rowvec outgoing = sqrt(sum(square(network[layer + 1].W), 0));
  return incoming % outgoing.t();
  //<
}

Network remove_units(Network network, uword layer, const uvec& kept) {
  //> 15.3
  require_next(network, layer, "remove_units");
  auto& [W, b, activation] = network[layer];
  mat& next = network[layer + 1].W;
  require_shape(b.n_elem, W.n_rows, "remove_units", "b", "entries", "rows of W");
  const bool are_units = all(kept < W.n_rows);
  require(are_units, "remove_units", "kept has an entry that is not below " + std::to_string(W.n_rows));
  require(uvec(unique(kept)).n_elem == kept.n_elem, "remove_units", "kept names a unit twice");
  W = mat(W.rows(kept));
  b = vec(b.rows(kept));
  next = mat(next.cols(kept));
  return network;
  //<
}

real zero_share(const Network& network) {
  //> 15.4
  uword zeros = 0, weights = 0;
  for (const Layer& layer : network) {
    zeros += accu(layer.W == 0);
    weights += layer.W.n_elem;
  }
  require(weights > 0, "zero_share", "the network has no weights");
  return real(zeros) / real(weights);
  //<
}

}  // namespace nn
