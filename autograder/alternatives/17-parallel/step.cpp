// The own part beside one that found nothing.
#include <stdexcept>

#include "nn/parallel.hpp"
namespace nn {
Step parallel_step(Network network, const mat& X, const mat& T, Loss loss, real rate, uword total,
                   const AllReduce& sum) {
  if (total == 0 || X.n_cols > total || X.n_cols != T.n_cols) throw std::invalid_argument("samples");
  Gradients nothing;
  for (const Layer& layer : network) {
    nothing.dW.emplace_back(arma::size(layer.W), arma::fill::zeros);
    nothing.db.emplace_back(layer.b.n_elem, arma::fill::zeros);
  }
  const Gradients own = X.n_cols == 0 ? nothing : backprop(network, X, T, loss);
  const Gradients whole = unpack(sum(pack(combine({own, nothing}, {X.n_cols, total - X.n_cols}))), network);
  for (uword l = 0; l < network.size(); ++l) {
    network[l].W -= rate * whole.dW[l];
    network[l].b -= rate * whole.db[l];
  }
  return {network, whole.loss};
}
}  // namespace nn
