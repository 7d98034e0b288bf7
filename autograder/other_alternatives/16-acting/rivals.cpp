// A network is a list of parameter terms, and what it says of something is a function: so the discriminator stands in
// the formula twice. A step is a loop over whose turn it is.
#include "nn/acting.hpp"
#include "nn/support/term.hpp"
#include "nn/training.hpp"

namespace nn {
namespace {

std::vector<Term> parameters_of(Model& model, const Network& network, uvec& list) {
  std::vector<Term> terms;
  for (const Layer& layer : network) {
    terms.push_back(parameter(model, layer.W));
    terms.push_back(parameter(model, layer.b));
  }
  list.set_size(terms.size());
  for (uword i = 0; i < terms.size(); ++i) list(i) = terms[i].node;
  return terms;
}

Term said_by(const std::vector<Term>& network, Term x) {
  for (uword i = 0; i < network.size(); i += 2) {
    x = network[i] * x + network[i + 1];
    if (i + 2 < network.size()) x = activate(Activation::leaky_relu, x);
  }
  return x;
}

Network drawn(uword inputs, uword m, uword outputs, Rng& rng) {
  Network network;
  network.push_back(he_init(m, inputs, Activation::leaky_relu, rng));
  network.push_back(he_init(m, m, Activation::leaky_relu, rng));
  network.push_back(xavier_init(outputs, m, Activation::identity, rng));
  return network;
}

}  // namespace

Rivals rivals(uword noise, uword m, Rng& rng) {
  Rivals r;
  Model& model = r.model;
  const std::vector<Term> generator = parameters_of(model, drawn(noise, m, 2, rng), r.generator);
  const std::vector<Term> discriminator = parameters_of(model, drawn(2, m, 1, rng), r.discriminator);
  const Term z = input(model);
  const Term x = input(model);
  const Term ones = target(model);
  const Term zeros = target(model);
  const Term made = said_by(generator, z);
  const Term of_true = said_by(discriminator, x);
  const Term of_made = said_by(discriminator, made);
  const Term true_loss = loss_of(Op::binary_cross_entropy, of_true, ones);
  const Term made_loss = loss_of(Op::binary_cross_entropy, of_made, zeros);
  const Term d_loss = true_loss + made_loss;
  const Term g_loss = loss_of(Op::binary_cross_entropy, of_made, ones);
  finish(model, of_true, d_loss);
  model.outputs = {of_true.node, of_made.node};
  r.noise = z.node;
  r.made = made.node;
  r.d_loss = d_loss.node;
  r.g_loss = g_loss.node;
  return r;
}

Rivals train_rivals(Rivals r, const std::vector<mat>& real_points, real rate, Rng& rng) {
  Model& model = r.model;
  Method adam;
  adam.rule = Rule::adam;
  adam.beta1 = real(0.5);
  std::vector<Memory> memory(model.graph.size());
  for (const mat& points : real_points) {
    const uword N = points.n_cols, numbers = model.values[r.generator(0)].n_cols;
    model.values[model.inputs(1)] = points;
    model.values[model.targets(0)].ones(1, N);
    model.values[model.targets(1)].zeros(1, N);
    for (const bool judge : {true, false}) {
      model.values[r.noise] = random_normal(numbers, N, rng);
      model.values = evaluate(model.graph, std::move(model.values));
      const Values slopes = backward(model.graph, model.values, judge ? r.d_loss : r.g_loss);
      for (const uword p : judge ? r.discriminator : r.generator) {
        Moved moved = take_step(adam, rate, model.values[p], slopes[p], memory[p]);
        model.values[p] = moved.x;
        memory[p] = moved.memory;
      }
    }
  }
  return r;
}

}  // namespace nn
