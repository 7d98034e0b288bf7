// Where the two hidden units put the points of the unit square, before training and after it.
#include "lessons/06-backprop/figures/xor.hpp"
#include "nn/activations.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure xor_hidden("xor_hidden", [](FigureData& data) {
  FigureTable& grid = data.table("grid", {"panel", "h1", "h2", "output"});
  FigureTable& corners = data.table("corners", {"panel", "h1", "h2", "wanted", "name", "names"});
  FigureTable& line = data.table("line", {"panel", "w1", "w2", "b"});
  const std::vector<Network> networks = looks_at_xor(xor_start(11), {0, 1000});
  for (uword k = 0; k < 2; ++k) {
    const Network& network = networks[k];
    const auto point = [&](real x1, real x2) {
      const vec x = {x1, x2};
      const Trace trace = forward_trace(network, x);
      return std::pair{vec(trace.A.at(0).as_col()), trace.A.at(1)(0)};
    };
    for (int i = 0; i <= 16; ++i)
      for (int j = 0; j <= 16; ++j) {
        const auto [h, y] = point(i / real(16), j / real(16));
        grid.row(k + 1, h(0), h(1), y);
      }
    const ToyData table = xor_table();
    const mat H = forward_trace(network, table.X).A.at(0);
    const auto name = [&](uword i) { return std::to_string(int(table.X(0, i))) + std::to_string(int(table.X(1, i))); };
    for (uword i = 0; i < table.size(); ++i) {  // corners that land on one place are named there together, once
      std::string names;
      bool first = true;
      for (uword j = 0; j < table.size(); ++j) {
        if (norm(H.col(i) - H.col(j)) > real(0.1)) continue;
        first = first && j >= i;
        names += (names.empty() ? "" : " and ") + name(j);
      }
      const bool alone = names.size() == 2;
      corners.row(k + 1, H(0, i), H(1, i), real(table.labels(i)), alone ? names : "-", !alone && first ? names : "-");
    }
    line.row(k + 1, network.at(1).W(0), network.at(1).W(1), network.at(1).b(0));
  }
});

}  // namespace
}  // namespace nn
