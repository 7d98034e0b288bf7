// Ten hidden layers of 100 sigmoids, three epochs of the sample from the same start: as they are, and batch normalised.
#include "lessons/07-training/figures/experiment.hpp"
#include "lessons/09-optimisers/capstone/deep.hpp"
#include "tools/train/digits.hpp"

namespace {

const nn::Figure ten_layers("ten_layers", [](nn::FigureData& figure) {
  const auto& [digits, others, title, sample] = trainer::digits(figure.dataset());
  const nn::Dataset train = trainer::first(digits, 5000), test = trainer::first(others, 1000);
  const nn::uvec all = trainer::all(train), judged = trainer::all(test);
  const nn::mat X = nn::gather(train, all).X;
  nn::Options options;
  options.batch_size = 32;
  options.rate = nn::real(0.2);
  nn::Rng rng(1);
  nn::Network plain = nn::deep_layers(X.n_rows, 100, 10, train.classes, nn::Activation::sigmoid, rng);
  nn::DeepNetwork deep = nn::with_norms(plain);
  nn::FigureTable& table = figure.table({"epoch", "plain", "normalised"});
  for (nn::uword epoch = 0; epoch <= 3; ++epoch) {
    if (epoch > 0) {
      const std::vector<nn::uvec> batches = nn::shuffled_batches(all, options.batch_size, rng);
      const nn::uword steps = batches.size();
      plain = nn::train_epoch(std::move(plain), train, batches, options).network;
      deep = nn::normalised_epoch(std::move(deep), train, batches, options, (epoch - 1) * steps, 3 * steps);
    }
    table.row(epoch, 100 * nn::accuracy(plain, test, judged), 100 * nn::accuracy(nn::folded(deep, X), test, judged));
  }
});

}  // namespace
