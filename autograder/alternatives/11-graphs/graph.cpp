// The order by going down to the leaves, and each slope fetched from the users of a value.
#include <functional>
#include <stdexcept>

#include "nn/graph.hpp"

namespace nn {

uvec order(const Graph& graph) {
  enum { fresh, open, done };
  std::vector<int> state(graph.size(), fresh);
  std::vector<uword> found;
  const std::function<void(uword)> visit = [&](uword i) {
    if (i >= graph.size()) throw std::invalid_argument("no such node");
    if (state[i] == open) throw std::invalid_argument("a circle");
    if (state[i] == done) return;
    state[i] = open;
    for (const uword input : graph[i].inputs) visit(input);
    state[i] = done;
    found.push_back(i);
  };
  for (uword i = 0; i < graph.size(); ++i) visit(i);
  return uvec(found);
}

Values evaluate(const Graph& graph, Values values) {
  if (values.size() != graph.size()) throw std::invalid_argument("one value a node");
  const uvec sequence = order(graph);
  for (uword k = 0; k < sequence.n_elem; ++k) {
    const mat before = values[sequence(k)];
    values[sequence(k)] = node_forward(graph[sequence(k)], values, before);
  }
  return values;
}

uvec learns(const Graph& graph) {
  uvec result(graph.size(), arma::fill::zeros);
  const uvec sequence = order(graph);
  for (const uword i : sequence) {
    bool any = graph[i].op == Op::parameter;
    for (const uword input : graph[i].inputs) any = any || result(input) == 1;
    result(i) = any ? 1 : 0;
  }
  return result;
}

Values backward(const Graph& graph, const Values& values, uword output, Values) {
  if (values.size() != graph.size() || output >= graph.size()) throw std::invalid_argument("no such node");
  if (values[output].n_rows != 1 || values[output].n_cols != 1) throw std::invalid_argument("not 1 x 1");
  const uvec learning = learns(graph), sequence = reverse(order(graph));
  std::vector<std::vector<std::pair<uword, uword>>> users(graph.size());
  for (uword i = 0; i < graph.size(); ++i)
    for (uword which = 0; which < graph[i].inputs.size(); ++which) users[graph[i].inputs[which]].push_back({i, which});
  Values slopes(graph.size());
  for (const uword i : sequence) {
    if (!learning(i)) continue;
    if (i == output) slopes[i] = mat(1, 1, arma::fill::ones);
    for (const auto& [user, which] : users[i]) {
      if (slopes[user].empty()) continue;
      const mat slope = node_backward(graph[user], which, values, values[user], slopes[user]);
      slopes[i] = slopes[i].empty() ? slope : mat(slopes[i] + slope);
    }
  }
  return slopes;
}

}  // namespace nn
