// A value that is doubled again and again, x <- x + x: the paths from the result back to the first value, which are its
// slope, and the nodes that one sweep visits.
#include "nn/support/term.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

const Figure paths("paths", [](FigureData& data) {
  FigureTable& table = data.table({"doublings", "paths", "nodes"});
  for (uword doublings = 0; doublings <= 40; doublings += 2) {
    Graph graph;
    Term x = parameter(graph);
    for (uword k = 0; k < doublings; ++k) x = x + x;
    Values values(graph.size());
    values[0] = mat(1, 1, arma::fill::ones);
    values = evaluate(graph, std::move(values));
    table.row(doublings, backward(graph, values, x.node)[0](0), order(graph).n_elem);
  }
});

}  // namespace
}  // namespace nn
