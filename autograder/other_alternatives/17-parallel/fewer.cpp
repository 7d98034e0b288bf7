// The mean grows out of the first network; a network is sent as if it were gradients, and divided by the ranks before
// it is read; a stable sort gives the largest entries.
#include <stdexcept>

#include "nn/parallel.hpp"

namespace nn {

Network average(const std::vector<Network>& networks, const vec& weights) {
  if (networks.empty()) throw std::invalid_argument("the mean of no network");
  if (weights.n_elem != networks.size()) throw std::invalid_argument("a weight for each network");
  Network mean = networks[0];
  for (Layer& layer : mean) {
    layer.W *= weights(0);
    layer.b *= weights(0);
  }
  for (uword i = 1; i < networks.size(); ++i) {
    const Network& other = networks[i];
    if (other.size() != mean.size()) throw std::invalid_argument("the mean of networks of different depth");
    for (uword l = 0; l < mean.size(); ++l) {
      if (size(other[l].W) != size(mean[l].W) || size(other[l].b) != size(mean[l].b))
        throw std::invalid_argument("the mean of layers of different shapes");
      mean[l].W += weights(i) * other[l].W;
      mean[l].b += weights(i) * other[l].b;
    }
  }
  return mean;
}

Network local_steps(Network network, const std::vector<Batch>& mine, Loss loss, real rate, uword every,
                    const AllReduce& sum, uword ranks) {
  if (every == 0) throw std::invalid_argument("local_steps: a meeting after no step");
  if (ranks == 0) throw std::invalid_argument("local_steps: nobody works");
  for (uword i = 0; i < mine.size(); ++i) {
    network = sgd_step(network, backprop(network, mine[i].X, mine[i].T, loss), rate);
    if ((i + 1) % every != 0 && i + 1 != mine.size()) continue;
    Gradients numbers;
    for (const Layer& layer : network) {
      numbers.dW.push_back(layer.W);
      numbers.db.push_back(layer.b);
    }
    const Gradients mean = unpack(sum(pack(numbers)) / real(ranks), network);
    for (uword l = 0; l < network.size(); ++l) {
      network[l].W = mean.dW[l];
      network[l].b = mean.db[l];
    }
  }
  return network;
}

Compressed top_k(const vec& gradient, const vec& residual, uword k) {
  if (gradient.n_elem != residual.n_elem) throw std::invalid_argument("top_k: a residual of another length");
  if (k > gradient.n_elem) throw std::invalid_argument("top_k: more entries than there are");
  Compressed sent;
  sent.residual = gradient + residual;
  const uvec largest_first = arma::stable_sort_index(arma::abs(sent.residual), "descend");
  sent.at = arma::sort(largest_first.head(k));
  sent.values = sent.residual.elem(sent.at);
  sent.residual.elem(sent.at).zeros();
  return sent;
}

}  // namespace nn
