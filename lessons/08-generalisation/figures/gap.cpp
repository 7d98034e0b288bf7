// The loss on the images that are learned from and on others, epoch after epoch: plain, with dropout, with distortions.
#include "lessons/08-generalisation/figures/experiment.hpp"

namespace {

const nn::Figure gap("gap", [](nn::FigureData& figure) {
  const auto [train, test, all, judged] = trainer::few_images(figure.dataset(), 500);
  const nn::Distortion distortion;
  for (const auto& [name, regularisation] : {std::pair<const char*, nn::Regularisation>{"plain", {}},
                                             {"dropout", {nn::real(0.5), {}}},
                                             {"distorted", {1, distortion}}}) {
    nn::FigureTable& table = figure.table(name, {"epoch", "train_loss", "test_loss", "test_percent"});
    nn::Rng rng(1);
    nn::Network network = trainer::reference_network(train, {100}, rng);
    const nn::Options options = trainer::gentle_options();
    for (nn::uword epoch = 0; epoch <= 40; ++epoch) {
      if (epoch > 0)
        network = nn::regularised_epoch(std::move(network), train, nn::shuffled_batches(all, options.batch_size, rng),
                                        options, regularisation, rng)
                      .network;
      if (epoch % 2 != 0) continue;
      const nn::Score on_train = nn::score(network, train, all, options.loss),
                      on_test = nn::score(network, test, judged, options.loss);
      table.row(epoch, on_train.loss, on_test.loss, 100 * on_test.accuracy);
    }
  }
});

}  // namespace
