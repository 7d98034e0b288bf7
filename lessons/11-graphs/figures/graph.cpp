// Two graphs with the value of each node, the slope of the last one along it, and the part of that which came over each
// wire: f = (x y + z)(x + y), and a residual block with one unit.
#include "nn/support/term.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

struct Place {
  const char* sign;
  double x, y;
};

void draw(FigureData& data, const std::string& part, const Graph& graph, Values values,
          const std::vector<Place>& places) {
  values.resize(graph.size());
  values = evaluate(graph, std::move(values));
  const Values slopes = backward(graph, values, graph.size() - 1);
  const auto number = [](const mat& value) { return value.empty() ? real(arma::datum::nan) : value(0); };
  FigureTable& nodes = data.table(part + "_nodes", {"sign", "x", "y", "value", "slope"});
  for (uword i = 0; i < graph.size(); ++i)
    nodes.row(places[i].sign, places[i].x, places[i].y, number(values[i]), number(slopes[i]));
  FigureTable& wires = data.table(part + "_wires", {"x1", "y1", "x2", "y2", "slope"});
  for (uword i = 0; i < graph.size(); ++i)
    for (uword which = 0; which < graph[i].inputs.size(); ++which) {
      const Place &from = places[graph[i].inputs[which]], &to = places[i];
      wires.row(from.x, from.y, to.x, to.y, number(node_backward(graph[i], which, values, values[i], slopes[i])));
    }
}

mat one(real value) { return mat(1, 1).fill(value); }

const Figure drawn("graph", [](FigureData& data) {
  Graph f;
  const Term x = parameter(f), y = parameter(f), z = parameter(f);
  const Term xy = x % y;
  const Term u = xy + z;
  const Term v = x + y;
  (void)(u % v);
  draw(data, "f", f, {one(2), one(-3), one(4)},
       {{"x", 0.6, 4.1},
        {"y", 0.6, 0.9},
        {"z", 3.1, 5.4},
        {"×", 3.1, 3.65},
        {"+", 5.4, 4.4},
        {"+", 5.4, 1.4},
        {"×", 8.2, 2.6}});

  Graph block;
  const Term h = parameter(block), w = parameter(block), b = parameter(block);
  const Term wh = w * h;
  const Term sums = wh + b;
  (void)(h + tanh(sums));
  draw(data, "block", block, {one(real(0.5)), one(real(0.4)), one(real(0.1))},
       {{"h", 0.6, 1.1},
        {"w", 0.6, 3.4},
        {"b", 2.5, 3.7},
        {"×", 2.5, 1.9},
        {"+", 4.4, 1.9},
        {"φ", 6.3, 1.9},
        {"+", 8.6, 1.1}});
});

}  // namespace
}  // namespace nn
