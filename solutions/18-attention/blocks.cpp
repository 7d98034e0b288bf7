// Lesson 18, graphs with three ops more: lesson 11's two sweeps.
#include "nn/support/todo.hpp"
#include "nn/support/transformer.hpp"

namespace nn {

//- what the three new ops compute, and what they tell their input
static const mat& operand(const Node& node, const Values& values) {
  require_shape(node.inputs.size(), 1, "evaluate_columns", "a node by columns", "inputs", "");
  return values.at(node.inputs[0]);
}

static mat columns_forward(const Node& node, const Values& values) {
  const mat& A = operand(node, values);
  if (node.op == Op(ColumnOp::transpose)) return A.t();
  return node.op == Op(ColumnOp::softmax) ? soft_columns(A) : normalise_columns(A);
}

static mat columns_backward(const Node& node, const Values& values, const mat& value, const mat& gradient) {
  if (node.op == Op(ColumnOp::transpose)) return gradient.t();
  return node.op == Op(ColumnOp::softmax) ? soft_columns_back(value, gradient)
                                          : normalise_columns_back(operand(node, values), gradient);
}
//<

Values evaluate_columns(const Graph& graph, Values values) {
  //> 18.6
  require_shape(values.size(), graph.size(), "evaluate_columns", "values", "entries", "nodes of the graph");
  for (const uword i : order(graph))
    values[i] = is_column_op(graph[i].op) ? columns_forward(graph[i], values)
                                          : node_forward(graph[i], values, std::move(values[i]));
  return values;
  //<
}

Values backward_columns(const Graph& graph, const Values& values, uword output, Values reuse) {
  //> 18.6
  require_shape(values.size(), graph.size(), "backward_columns", "values", "entries", "nodes of the graph");
  require(output < graph.size(), "backward_columns", "there is no node " + std::to_string(output));
  require(values[output].n_elem == 1, "backward_columns", "the output is no single number");
  const uvec ordered = order(graph), learning = learns(graph);
  uvec heard(graph.size(), arma::fill::zeros);
  Values& dV = reuse;
  dV.resize(graph.size());
  dV[output].ones(1, 1);
  heard(output) = learning(output);
  for (uword n = ordered.n_elem; n-- > 0;) {  // as in lesson 11: each after all of its users
    const uword i = ordered(n);
    const Node& node = graph[i];
    if (!heard(i)) dV[i].reset();
    for (uword which = 0; heard(i) && which < node.inputs.size(); ++which) {
      const uword input = node.inputs[which];
      if (!learning(input)) continue;
      mat slope = is_column_op(node.op) ? columns_backward(node, values, values[i], dV[i])
                                        : node_backward(node, which, values, values[i], dV[i],
                                                        heard(input) ? mat() : std::move(dV[input]));
      if (heard(input)) dV[input] += slope;
      else dV[input] = std::move(slope);
      heard(input) = 1;
    }
  }
  return reuse;
  //<
}

}  // namespace nn
