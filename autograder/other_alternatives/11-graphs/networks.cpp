// Networks node by node, without terms: every helper appends one node with its value, if it has one, and returns its
// number.
#include <cmath>
#include <stdexcept>

#include "nn/graph.hpp"

namespace nn {
namespace {

struct Builder {
  Model model = {};
  std::vector<uword> parameters = {};

  uword add(Op op, std::vector<uword> inputs = {}) {
    Node node;
    node.op = op;
    node.inputs = std::move(inputs);
    model.graph.push_back(node);
    model.values.emplace_back();
    return model.graph.size() - 1;
  }

  uword parameter(const mat& value) {
    const uword n = add(Op::parameter);
    model.values[n] = value;
    parameters.push_back(n);
    return n;
  }

  uword activated(Activation phi, uword a) {
    const uword n = add(Op::activate, {a});
    model.graph[n].activation = phi;
    return n;
  }

  uword scaled(real factor, uword a) {
    const uword n = add(Op::scale, {a});
    model.graph[n].factor = factor;
    return n;
  }

  uword dense(const mat& W, const mat& b, uword x) {
    const uword w = parameter(W), bias = parameter(b);
    return add(Op::add, {add(Op::matmul, {w, x}), bias});
  }

  Model finished(uvec inputs, uword output, Op loss) {
    const uword target = add(Op::input);
    model.loss = add(loss, {output, target});
    model.inputs = inputs;
    model.targets = uvec{target};
    model.outputs = uvec{output};
    model.parameters = uvec(parameters);
    return model;
  }
};

mat drawn(uword rows, uword cols, Rng& rng) { return random_normal(rows, cols, rng) / std::sqrt(real(cols)); }

}  // namespace

Model network_graph(const Network& network, Loss loss) {
  if (network.empty()) throw std::invalid_argument("network_graph: no layers");
  const Activation last = network.back().activation;
  if (loss == Loss::cross_entropy && last != Activation::softmax)
    throw std::invalid_argument("network_graph: cross-entropy is for a softmax");
  if (loss == Loss::binary_cross_entropy && last != Activation::sigmoid)
    throw std::invalid_argument("network_graph: binary cross-entropy is for a sigmoid");
  Builder builder;
  const uword x = builder.add(Op::input);
  uword h = x;
  for (uword l = 0; l < network.size(); ++l) {
    h = builder.dense(network[l].W, network[l].b, h);
    const bool in_the_loss = l + 1 == network.size() && loss != Loss::squared;
    if (!in_the_loss) h = builder.activated(network[l].activation, h);
  }
  Op op = Op::squared;
  if (loss == Loss::cross_entropy) op = Op::cross_entropy;
  if (loss == Loss::binary_cross_entropy) op = Op::binary_cross_entropy;
  return builder.finished({x}, h, op);
}

Values step_down(Values values, const Values& gradients, const uvec& parameters, real rate) {
  if (values.size() != gradients.size()) throw std::invalid_argument("step_down: a gradient for each value");
  for (const uword p : parameters) {
    if (p >= values.size()) throw std::invalid_argument("step_down: a parameter that is no node");
    if (size(values[p]) != size(gradients[p])) throw std::invalid_argument("step_down: a slope for each number");
    for (uword i = 0; i < values[p].n_elem; ++i) values[p](i) -= rate * gradients[p](i);
  }
  return values;
}

Model residual_graph(uword d, uword m, uword blocks, uword k, Activation phi, Rng& rng) {
  Builder builder;
  const uword x = builder.add(Op::input);
  uword h = builder.activated(phi, builder.dense(drawn(m, d, rng), mat(m, 1, arma::fill::zeros), x));
  for (uword b = 0; b < blocks; ++b) {
    const uword said = builder.activated(phi, builder.dense(drawn(m, m, rng), mat(m, 1, arma::fill::zeros), h));
    h = builder.add(Op::add, {h, builder.scaled(1 / real(blocks), said)});
  }
  return builder.finished({x}, builder.dense(drawn(k, m, rng), mat(k, 1, arma::fill::zeros), h), Op::cross_entropy);
}

Model product_graph(Rng& rng) {
  Builder builder;
  const uword x1 = builder.add(Op::input), x2 = builder.add(Op::input);
  std::vector<uword> numbers;  // w1, w2, v, c
  for (int i = 0; i < 4; ++i) numbers.push_back(builder.parameter(random_normal(1, 1, rng)));
  const uword straight =
      builder.add(Op::add, {builder.add(Op::matmul, {numbers[0], x1}), builder.add(Op::matmul, {numbers[1], x2})});
  const uword crossed = builder.add(Op::matmul, {numbers[2], builder.add(Op::multiply, {x1, x2})});
  const uword sum = builder.add(Op::add, {straight, crossed});
  return builder.finished({x1, x2}, builder.add(Op::add, {sum, numbers[3]}), Op::squared);
}

}  // namespace nn
