// The order by going deep: a node is visited after its inputs, however deep they lie, with a list of our own in place
// of calls within calls. Back, every node collects what its users said before it speaks.
#include <stdexcept>

#include "nn/graph.hpp"
#include "nn/support/operands.hpp"

namespace nn {

uvec order(const Graph& graph) {
  for (const Node& node : graph)
    for (const uword input : node.inputs)
      if (input >= graph.size()) throw std::invalid_argument("order: an input that is no node of the graph");
  struct Visit {
    uword node, next;  // `next` of its inputs is looked at next
  };
  enum { untouched, open, done };
  std::vector<int> state(graph.size(), untouched);
  std::vector<uword> sorted;
  std::vector<Visit> path;
  for (uword start = 0; start < graph.size(); ++start) {
    if (state[start] != untouched) continue;
    state[start] = open;
    path.push_back({start, 0});
    while (!path.empty()) {
      Visit& here = path.back();
      if (here.next == graph[here.node].inputs.size()) {
        state[here.node] = done;
        sorted.push_back(here.node);
        path.pop_back();
        continue;
      }
      const uword input = graph[here.node].inputs[here.next++];
      if (state[input] == open) throw std::invalid_argument("order: nodes that wait for each other in a circle");
      if (state[input] == done) continue;
      state[input] = open;
      path.push_back({input, 0});
    }
  }
  return uvec(sorted);
}

Values evaluate(const Graph& graph, Values values) {
  if (values.size() != graph.size()) throw std::invalid_argument("evaluate: a matrix for each node");
  for (const uword n : order(graph)) {
    require_operands(graph[n], values, "evaluate", n);
    values[n] = node_forward(graph[n], values, std::move(values[n]));
  }
  return values;
}

uvec learns(const Graph& graph) {
  uvec learning(graph.size(), arma::fill::zeros);
  for (const uword n : order(graph)) {
    learning(n) = graph[n].op == Op::parameter ? 1 : 0;
    for (const uword input : graph[n].inputs) learning(n) |= learning(input);
  }
  return learning;
}

Values backward(const Graph& graph, const Values& values, uword output, Values) {
  if (values.size() != graph.size()) throw std::invalid_argument("backward: a matrix for each node");
  if (output >= graph.size()) throw std::invalid_argument("backward: the output is no node");
  if (values[output].n_rows != 1 || values[output].n_cols != 1)
    throw std::invalid_argument("backward: the output is more than one number");
  const uvec learning = learns(graph);
  const uvec forward = order(graph);
  std::vector<bool> heard(graph.size(), false);
  Values slopes(graph.size());
  if (learning(output)) {
    slopes[output] = mat(1, 1, arma::fill::ones);
    heard[output] = true;
  }
  for (uword i = forward.n_elem; i-- > 0;) {
    const uword n = forward(i);
    if (!heard[n]) continue;
    for (uword which = 0; which < graph[n].inputs.size(); ++which) {
      const uword a = graph[n].inputs[which];
      if (!learning(a)) continue;
      const mat said = node_backward(graph[n], which, values, values[n], slopes[n]);
      if (heard[a]) slopes[a] += said;
      else slopes[a] = said;
      heard[a] = true;
    }
  }
  return slopes;
}

}  // namespace nn
