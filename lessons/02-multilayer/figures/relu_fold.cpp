// What the hidden layer of task 2.7 does to the plane: the same points as inputs and as outputs of the ReLU units.
#include "nn/multilayer.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure relu_fold("relu_fold", [](FigureData& data) {
  const Network network = xor_relu_network();
  const auto hidden = [&](const mat& X) {
    const mat Z = dense(network.at(0).W, network.at(0).b, X);
    return mat(arma::max(Z, mat(size(Z), arma::fill::zeros)));
  };
  FigureTable& grid = data.table("grid", {"x1", "x2", "h1", "h2", "output"});
  for (int i = 0; i <= 16; ++i)
    for (int j = 0; j <= 16; ++j) {
      const vec x = {i / real(16), j / real(16)};
      const mat h = hidden(x);
      grid.row(x(0), x(1), h(0), h(1), dense(network.at(1).W, network.at(1).b, h).eval()(0));
    }
  FigureTable& corners = data.table("corners", {"x1", "x2", "h1", "h2", "wanted", "name", "names"});
  const ToyData table = xor_table();
  const mat H = hidden(table.X);
  const auto name = [&](uword i) { return std::to_string(int(table.X(0, i))) + std::to_string(int(table.X(1, i))); };
  for (uword i = 0; i < table.size(); ++i) {  // corners that land on one place are named there together, once
    std::string names;
    for (uword j = 0; j < table.size(); ++j) {
      if (norm(H.col(i) - H.col(j)) > 1e-6) continue;
      if (j < i) names = " ";
      if (names != " ") names += (names.empty() ? "" : " and ") + name(j);
    }
    corners.row(table.X(0, i), table.X(1, i), H(0, i), H(1, i), real(table.labels(i)), name(i), names);
  }
});

}  // namespace
}  // namespace nn
