// How much of the attention the largest share takes before anything is learnt, for heads of more and more rows, with
// the root of the contract and without.
#include <cmath>

#include "nn/attention.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

constexpr uword asked = 16, asks = 200;

const Figure root("root", [](FigureData& figure) {
  FigureTable& table = figure.table({"rows", "with", "without"});
  Rng rng(1);
  for (uword rows = 1; rows <= 256; rows *= 2) {
    const mat Q = random_normal(rows, asks, rng);
    const mat K = random_normal(rows, asked, rng);
    const mat each(asked, asked, arma::fill::eye), M(asked, asks, arma::fill::zeros);
    const auto largest = [&](const mat& scaled) {
      const mat shares = attend(scaled, K, each, M);
      return double(mean(rowvec(max(shares, 0))));
    };
    table.row(double(rows), largest(Q), largest(std::sqrt(real(rows)) * Q));
  }
});

}  // namespace
}  // namespace nn
