// Node by node, without terms: the parameters stand first.
#include <cmath>
#include <stdexcept>

#include "nn/graph.hpp"

namespace nn {

static uword put(Model& model, Op op, std::vector<uword> inputs = {}, mat value = {}) {
  Node node;
  node.op = op, node.inputs = std::move(inputs);
  model.graph.push_back(node), model.values.push_back(std::move(value));
  return model.graph.size() - 1;
}

static uword active(Model& model, Activation phi, uword input) {
  const uword node = put(model, Op::activate, {input});
  model.graph[node].activation = phi;
  return node;
}

static void end(Model& model, Op loss, uword output) {
  model.targets = {put(model, Op::input)};
  model.outputs = {output};
  model.loss = put(model, loss, {output, model.targets(0)});
}

Model network_graph(const Network& network, Loss loss) {
  if (network.empty()) throw std::invalid_argument("no layers");
  const Activation last = network.back().activation;
  if ((loss == Loss::cross_entropy && last != Activation::softmax) ||
      (loss == Loss::binary_cross_entropy && last != Activation::sigmoid))
    throw std::invalid_argument("loss and activation");
  Model model;
  for (const Layer& layer : network) put(model, Op::parameter, {}, layer.W), put(model, Op::parameter, {}, layer.b);
  model.parameters = arma::regspace<uvec>(0, 2 * network.size() - 1);
  uword h = put(model, Op::input);
  model.inputs = {h};
  for (uword l = 0; l < network.size(); ++l) {
    h = put(model, Op::add, {put(model, Op::matmul, {2 * l, h}), 2 * l + 1});
    if (l + 1 < network.size() || loss == Loss::squared) h = active(model, network[l].activation, h);
  }
  end(model,
      loss == Loss::squared         ? Op::squared
      : loss == Loss::cross_entropy ? Op::cross_entropy
                                    : Op::binary_cross_entropy,
      h);
  return model;
}

Values step_down(Values values, const Values& gradients, const uvec& parameters, real rate) {
  if (values.size() != gradients.size()) throw std::invalid_argument("one gradient a value");
  for (uword k = 0; k < parameters.n_elem; ++k) {
    const uword p = parameters(k);
    if (p >= values.size() || size(values[p]) != size(gradients[p])) throw std::invalid_argument("a parameter");
    values[p] = values[p] - gradients[p] * rate;
  }
  return values;
}

Model residual_graph(uword d, uword m, uword blocks, uword k, Activation phi, Rng& rng) {
  Model model;
  for (uword l = 0; l < blocks + 2; ++l) {
    const uword rows = l == blocks + 1 ? k : m, columns = l == 0 ? d : m;
    mat W = random_normal(rows, columns, rng) * (1 / std::sqrt(real(columns)));
    put(model, Op::parameter, {}, W), put(model, Op::parameter, {}, mat(rows, 1, arma::fill::zeros));
  }
  model.parameters = arma::regspace<uvec>(0, 2 * blocks + 3);
  const auto layer = [&](uword l, uword x) {
    return put(model, Op::add, {put(model, Op::matmul, {2 * l, x}), 2 * l + 1});
  };
  model.inputs = {put(model, Op::input)};
  uword h = active(model, phi, layer(0, model.inputs(0)));
  for (uword l = 1; l <= blocks; ++l) {
    const uword part = put(model, Op::scale, {active(model, phi, layer(l, h))});
    model.graph[part].factor = 1 / real(blocks);
    h = put(model, Op::add, {part, h});
  }
  end(model, Op::cross_entropy, layer(blocks + 1, h));
  return model;
}

/// (v x2 + w1) . x1 + w2 x2 + c: the same formula.
Model product_graph(Rng& rng) {
  Model model;
  for (int p = 0; p < 4; ++p) put(model, Op::parameter, {}, random_normal(1, 1, rng));
  model.parameters = {0, 1, 2, 3};
  model.inputs = {put(model, Op::input), put(model, Op::input)};
  const uword steep = put(model, Op::add, {put(model, Op::matmul, {2, model.inputs(1)}), 0});
  const uword both =
      put(model, Op::add,
          {put(model, Op::multiply, {steep, model.inputs(0)}), put(model, Op::matmul, {1, model.inputs(1)})});
  end(model, Op::squared, put(model, Op::add, {both, 3}));
  return model;
}

}  // namespace nn
