// How well networks of 3 to 300 hidden units read the 500 images that they learned from, and 1000 others.
#include "lessons/08-generalisation/figures/experiment.hpp"

namespace {

const nn::Figure width("width", [](nn::FigureData& figure) {
  const auto [train, test, all, judged] = trainer::few_images(figure.dataset(), 500);
  const nn::Options options = trainer::gentle_options();
  nn::FigureTable& table = figure.table({"units", "train_percent", "test_percent"});
  for (const nn::uword units : {3, 10, 30, 100, 300}) {
    nn::Rng rng(1);
    nn::Network network = trainer::reference_network(train, {units}, rng);
    for (nn::uword epoch = 0; epoch < 60; ++epoch)
      network = nn::train_epoch(std::move(network), train, nn::shuffled_batches(all, options.batch_size, rng), options)
                    .network;
    table.row(units, 100 * nn::score(network, train, all, options.loss).accuracy,
              100 * nn::score(network, test, judged, options.loss).accuracy);
  }
});

}  // namespace
