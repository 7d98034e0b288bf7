// The same network trained by gradient descent (one batch of all images), by single images, and by mini-batches: what
// an epoch brings, and what a second brings. Seconds are measured.
#include "lessons/07-training/figures/experiment.hpp"

namespace {

struct Method {
  const char* name;
  nn::uword batch_size;
  double rate;  // each with a rate that suits it
  nn::uword epochs, looks;
};

const nn::Figure methods("methods", [](nn::FigureData& figure) {
  const nn::Dataset train = trainer::first(trainer::digits(figure.dataset()).train, 5000),
                    judged = trainer::first(train, 1000);
  for (const auto& [name, batch_size, rate, epochs, looks] :
       {Method{"gradient_descent", train.size(), 0.3, 40, 1}, Method{"single_images", 1, 0.02, 2, 20},
        Method{"mini_batches", 50, 0.2, 5, 10}}) {
    nn::Rng rng(1);
    nn::Options options;
    options.batch_size = batch_size;
    options.rate = nn::real(rate);
    options.epochs = epochs;
    nn::FigureTable& table = figure.table(name, {"epoch", "seconds", "loss"});
    const auto look = [&](double epoch, double seconds, const nn::Network& now) {
      table.row(epoch, seconds, trainer::judge(now, judged).loss);
    };
    trainer::train_and_look(trainer::reference_network(train, {100}, rng), train, trainer::all(train), options, looks,
                            rng, look);
  }
});

}  // namespace
