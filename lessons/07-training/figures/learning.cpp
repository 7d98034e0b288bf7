// Loss and accuracy on training and on test images, epoch after epoch. The images are handed over sorted by class, as
// they well may stand in a file: shuffled batches make that harmless.
#include "lessons/07-training/figures/experiment.hpp"

namespace {

const nn::Figure learning("learning", [](nn::FigureData& figure) {
  const auto& [train, test, title, sample] = trainer::digits(figure.dataset());
  const nn::Dataset judged = trainer::first(train, 10000);
  const nn::uvec sorted = arma::stable_sort_index(train.labels);
  nn::Rng rng(1);
  nn::Network network = trainer::reference_network(train, {100}, rng);
  nn::Options options = trainer::reference_options();
  options.epochs = 15;
  nn::FigureTable& table = figure.table({"epoch", "train_loss", "test_loss", "train_percent", "test_percent"});
  const auto look = [&, &test = test](double epoch, double, const nn::Network& now) {
    const trainer::Judgement on_train = trainer::judge(now, judged), on_test = trainer::judge(now, test);
    table.row(epoch, on_train.loss, on_test.loss, 100 * on_train.accuracy, 100 * on_test.accuracy);
  };
  trainer::train_and_look(std::move(network), train, sorted, options, 1, rng, look);
});

}  // namespace
