// Lesson 11, networks as graphs: that of lesson 6, one with ways around its layers, and a unit that multiplies.
#include <cmath>

#include "nn/support/shape.hpp"
#include "nn/support/term.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Model network_graph(const Network& network, Loss loss) {
  //> 11.6
  require(!network.empty(), "network_graph", "the network has no layers");
  const Activation output = network.back().activation;
  require(loss != Loss::cross_entropy || output == Activation::softmax, "network_graph",
          "cross_entropy needs a softmax output");
  require(loss != Loss::binary_cross_entropy || output == Activation::sigmoid, "network_graph",
          "binary_cross_entropy needs a sigmoid output");
  Model model;
  Term h = input(model);
  for (uword l = 0; l < network.size(); ++l) {
    const Term W = parameter(model, network[l].W);
    const Term b = parameter(model, network[l].b);
    h = W * h + b;
    if (l + 1 < network.size() || loss == Loss::squared) h = activate(network[l].activation, h);
  }
  const Term t = target(model);
  const Op op = loss == Loss::squared         ? Op::squared
                : loss == Loss::cross_entropy ? Op::cross_entropy
                                              : Op::binary_cross_entropy;
  finish(model, h, loss_of(op, h, t));
  return model;
  //<
}

Values step_down(Values values, const Values& gradients, const uvec& parameters, real rate) {
  //> 11.6
  require_shape(gradients.size(), values.size(), "step_down", "gradients", "entries", "values");
  for (const uword p : parameters) {
    require(p < values.size(), "step_down", "there is no node " + std::to_string(p));
    require_same_shape(gradients[p], values[p], "step_down", "the gradient of a parameter", "its value");
    values[p] -= rate * gradients[p];
  }
  return values;
  //<
}

//- an affine layer that is made here
static Term affine(Model& model, uword units, Term x, uword columns, Rng& rng) {
  const Term W = parameter(model, random_normal(units, columns, rng) / std::sqrt(real(columns)));
  const Term b = parameter(model, mat(units, 1, arma::fill::zeros));
  return W * x + b;
}
//<

Model residual_graph(uword d, uword m, uword blocks, uword k, Activation phi, Rng& rng) {
  //> 11.7
  Model model;
  const Term x = input(model);
  Term h = activate(phi, affine(model, m, x, d, rng));
  for (uword block = 0; block < blocks; ++block)
    h = h + (1 / real(blocks)) * activate(phi, affine(model, m, h, m, rng));
  const Term y = affine(model, k, h, m, rng);
  const Term t = target(model);
  finish(model, y, loss_of(Op::cross_entropy, y, t));
  return model;
  //<
}

Model product_graph(Rng& rng) {
  //> 11.8
  Model model;
  const Term x1 = input(model);
  const Term x2 = input(model);
  const Term t = target(model);
  const Term w1 = parameter(model, random_normal(1, 1, rng));
  const Term w2 = parameter(model, random_normal(1, 1, rng));
  const Term v = parameter(model, random_normal(1, 1, rng));
  const Term c = parameter(model, random_normal(1, 1, rng));
  const Term y = w1 * x1 + w2 * x2 + v * (x1 % x2) + c;
  finish(model, y, loss_of(Op::squared, y, t));
  return model;
  //<
}

}  // namespace nn
