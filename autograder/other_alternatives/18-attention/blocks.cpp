// Lesson 11's two sweeps, with a case for each op by columns. No earlier memory is used: a slope that is still empty
// has not been spoken to.
#include <stdexcept>

#include "nn/support/operands.hpp"
#include "nn/support/transformer.hpp"

namespace nn {
namespace {

mat forward_by_columns(ColumnOp op, const mat& A) {
  switch (op) {
    case ColumnOp::transpose: return A.t();
    case ColumnOp::softmax: return soft_columns(A);
    default: return normalise_columns(A);
  }
}

mat backward_by_columns(ColumnOp op, const mat& A, const mat& value, const mat& slope) {
  switch (op) {
    case ColumnOp::transpose: return slope.t();
    case ColumnOp::softmax: return soft_columns_back(value, slope);
    default: return normalise_columns_back(A, slope);
  }
}

}  // namespace

Values evaluate_columns(const Graph& graph, Values values) {
  if (values.size() != graph.size()) throw std::invalid_argument("evaluate_columns: a matrix for each node");
  for (const uword n : order(graph)) {
    const Node& node = graph[n];
    if (!is_column_op(node.op)) {
      require_operands(node, values, "evaluate_columns", n);
      values[n] = node_forward(node, values, std::move(values[n]));
      continue;
    }
    if (node.inputs.size() != 1) throw std::invalid_argument("evaluate_columns: an op by columns reads one node");
    values[n] = forward_by_columns(ColumnOp(node.op), values[node.inputs[0]]);
  }
  return values;
}

Values backward_columns(const Graph& graph, const Values& values, uword output, Values) {
  if (values.size() != graph.size()) throw std::invalid_argument("backward_columns: a matrix for each node");
  if (output >= graph.size()) throw std::invalid_argument("backward_columns: the output is no node");
  if (values[output].n_elem != 1) throw std::invalid_argument("backward_columns: slopes of one number only");
  const uvec learning = learns(graph), forward = order(graph);
  Values slopes(graph.size());
  if (learning(output)) slopes[output].ones(1, 1);
  for (uword i = forward.n_elem; i-- > 0;) {
    const uword n = forward(i);
    if (slopes[n].empty()) continue;
    const Node& node = graph[n];
    if (is_column_op(node.op) && node.inputs.size() != 1)
      throw std::invalid_argument("backward_columns: an op by columns reads one node");
    for (uword which = 0; which < node.inputs.size(); ++which) {
      const uword a = node.inputs[which];
      if (!learning(a)) continue;
      const mat slope = is_column_op(node.op) ? backward_by_columns(ColumnOp(node.op), values[a], values[n], slopes[n])
                                              : node_backward(node, which, values, values[n], slopes[n]);
      if (slopes[a].empty()) slopes[a] = slope;
      else slopes[a] += slope;
    }
  }
  return slopes;
}

}  // namespace nn
