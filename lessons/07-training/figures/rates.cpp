// Mini-batch training with a learning rate that is too small, right, and too large.
#include <cmath>

#include "lessons/07-training/figures/experiment.hpp"

namespace {

const nn::Figure rates("rates", [](nn::FigureData& figure) {
  const nn::Dataset train = trainer::first(trainer::digits(figure.dataset()).train, 5000),
                    judged = trainer::first(train, 1000);
  for (const auto& [name, rate] : {std::pair{"small", 0.002}, {"right", 0.2}, {"large", 2.0}}) {
    nn::Rng rng(1);
    nn::Options options = trainer::reference_options();
    options.batch_size = 50;  // divides 5000: no short batch at the end of an epoch
    options.rate = nn::real(rate);
    options.epochs = 5;
    nn::FigureTable& table = figure.table(name, {"epoch", "loss"});
    const auto look = [&](double epoch, double, const nn::Network& now) {
      table.row(epoch, trainer::judge(now, judged).loss);
    };
    trainer::train_and_look(trainer::reference_network(train, {100}, rng), train, trainer::all(train), options, 8, rng,
                            look);
  }
});

}  // namespace
