// Lesson 17, fewer and smaller messages: steps of one's own between two averages, and the largest entries alone.
#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Network average(const std::vector<Network>& networks, const vec& weights) {
  //> 17.8
  require(!networks.empty(), "average", "there are no networks");
  require_shape(weights.n_elem, networks.size(), "average", "weights", "entries", "networks");
  Network mean = networks.front();
  for (Layer& layer : mean) layer.W *= weights(0), layer.b *= weights(0);
  for (uword i = 1; i < networks.size(); ++i) {
    require_shape(networks[i].size(), mean.size(), "average", "a network", "layers", "those of the first");
    for (uword l = 0; l < mean.size(); ++l) {
      require_same_shape(networks[i][l].W, mean[l].W, "average", "W of a network", "that of the first");
      require_shape(networks[i][l].b.n_elem, mean[l].b.n_elem, "average", "b", "entries", "that of the first");
      mean[l].W += weights(i) * networks[i][l].W;
      mean[l].b += weights(i) * networks[i][l].b;
    }
  }
  return mean;
  //<
}

//- the network with these numbers in the places of its own
static Network filled(Network network, const Gradients& numbers) {
  for (uword l = 0; l < network.size(); ++l) network[l].W = numbers.dW[l], network[l].b = numbers.db[l];
  return network;
}

static vec numbers_of(const Network& network) {
  Gradients numbers;
  for (const Layer& layer : network) numbers.dW.push_back(layer.W), numbers.db.push_back(layer.b);
  return pack(numbers);
}
//<

Network local_steps(Network network, const std::vector<Batch>& mine, Loss loss, real rate, uword every,
                    const AllReduce& sum, uword ranks) {
  //> 17.8
  require(every > 0 && ranks > 0, "local_steps", "every and ranks must be at least 1");
  for (uword i = 0; i < mine.size(); ++i) {
    const Gradients slopes = backprop(network, mine[i].X, mine[i].T, loss);
    network = sgd_step(std::move(network), slopes, rate);
    if ((i + 1) % every != 0 && i + 1 < mine.size()) continue;
    const vec mean = sum(numbers_of(network)) / real(ranks);
    network = filled(network, unpack(mean, network));
  }
  return network;
  //<
}

Compressed top_k(const vec& gradient, const vec& residual, uword k) {
  //> 17.9
  require_shape(residual.n_elem, gradient.n_elem, "top_k", "residual", "entries", "entries of gradient");
  require(k <= gradient.n_elem, "top_k", "k is larger than the gradient");
  const vec whole = gradient + residual;
  const uvec by_size = stable_sort_index(vec(abs(whole)), "descend");
  Compressed sent;
  sent.at = sort(uvec(by_size.head(k)));
  sent.values = whole(sent.at);
  sent.residual = whole;
  sent.residual(sent.at).zeros();
  return sent;
  //<
}

}  // namespace nn
