// Task 5.7: networks of sigmoids learn a gate from the loss alone.
#include "nn/numerical_gradient.hpp"
#include "nn/support/toys.hpp"
#include "tools/figures/figure.hpp"

namespace nn {
namespace {

Network one_neuron(Rng rng) { return {{random_uniform(1, 2, -1, 1, rng), {0}, Activation::sigmoid}}; }

Network two_layers(Rng rng) {
  const mat W1 = random_uniform(2, 2, -1, 1, rng), b1 = random_uniform(2, 1, -1, 1, rng);
  return {{W1, b1, Activation::sigmoid}, {random_uniform(1, 2, -1, 1, rng), {0}, Activation::sigmoid}};
}

const Figure tiny_network("tiny_network", [](FigureData& data) {
  FigureTable& table = data.table({"what", "step", "loss"});
  const auto add = [&](const std::string& what, const Network& network, const ToyData& gate) {
    const Trained trained = train_numerically(network, gate.X, arma::conv_to<rowvec>::from(gate.labels), 4, 1000);
    for (uword t = 0; t < trained.losses.n_elem; t += 10) table.row(what, t, trained.losses(t));
  };
  add("NAND", one_neuron(Rng(1)), nand_table());
  add("XOR by one", one_neuron(Rng(1)), xor_table());
  add("XOR first", two_layers(Rng(1)), xor_table());
  add("XOR other", two_layers(Rng(3)), xor_table());
});

}  // namespace
}  // namespace nn
