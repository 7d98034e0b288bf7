// Lesson 16, rivals: a forger and a judge, who learn from each other.
#include "nn/acting.hpp"
#include "nn/support/term.hpp"
#include "nn/support/todo.hpp"
#include "nn/training.hpp"

namespace nn {

//- the parameters of a network of three layers, and the network itself over any term
namespace {
struct Weights {
  std::vector<Term> W, b;
};
}  // namespace

static Weights weights(Model& model, std::vector<uword> sizes, Rng& rng) {
  Weights made;
  for (uword l = 1; l < sizes.size(); ++l) {
    const Layer layer = l + 1 < sizes.size() ? he_init(sizes[l], sizes[l - 1], Activation::leaky_relu, rng)
                                             : xavier_init(sizes[l], sizes[l - 1], Activation::identity, rng);
    made.W.push_back(parameter(model, layer.W));
    made.b.push_back(parameter(model, layer.b));
  }
  return made;
}

static Term network(const Weights& w, Term h) {
  for (uword l = 0; l + 1 < w.W.size(); ++l) h = activate(Activation::leaky_relu, w.W[l] * h + w.b[l]);
  return w.W.back() * h + w.b.back();
}
//<

Rivals rivals(uword noise, uword m, Rng& rng) {
  //> 16.8
  Rivals r;
  const Term z = input(r.model);
  const Term x = input(r.model);
  const Term ones = target(r.model);
  const Term zeros = target(r.model);
  const Weights G = weights(r.model, {noise, m, m, 2}, rng);
  const Weights D = weights(r.model, {2, m, m, 1}, rng);
  const Term made = network(G, z), of_real = network(D, x), of_made = network(D, made);
  const Term real_loss = loss_of(Op::binary_cross_entropy, of_real, ones);
  const Term made_loss = loss_of(Op::binary_cross_entropy, of_made, zeros);
  const Term d = real_loss + made_loss;
  const Term g = loss_of(Op::binary_cross_entropy, of_made, ones);
  finish(r.model, of_real, d);
  r.model.outputs = {of_real.node, of_made.node};
  r.generator = r.model.parameters.head(6);
  r.discriminator = r.model.parameters.tail(6);
  r.noise = z.node, r.made = made.node, r.d_loss = d.node, r.g_loss = g.node;
  return r;
  //<
}

//- one step of Adam for these parameters, along a loss
static void move(Model& model, const uvec& parameters, uword loss, std::vector<Memory>& memory, real rate) {
  model.values = evaluate(model.graph, std::move(model.values));
  const Values slopes = backward(model.graph, model.values, loss);
  Method adam;
  adam.rule = Rule::adam, adam.beta1 = real(0.5);
  for (uword i = 0; i < parameters.n_elem; ++i) {
    const uword p = parameters(i);
    Moved next = take_step(adam, rate, std::move(model.values[p]), slopes[p], std::move(memory[i]));
    model.values[p] = std::move(next.x), memory[i] = std::move(next.memory);
  }
}
//<

Rivals train_rivals(Rivals r, const std::vector<mat>& real_points, real rate, Rng& rng) {
  //> 16.9
  Values& values = r.model.values;
  const uword numbers = values[r.generator(0)].n_cols;  // of the noise: what G's first layer reads
  std::vector<Memory> of_d(r.discriminator.n_elem), of_g(r.generator.n_elem);
  for (const mat& X : real_points) {
    values[r.model.inputs(1)] = X;
    values[r.model.targets(0)].ones(1, X.n_cols);
    values[r.model.targets(1)].zeros(1, X.n_cols);
    values[r.noise] = random_normal(numbers, X.n_cols, rng);
    move(r.model, r.discriminator, r.d_loss, of_d, rate);
    values[r.noise] = random_normal(numbers, X.n_cols, rng);
    move(r.model, r.generator, r.g_loss, of_g, rate);
  }
  return r;
  //<
}

}  // namespace nn
