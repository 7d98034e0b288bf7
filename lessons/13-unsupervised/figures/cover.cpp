// Cover's share of labellings that a neuron can learn, against points a coordinate; and how many of random labellings
// lesson 1's perceptron did learn (its bias is one of the d coordinates).
#include "nn/perceptron.hpp"
#include "nn/unsupervised.hpp"
#include "tools/figures/figure.hpp"

namespace {

double learned(nn::uword n, nn::uword d, nn::uword labellings, nn::Rng& rng) {
  nn::uword converged = 0;
  for (nn::uword time = 0; time < labellings; ++time) {
    const nn::mat X = nn::random_normal(d - 1, n, rng);
    nn::rowvec y(n);
    for (nn::real& label : y) label = nn::real(rng.below(2));
    converged += nn::learn(X, y, 1, 500, rng).converged;
  }
  return double(converged) / double(labellings);
}

const nn::Figure cover("cover", [](nn::FigureData& figure) {
  for (const nn::uword d : {3, 10, 40}) {
    nn::FigureTable& table = figure.table("d" + std::to_string(d), {"ratio", "share"});
    for (nn::uword n = 1; n <= 4 * d; ++n) table.row(double(n) / double(d), double(nn::separable_share(n, d)));
  }
  nn::FigureTable& table = figure.table("perceptrons", {"ratio", "learned"});
  nn::Rng rng(1);
  for (const nn::uword n : {2, 3, 4, 5, 6, 7, 8, 9, 10, 12}) table.row(double(n) / 3, learned(n, 3, 100, rng));
});

}  // namespace
