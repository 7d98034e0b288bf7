// Any small graph, forward and back.
#include <cstdlib>
#include <map>

#include "nn/graph.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

// "add:0,1", "scale:2:-1", "activate:3:tanh", "parameter"
static Node node_of(const Words& words, const std::string& text) {
  static const std::map<std::string, Op> ops = {{"input", Op::input}, {"parameter", Op::parameter},
                                                {"add", Op::add},     {"multiply", Op::multiply},
                                                {"scale", Op::scale}, {"activate", Op::activate}};
  const std::vector<std::string> parts = pieces(text, ':');
  const auto it = ops.find(parts.empty() ? "" : parts[0]);
  if (it == ops.end()) words.refuse("nodes", "nodes as add:0,1 of input, parameter, add, multiply, scale, activate");
  Node node{it->second};
  if (parts.size() > 1)
    for (const std::string& input : pieces(parts[1], ',')) node.inputs.push_back(uword(std::atoi(input.c_str())));
  if (parts.size() > 2 && node.op == Op::scale) node.factor = real(std::atof(parts[2].c_str()));
  if (parts.size() > 2 && node.op == Op::activate) node.activation = activation_called(words, "nodes", parts[2]);
  return node;
}

/// nodes=, and the values of its leaves as bytes: the value of every node of a graph of lesson 11 over single numbers,
/// and the slope of the last one along each, 0 where it has none. As in nodes=parameter;parameter;add:0,1;scale:2:-1.
static Reply compute(const Words& words, std::string_view bytes) {
  const std::vector<float> leaves = floats(bytes);
  Graph graph;
  Values values;
  std::size_t given = 0;
  for (const std::string& text : pieces(words.text("nodes", ""), ';')) {
    graph.push_back(node_of(words, text));
    values.emplace_back();
    if (graph.back().inputs.empty() && given < leaves.size()) values.back() = mat{real(leaves[given++])};
  }
  if (graph.empty() || graph.size() > 40) words.refuse("nodes", "1 to 40 nodes");
  values = evaluate(graph, std::move(values));
  const Values slopes = backward(graph, values, graph.size() - 1);
  rowvec numbers(2 * graph.size(), arma::fill::zeros);
  for (std::size_t i = 0; i < graph.size(); ++i) {
    numbers(i) = values.at(i).at(0);
    if (!slopes.at(i).empty()) numbers(graph.size() + i) = slopes[i](0);
  }
  Reply reply{Head().add("nodes", double(graph.size())).text(), {}};
  append(reply.numbers, numbers);
  return reply;
}

static const Figure compute_figure("compute", "nodes", compute);

}  // namespace play
