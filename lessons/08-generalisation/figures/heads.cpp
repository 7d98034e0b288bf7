// One to eight networks that answer together: the loss of their mean answer, and the mean of their losses. Then the
// same with a bootstrap for each.
#include "lessons/08-generalisation/figures/experiment.hpp"

namespace {

const nn::Figure heads("heads", [](nn::FigureData& figure) {
  const auto [train, test, all, judged] = trainer::few_images(figure.dataset(), 500);
  const nn::Options options = trainer::gentle_options();
  const nn::Batch others = nn::gather(test, judged);
  nn::FigureTable& table = figure.table({"heads", "together", "each", "bagged"});
  const auto losses_of = [&, &train = train, &test = test, &all = all, &judged = judged](bool bagged) {
    std::vector<nn::Network> networks;
    arma::mat losses(8, 2, arma::fill::zeros);  // of their mean answer; the mean of theirs
    double sum = 0;
    nn::Rng rng(1);
    for (nn::uword n = 1; n <= 8; ++n) {
      nn::Network network = trainer::reference_network(train, {30}, rng);
      const nn::uvec seen = bagged ? nn::bootstrap(all, rng) : all;
      for (nn::uword epoch = 0; epoch < 12; ++epoch)
        network =
            nn::train_epoch(std::move(network), train, nn::shuffled_batches(seen, options.batch_size, rng), options)
                .network;
      sum += nn::score(network, test, judged, options.loss).loss;
      networks.push_back(std::move(network));
      losses(n - 1, 0) = nn::loss_value(options.loss, nn::average_output(networks, others.X), others.T);
      losses(n - 1, 1) = sum / double(n);
    }
    return losses;
  };
  const arma::mat plain = losses_of(false), bags = losses_of(true);
  for (nn::uword n = 0; n < 8; ++n) table.row(n + 1, plain(n, 0), plain(n, 1), bags(n, 0));
});

}  // namespace
