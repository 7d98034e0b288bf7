// How many of 100 hidden units a large rate kills, and what the network then reads: ReLU, leaky ReLU and ELU, three
// epochs of 2000 images.
#include "lessons/08-generalisation/figures/experiment.hpp"
#include "nn/optimisers.hpp"
#include "tools/train/digits.hpp"

namespace {

const nn::Figure dead("dead", [](nn::FigureData& figure) {
  const auto [train, test, all, judged] = trainer::few_images(figure.dataset(), 2000);
  const nn::mat X = nn::gather(train, all).X;
  nn::FigureTable& table = figure.table({"rate", "dead", "relu", "leaky_relu", "elu"});
  for (const double rate : {0.1, 0.5, 1.0, 1.5, 2.0}) {
    std::vector<double> row = {rate, 0};
    for (const nn::Activation activation : {nn::Activation::relu, nn::Activation::leaky_relu, nn::Activation::elu}) {
      nn::Rng rng(1);
      nn::Network network = {nn::he_init(100, X.n_rows, activation, rng),
                             nn::he_init(train.classes, 100, nn::Activation::softmax, rng)};
      nn::Options options;
      options.rate = nn::real(rate);
      for (int epoch = 0; epoch < 3; ++epoch)
        network = nn::train_epoch(std::move(network), train, nn::shuffled_batches(all, 32, rng), options).network;
      if (activation == nn::Activation::relu) row[1] = double(nn::dead_units(network, X)(0));
      row.push_back(100 * nn::accuracy(network, test, judged));
    }
    table.row(row);
  }
});

}  // namespace
