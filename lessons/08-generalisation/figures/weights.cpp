// The weights of six hidden units after the same training without a penalty, with L2 and with L1.
#include "lessons/08-generalisation/figures/experiment.hpp"
#include "nn/support/image.hpp"

namespace {

const nn::Figure weights("weights", [](nn::FigureData& figure) {
  const auto [train, test, all, judged] = trainer::few_images(figure.dataset(), 500);
  std::vector<std::string> columns;
  for (nn::uword c = 0; c < 6 * train.cols; ++c) columns.push_back("x" + std::to_string(c));
  nn::FigureTable& table = figure.table(columns);  // three rows of six pictures
  nn::FigureTable& numbers = figure.table("numbers", {"penalty", "zero_percent", "test_loss", "l2"});
  for (const char* penalty : {"none", "L2", "L1"}) {
    nn::Options options = trainer::gentle_options();
    if (penalty == std::string("L2")) options.weight_decay = nn::real(0.02);
    const nn::real lambda = penalty == std::string("L1") ? nn::real(0.001) : 0;
    nn::Rng rng(1);
    nn::Network network = trainer::reference_network(train, {30}, rng);
    for (nn::uword epoch = 0; epoch < 20; ++epoch)
      for (const nn::uvec& batch : nn::shuffled_batches(all, options.batch_size, rng)) {
        network = nn::train_epoch(std::move(network), train, {batch}, options).network;
        if (lambda > 0) network = nn::shrink_weights(std::move(network), options.rate, lambda);
      }
    const nn::mat& W = network[0].W;
    for (nn::uword r = 0; r < train.rows; ++r) {
      std::vector<double> row;
      for (nn::uword unit = 0; unit < 6; ++unit) {
        const nn::mat image = nn::to_image(W.row(unit).t(), train.rows, train.cols) / abs(W.row(unit)).max();
        for (nn::uword c = 0; c < train.cols; ++c) row.push_back(std::round(100 * image(r, c)));
      }
      table.row(row);
    }
    numbers.row(penalty, 100.0 * double(arma::accu(W == 0)) / double(W.n_elem),
                nn::score(network, test, judged, options.loss).loss, nn::l2_penalty(network, 1));
  }
});

}  // namespace
