// Node by node, without terms: h_0 and all inputs stand first, the losses are scaled one by one.
#include <cmath>
#include <stdexcept>

#include "nn/sequences.hpp"

namespace nn {

namespace {

struct Writer {
  Model& model;

  uword put(Op op, std::vector<uword> inputs = {}, real factor = 1) {
    Node node;
    node.op = op, node.inputs = std::move(inputs), node.factor = factor;
    model.graph.push_back(node);
    return model.graph.size() - 1;
  }
  uword active(Activation phi, uword input) {
    const uword node = put(Op::activate, {input});
    model.graph[node].activation = phi;
    return node;
  }
  uword sum(const std::vector<uword>& gate, uword h, uword x) {
    const uword with_bias = put(Op::add, {put(Op::matmul, {gate[0], x}), gate[2]});
    return put(Op::add, {put(Op::matmul, {gate[1], h}), with_bias});
  }
};

}  // namespace

Unrolled unroll(const Recurrent& net, uword steps, const uvec& judged, Loss loss) {
  const bool plain = net.cell == Cell::plain;
  if (net.gates.size() != (plain ? 1u : 3u)) throw std::invalid_argument("gates");
  const uword m = net.gates[0].W.n_rows;
  for (const Gate& gate : net.gates)
    if (size(gate.W) != size(net.gates[0].W) || size(gate.U) != size(mat(m, m)) || gate.b.n_elem != m)
      throw std::invalid_argument("a gate");
  if (net.V.n_cols != m || net.c.n_elem != net.V.n_rows) throw std::invalid_argument("V or c");
  if (steps == 0 || judged.is_empty()) throw std::invalid_argument("nothing to do");
  for (const uword j : judged)
    if (j >= steps) throw std::invalid_argument("a judged step");

  Unrolled u;
  Writer write{u.model};
  std::vector<uword> h = {write.put(Op::parameter)}, inputs = h, targets, parameters, outputs;
  for (uword t = 0; t < steps; ++t) inputs.push_back(write.put(Op::input));
  for (uword j = 0; j < judged.n_elem; ++j) targets.push_back(write.put(Op::input));
  std::vector<mat> numbers;
  std::vector<std::vector<uword>> gates;
  for (const Gate& gate : net.gates) {
    gates.push_back({write.put(Op::parameter), 0, 0});
    gates.back()[1] = write.put(Op::parameter), gates.back()[2] = write.put(Op::parameter);
    parameters.insert(parameters.end(), gates.back().begin(), gates.back().end());
    numbers.insert(numbers.end(), {gate.W, gate.U, mat(gate.b)});
  }
  parameters.push_back(write.put(Op::parameter)), parameters.push_back(write.put(Op::parameter));
  numbers.push_back(net.V), numbers.push_back(mat(net.c));

  for (uword t = 0; t < steps; ++t) {
    const uword x = inputs[t + 1], old = h[t];
    uword seen = old;
    if (!plain) seen = write.put(Op::multiply, {write.active(Activation::sigmoid, write.sum(gates[1], old, x)), old});
    const uword fresh = write.active(Activation::tanh, write.sum(gates.back(), seen, x));
    if (plain) {
      h.push_back(fresh);
      continue;
    }
    // open = sigmoid(-s) = 1 - z
    const uword s = write.sum(gates[0], old, x),
                open = write.active(Activation::sigmoid, write.put(Op::scale, {s}, -1));
    const uword more = write.put(Op::multiply, {fresh, open});
    const uword kept = write.put(Op::multiply, {old, write.active(Activation::sigmoid, s)});
    h.push_back(write.put(Op::add, {kept, more}));
  }
  const Op op = loss == Loss::squared         ? Op::squared
                : loss == Loss::cross_entropy ? Op::cross_entropy
                                              : Op::binary_cross_entropy;
  for (uword j = 0; j < judged.n_elem; ++j) {
    const uword product = write.put(Op::matmul, {*(parameters.end() - 2), h[judged(j) + 1]});
    outputs.push_back(write.put(Op::add, {product, parameters.back()}));
    const uword one = write.put(op, {outputs[j], targets[j]});
    const uword share = write.put(Op::scale, {one}, 1 / real(judged.n_elem));
    u.model.loss = j == 0 ? share : write.put(Op::add, {u.model.loss, share});
  }
  u.model.inputs = inputs, u.model.targets = targets, u.model.outputs = outputs, u.model.parameters = parameters;
  u.states = h;
  u.model.values.resize(u.model.graph.size());
  for (uword p = 0; p < numbers.size(); ++p) u.model.values[parameters[p]] = numbers[p];
  return u;
}

vec slopes_through_time(const Unrolled& unrolled, const Values& values) {
  const Values slopes = backward(unrolled.model.graph, values, unrolled.model.loss);
  std::vector<real> norms;
  for (const uword state : unrolled.states)
    norms.push_back(slopes[state].is_empty() ? real(0) : real(norm(vectorise(slopes[state]))));
  return norms;
}

Values clip_slopes(Values slopes, const uvec& parameters, real most) {
  if (!(most > 0)) throw std::invalid_argument("most");
  vec all;
  for (const uword p : parameters) {
    if (p >= slopes.size()) throw std::invalid_argument("no such node");
    all = join_cols(all, vectorise(slopes[p]));
  }
  const real length = all.is_empty() ? real(0) : real(norm(all)), factor = length > most ? most / length : 1;
  for (uword i = 0; i < parameters.n_elem; ++i) slopes[parameters(i)] = factor * slopes[parameters(i)];
  return slopes;
}

}  // namespace nn
