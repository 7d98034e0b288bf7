// A rank without samples makes zeros by hand; the weight of the own part is applied to the packed message.
#include <stdexcept>

#include "nn/parallel.hpp"

namespace nn {

Step parallel_step(Network network, const mat& X, const mat& T, Loss loss, real rate, uword total,
                   const AllReduce& sum) {
  if (total == 0) throw std::invalid_argument("a step of no sample");
  if (X.n_cols > total) throw std::invalid_argument("more samples here than in the whole batch");
  if (X.n_cols != T.n_cols) throw std::invalid_argument("a target for each sample");
  Gradients mine;
  if (X.n_cols > 0) {
    mine = backprop(network, X, T, loss);
  } else {
    for (const Layer& layer : network) {
      mine.dW.push_back(mat(layer.W.n_rows, layer.W.n_cols, arma::fill::zeros));
      mine.db.push_back(vec(layer.b.n_elem, arma::fill::zeros));
    }
  }
  vec message = pack(mine);
  message *= real(X.n_cols) / real(total);
  const Gradients all = unpack(sum(message), network);
  return {sgd_step(network, all, rate), all.loss};
}

}  // namespace nn
