// Each node when it is asked for, forward; backward, slopes go to a node's inputs once it has heard all its readers.
#include <functional>
#include <stdexcept>

#include "nn/support/transformer.hpp"

namespace nn {

namespace {
const mat& input_of(const Node& node, const Values& values) {
  if (node.inputs.size() != 1) throw std::invalid_argument("a node by columns reads one node");
  return values.at(node.inputs[0]);
}
}  // namespace

Values evaluate_columns(const Graph& graph, Values values) {
  if (values.size() != graph.size()) throw std::invalid_argument("evaluate_columns: one value a node");
  std::vector<int> state(graph.size(), 0);
  const std::function<void(uword)> work = [&](uword i) {
    if (i >= graph.size() || state[i] == 1) throw std::invalid_argument("evaluate_columns: no such graph");
    if (state[i] == 2) return;
    state[i] = 1;
    for (const uword input : graph[i].inputs) work(input);
    switch (int(graph[i].op)) {
      case int(ColumnOp::transpose): values[i] = input_of(graph[i], values).t(); break;
      case int(ColumnOp::softmax): values[i] = soft_columns(input_of(graph[i], values)); break;
      case int(ColumnOp::normalise): values[i] = normalise_columns(input_of(graph[i], values)); break;
      default: values[i] = node_forward(graph[i], values, values[i]);
    }
    state[i] = 2;
  };
  for (uword i = 0; i < graph.size(); ++i) work(i);
  return values;
}

Values backward_columns(const Graph& graph, const Values& values, uword output, Values) {
  if (values.size() != graph.size() || output >= graph.size() || values[output].n_elem != 1)
    throw std::invalid_argument("backward_columns: values or output");
  const uvec learning = learns(graph), forward = order(graph);
  Values slopes(graph.size());
  if (learning(output)) slopes[output] = mat(1, 1, arma::fill::ones);
  for (const uword i : uvec(reverse(forward))) {
    if (slopes[i].is_empty()) continue;
    for (uword which = 0; which < graph[i].inputs.size(); ++which) {
      const uword to = graph[i].inputs[which];
      if (learning(to) == 0) continue;
      mat slope;
      switch (int(graph[i].op)) {
        case int(ColumnOp::transpose): slope = slopes[i].t(); break;
        case int(ColumnOp::softmax): slope = soft_columns_back(values[i], slopes[i]); break;
        case int(ColumnOp::normalise): slope = normalise_columns_back(values[to], slopes[i]); break;
        default: slope = node_backward(graph[i], which, values, values[i], slopes[i]);
      }
      slopes[to] = slopes[to].is_empty() ? slope : mat(slopes[to] + slope);
    }
  }
  return slopes;
}

}  // namespace nn
