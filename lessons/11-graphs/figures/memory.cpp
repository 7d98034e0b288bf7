// The numbers that are held at once on the way back through a chain of 400 layers, if each of them is kept, or only
// every q-th, and those between are computed once more, stretch by stretch.
#include <algorithm>

#include "nn/support/term.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const uword steps = 400, units = 16, samples = 8;

uword numbers_in(const Values& values) {
  uword count = 0;
  for (const mat& value : values) count += value.n_elem;
  return count;
}

/// So many layers h <- tanh(W h); L is the sum of the last h, times G.
struct Stretch {
  Graph graph;
  uword W, h, G, end, loss;
};

Stretch stretch_of(uword layers) {
  Stretch s;
  const Term W = parameter(s.graph), h = parameter(s.graph), G = input(s.graph);
  Term end = h;
  for (uword l = 0; l < layers; ++l) end = tanh(W * end);
  s.W = W.node, s.h = h.node, s.G = G.node, s.end = end.node, s.loss = sum(end % G).node;
  return s;
}

const Figure memory("memory", [](FigureData& data) {
  Rng rng(1);
  const mat W = random_normal(units, units, rng) / 4, start = random_normal(units, samples, rng);
  FigureTable& table = data.table({"q", "thousands"});
  for (const uword q : {1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 100, 200, 400}) {
    const Stretch s = stretch_of(q);
    Values values(s.graph.size()), slopes;
    values[s.W] = W, values[s.G] = mat(units, samples, arma::fill::ones);
    std::vector<mat> kept = {start};
    for (uword k = 0; k < steps / q; ++k) {
      values[s.h] = kept.back();
      values = evaluate(s.graph, std::move(values));
      if (k + 1 < steps / q) kept.push_back(values[s.end]);
    }
    uword most = 0;
    for (uword k = steps / q; k-- > 0;) {
      values[s.h] = kept[k];
      values = evaluate(s.graph, std::move(values));
      slopes = backward(s.graph, values, s.loss, std::move(slopes));
      most = std::max(most, numbers_in(kept) + numbers_in(values) + numbers_in(slopes));
      values[s.G] = slopes[s.h];
      kept.pop_back();
    }
    table.row(q, most / 1000.0);
  }
});

}  // namespace
}  // namespace nn
