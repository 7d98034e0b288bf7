// Means by combine, meetings block by block, and one largest entry after another.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "nn/parallel.hpp"
namespace nn {
Network average(const std::vector<Network>& networks, const vec& weights) {
  if (networks.empty() || networks.size() != weights.n_elem) throw std::invalid_argument("networks and weights");
  Network mean = networks[0];
  for (const Network& other : networks) {
    if (other.size() != mean.size()) throw std::invalid_argument("layers");
    for (uword l = 0; l < mean.size(); ++l)
      if (size(other[l].W) != size(mean[l].W) || size(other[l].b) != size(mean[l].b))
        throw std::invalid_argument("shapes");
  }
  for (uword l = 0; l < mean.size(); ++l) {
    for (uword j = 0; j < mean[l].W.n_elem; ++j) {
      mean[l].W(j) = 0;
      for (uword i = 0; i < networks.size(); ++i) mean[l].W(j) += weights(i) * networks[i][l].W(j);
    }
    for (uword j = 0; j < mean[l].b.n_elem; ++j) {
      mean[l].b(j) = 0;
      for (uword i = 0; i < networks.size(); ++i) mean[l].b(j) += weights(i) * networks[i][l].b(j);
    }
  }
  return mean;
}
Network local_steps(Network network, const std::vector<Batch>& mine, Loss loss, real rate, uword every,
                    const AllReduce& sum, uword ranks) {
  if (every == 0 || ranks == 0) throw std::invalid_argument("every or ranks");
  for (auto batch = mine.begin(); batch != mine.end();) {
    for (uword i = 0; i < every && batch != mine.end(); ++i, ++batch)
      network = sgd_step(network, backprop(network, batch->X, batch->T, loss), rate);
    std::vector<real> all;
    for (const Layer& layer : network) {
      for (const real w : layer.W) all.push_back(w / real(ranks));
      for (const real b : layer.b) all.push_back(b / real(ranks));
    }
    const vec mean = sum(vec(all));
    uword at = 0;
    for (Layer& layer : network) {
      for (real& w : layer.W) w = mean(at++);
      for (real& b : layer.b) b = mean(at++);
    }
  }
  return network;
}
Compressed top_k(const vec& gradient, const vec& residual, uword k) {
  if (gradient.n_elem != residual.n_elem || k > gradient.n_elem) throw std::invalid_argument("sizes");
  Compressed sent = {{}, {}, gradient + residual};
  std::vector<uword> at;
  vec left = abs(sent.residual);
  for (uword i = 0; i < k; ++i) {
    at.push_back(left.index_max());
    left(at.back()) = -1;
  }
  std::sort(at.begin(), at.end());
  sent.at = uvec(at);
  sent.values.set_size(k);
  for (uword i = 0; i < k; ++i) sent.values(i) = sent.residual(at[i]), sent.residual(at[i]) = 0;
  return sent;
}
}  // namespace nn
