// The loss while one number in a hundred is sent: with what was not sent kept for later, and thrown away.
#include "lessons/17-parallel/figures/learners.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

enum class Sent { all, rest_kept, rest_lost };

/// The loss of each step's batch, averaged over ten steps.
vec losses(const Dataset& data, Sent sent) {
  Rng rng(1);
  Network network = small_network(rng);
  const std::vector<Batch> batches = batches_of(data, all_of(data), 100, 200, rng);
  vec loss(batches.size()),
      residual(pack({0, {network[0].W, network[1].W}, {network[0].b, network[1].b}}).n_elem, arma::fill::zeros);
  for (uword i = 0; i < batches.size(); ++i) {
    Gradients g = backprop(network, batches[i].X, batches[i].T, Loss::cross_entropy);
    loss(i) = g.loss;
    if (sent != Sent::all) {
      const vec whole = pack(g);
      const Compressed few = top_k(whole, residual, whole.n_elem / 100);
      vec arrived(whole.n_elem, arma::fill::zeros);
      arrived(few.at) = few.values;
      g = unpack(arrived, network);
      if (sent == Sent::rest_kept) residual = few.residual;
    }
    network = sgd_step(std::move(network), g, real(0.1));
  }
  return arma::mean(reshape(mat(loss), 10, loss.n_elem / 10), 0).t();
}

const Figure few_numbers("few_numbers", [](FigureData& figure) {
  const Dataset& data = trainer::digits({}).train;
  const vec all = losses(data, Sent::all), kept = losses(data, Sent::rest_kept), lost = losses(data, Sent::rest_lost);
  FigureTable& table = figure.table({"step", "all", "kept", "lost"});
  for (uword i = 0; i < all.n_elem; ++i) table.row(int(10 * (i + 1)), double(all(i)), double(kept(i)), double(lost(i)));
});

}  // namespace
}  // namespace nn
