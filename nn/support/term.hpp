// Graphs written as formulas: h = tanh(W * x + U * h + b) adds four nodes and a fifth.
//
//   Graph graph;
//   Term a = parameter(graph), b = input(graph);
//   Term y = (a + b) % b;      // y.node is its number
//
// In one expression C++ may make the right operand before the left one: give each leaf a statement of its own, or their
// numbers and what they draw from an Rng differ from compiler to compiler.
#pragma once

#include <utility>

#include "nn/graph.hpp"

namespace nn {

/// A node of a graph, to go on with.
struct Term {
  Graph* graph;
  uword node;
};

inline Term add_node(Graph& graph, Node node) {
  graph.push_back(std::move(node));
  return {&graph, graph.size() - 1};
}

inline Term input(Graph& graph) { return add_node(graph, {Op::input}); }
inline Term parameter(Graph& graph) { return add_node(graph, {Op::parameter}); }

inline Term operator+(Term a, Term b) { return add_node(*a.graph, {Op::add, {a.node, b.node}}); }
inline Term operator%(Term a, Term b) { return add_node(*a.graph, {Op::multiply, {a.node, b.node}}); }
inline Term operator*(Term a, Term b) { return add_node(*a.graph, {Op::matmul, {a.node, b.node}}); }
inline Term operator*(real factor, Term a) { return add_node(*a.graph, {Op::scale, {a.node}, {}, factor}); }
inline Term operator-(Term a, Term b) { return a + real(-1) * b; }
inline Term activate(Activation phi, Term a) { return add_node(*a.graph, {Op::activate, {a.node}, phi}); }
inline Term tanh(Term a) { return activate(Activation::tanh, a); }
inline Term sum(Term a) { return add_node(*a.graph, {Op::sum, {a.node}}); }
/// One of the three losses.
inline Term loss_of(Op op, Term y, Term t) { return add_node(*y.graph, {op, {y.node, t.node}}); }
inline Term loss_of(Loss loss, Term y, Term t) {
  return loss_of(loss == Loss::squared         ? Op::squared
                 : loss == Loss::cross_entropy ? Op::cross_entropy
                                               : Op::binary_cross_entropy,
                 y, t);
}

namespace detail {
inline Term listed(uvec& list, Term term) {
  list.resize(list.n_elem + 1);
  list.back() = term.node;
  return term;
}
}  // namespace detail

/// Leaves of a model, each at the end of its list.
inline Term input(Model& model) { return detail::listed(model.inputs, input(model.graph)); }
inline Term target(Model& model) { return detail::listed(model.targets, input(model.graph)); }
inline Term parameter(Model& model, mat value) {
  const Term term = detail::listed(model.parameters, parameter(model.graph));
  model.values.resize(model.graph.size());
  model.values[term.node] = std::move(value);
  return term;
}

/// Says what the model's output and loss are, and makes room for the values of all its nodes.
inline void finish(Model& model, Term output, Term loss) {
  model.outputs = {output.node};
  model.loss = loss.node;
  model.values.resize(model.graph.size());
}

}  // namespace nn
