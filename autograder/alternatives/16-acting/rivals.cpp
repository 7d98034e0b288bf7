// Node by node, the discriminator's two uses side by side; and both rivals in one list of steps.
#include <utility>

#include "nn/acting.hpp"
#include "nn/training.hpp"
namespace nn {
namespace {
uword add(Model& model, Node node, mat value = {}) {
  model.graph.push_back(std::move(node));
  model.values.push_back(std::move(value));
  return model.graph.size() - 1;
}
uvec parameters(Model& model, const Network& network) {
  uvec numbers(2 * network.size());
  for (uword l = 0; l < network.size(); ++l) {
    numbers(2 * l) = add(model, {Op::parameter}, network[l].W);
    numbers(2 * l + 1) = add(model, {Op::parameter}, network[l].b);
  }
  return numbers;
}
uword layer(Model& model, const uvec& p, uword l, uword h) {
  return add(model, {Op::add, {add(model, {Op::matmul, {p(2 * l), h}}), p(2 * l + 1)}});
}
uword leaky(Model& model, uword h) { return add(model, {Op::activate, {h}, Activation::leaky_relu}); }
uword three_layers(Model& model, const uvec& p, uword h) {
  return layer(model, p, 2, leaky(model, layer(model, p, 1, leaky(model, layer(model, p, 0, h)))));
}
}  // namespace
Rivals rivals(uword noise, uword m, Rng& rng) {
  Network layers;
  for (const auto& [in, out] : {std::pair<uword, uword>{noise, 2}, {2, 1}}) {
    layers.push_back(he_init(m, in, Activation::leaky_relu, rng));
    layers.push_back(he_init(m, m, Activation::leaky_relu, rng));
    layers.push_back(xavier_init(out, m, Activation::identity, rng));
  }
  Rivals r;
  Model& model = r.model;
  model.parameters = parameters(model, layers);
  r.generator = model.parameters.subvec(0, 5);
  r.discriminator = model.parameters.subvec(6, 11);
  const uword zeros = add(model, {}), ones = add(model, {}), x = add(model, {});
  const uword of_real = three_layers(model, r.discriminator, x);
  const uword believed = add(model, {Op::binary_cross_entropy, {of_real, ones}});
  r.noise = add(model, {});
  r.made = three_layers(model, r.generator, r.noise);
  const uword of_made = three_layers(model, r.discriminator, r.made);
  r.g_loss = add(model, {Op::binary_cross_entropy, {of_made, ones}});
  r.d_loss = add(model, {Op::add, {add(model, {Op::binary_cross_entropy, {of_made, zeros}}), believed}});
  model.inputs = {r.noise, x}, model.targets = {ones, zeros}, model.outputs = {of_real, of_made};
  model.loss = r.d_loss;
  return r;
}
Rivals train_rivals(Rivals r, const std::vector<mat>& real_points, real rate, Rng& rng) {
  std::vector<Memory> memory(r.model.graph.size());
  Values slopes;
  for (const mat& X : real_points) {
    Values values = r.model.values;
    for (const auto& [loss, mine] : {std::pair(r.d_loss, r.discriminator), {r.g_loss, r.generator}}) {
      values[r.noise] = random_normal(values[r.generator(0)].n_cols, X.n_cols, rng);
      values[r.model.inputs(1)] = X;
      values[r.model.targets(0)] = mat(1, X.n_cols, arma::fill::ones);
      values[r.model.targets(1)] = mat(1, X.n_cols, arma::fill::zeros);
      values = evaluate(r.model.graph, std::move(values));
      slopes = backward(r.model.graph, values, loss, std::move(slopes));
      for (const uword p : mine) {
        Moved next = adam_step(values[p], slopes[p], memory[p], rate, real(0.5), real(0.999), real(1e-8));
        values[p] = next.x, memory[p] = next.memory;
      }
    }
    r.model.values = std::move(values);
  }
  return r;
}
}  // namespace nn
