// Lesson 11, the whole graph: in which order, forward, and back in one sweep.
#include "nn/graph.hpp"
#include "nn/support/operands.hpp"
#include "nn/support/todo.hpp"

namespace nn {

uvec order(const Graph& graph) {
  //> 11.3
  const uword n = graph.size();
  std::vector<std::vector<uword>> users(n);
  uvec waits_for(n, arma::fill::zeros), ordered(n);
  for (uword i = 0; i < n; ++i)
    for (const uword input : graph[i].inputs) {
      if (input >= n)  // in a warm step not even a message is made
        throw std::invalid_argument("order: node " + std::to_string(i) + " reads node " + std::to_string(input) +
                                    ", but the last one is " + std::to_string(n - 1));
      users[input].push_back(i);
      ++waits_for(i);
    }
  uword ready = 0;  // so many stand in `ordered`
  for (uword i = 0; i < n; ++i)
    if (waits_for(i) == 0) ordered(ready++) = i;
  for (uword done = 0; done < ready; ++done)
    for (const uword user : users[ordered(done)])
      if (--waits_for(user) == 0) ordered(ready++) = user;
  if (ready < n)
    throw std::invalid_argument("order: nodes wait for each other in a circle: node " +
                                std::to_string(waits_for.index_max()) + " is on it, or behind it");
  return ordered;
  //<
}

Values evaluate(const Graph& graph, Values values) {
  //> 11.4
  require_shape(values.size(), graph.size(), "evaluate", "values", "entries", "nodes of the graph");
  for (const uword i : order(graph)) {
    require_operands(graph[i], values, "evaluate", i);
    values[i] = node_forward(graph[i], values, std::move(values[i]));
  }
  return values;
  //<
}

uvec learns(const Graph& graph) {
  //> 11.5
  uvec learns(graph.size(), arma::fill::zeros);
  for (const uword i : order(graph)) {
    learns(i) = graph[i].op == Op::parameter;
    for (const uword input : graph[i].inputs) learns(i) |= learns(input);
  }
  return learns;
  //<
}

Values backward(const Graph& graph, const Values& values, uword output, Values reuse) {
  //> 11.5
  require_shape(values.size(), graph.size(), "backward", "values", "entries", "nodes of the graph");
  require(output < graph.size(), "backward", "there is no node " + std::to_string(output));
  require(values[output].n_elem == 1, "backward", "the output is no single number");
  const uvec ordered = order(graph), learning = learns(graph);
  uvec heard(graph.size(), arma::fill::zeros);
  Values& dV = reuse;
  dV.resize(graph.size());
  dV[output].ones(1, 1);
  heard(output) = learning(output);
  for (uword n = ordered.n_elem; n-- > 0;) {  // each after all of its users
    const uword i = ordered(n);
    if (!heard(i)) dV[i].reset();
    for (uword which = 0; heard(i) && which < graph[i].inputs.size(); ++which) {
      const uword input = graph[i].inputs[which];
      if (!learning(input)) continue;
      if (heard(input)) dV[input] += node_backward(graph[i], which, values, values[i], dV[i]);
      else dV[input] = node_backward(graph[i], which, values, values[i], dV[i], std::move(dV[input]));
      heard(input) = 1;
    }
  }
  return reuse;
  //<
}

}  // namespace nn
