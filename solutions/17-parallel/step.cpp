// Lesson 17, one step of many ranks: as if one rank had seen the whole batch.
#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Step parallel_step(Network network, const mat& X, const mat& T, Loss loss, real rate, uword total,
                   const AllReduce& sum) {
  //> 17.6
  require(total > 0, "parallel_step", "total is 0, expected the samples of the whole batch");
  require(X.n_cols <= total, "parallel_step", "X has more columns than the whole batch has samples");
  require_shape(T.n_cols, X.n_cols, "parallel_step", "T", "columns", "columns of X");
  uword numbers = 1;
  for (const Layer& layer : network) numbers += layer.W.n_elem + layer.b.n_elem;
  vec mine(numbers, arma::fill::zeros);  // what a rank without samples says
  if (X.n_cols > 0) mine = pack(backprop(network, X, T, loss)) * (real(X.n_cols) / real(total));
  const Gradients whole = unpack(sum(mine), network);
  return {sgd_step(std::move(network), whole, rate), whole.loss};
  //<
}

}  // namespace nn
