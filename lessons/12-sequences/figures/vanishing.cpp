// What the loss of the last of 40 steps hears of each state before any training: the middle of nine cells of each kind.
#include "nn/support/recurrent.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

constexpr uword T = 40, m = 24, N = 32, symbols = 4;

vec heard(Recurrent net, Rng& rng) {
  const Unrolled unrolled = unroll(net, T, {T - 1}, Loss::cross_entropy);
  Values values = unrolled.model.values;
  values[unrolled.model.inputs(0)] = mat(m, N, arma::fill::zeros);
  const auto drawn = [&] {
    mat x(symbols, N, arma::fill::zeros);
    for (uword n = 0; n < N; ++n) x(rng.below(symbols), n) = 1;
    return x;
  };
  for (uword t = 1; t <= T; ++t) values[unrolled.model.inputs(t)] = drawn();
  values[unrolled.model.targets(0)] = drawn();
  return slopes_through_time(unrolled, evaluate(unrolled.model.graph, std::move(values)));
}

const Figure vanishing("vanishing", [](FigureData& figure) {
  FigureTable& table = figure.table({"t", "plain", "plain_large", "gated0", "gated3"});
  std::vector<mat> kinds(4, mat(T + 1, 9));
  for (uword start = 0; start < 9; ++start) {
    Rng rng(start + 1);
    Recurrent plain = plain_cell(symbols, m, symbols, rng);
    kinds[0].col(start) = heard(plain, rng);
    plain.gates[0].U *= real(1.5);
    kinds[1].col(start) = heard(plain, rng);
    kinds[2].col(start) = heard(gated_cell(symbols, m, symbols, 0, rng), rng);
    kinds[3].col(start) = heard(gated_cell(symbols, m, symbols, 3, rng), rng);
  }
  for (uword t = 0; t <= T; ++t) {
    std::vector<double> row = {double(t)};
    for (const mat& kind : kinds) row.push_back(double(median(rowvec(kind.row(t)))));
    table.row(row);
  }
});

}  // namespace
}  // namespace nn
