// Three figures of the trained network: what its first layer looks for, what it takes for what, and where it is most
// surely wrong.
#include "lessons/07-training/figures/experiment.hpp"

namespace {

struct Trained {
  nn::Network network;
  trainer::Judgement judgement;
};

Trained trained(const trainer::Digits& digits, const nn::Options& options = trainer::reference_options()) {
  nn::Rng rng(1);
  const nn::Split parts = nn::split(digits.train.size(), nn::real(trainer::reference_held_out), rng);
  nn::Network network = trainer::reference_network(digits.train, {100}, rng);
  network = nn::train(std::move(network), digits.train, parts, options, rng).network;
  return {network, trainer::judge(network, digits.test)};
}

const nn::Figure confusion("confusion", [](nn::FigureData& figure) {
  const trainer::Digits& digits = trainer::digits(figure.dataset());
  trainer::fill_confusion(figure, digits.test, trained(digits).judgement);
});

// Weight decay lets the noise of the start fade where no ink ever falls, so that what was learned is seen.
const nn::Figure weights("weights", [](nn::FigureData& figure) {
  const trainer::Digits& digits = trainer::digits(figure.dataset());
  nn::Options options = trainer::reference_options();
  options.weight_decay = nn::real(0.005);
  trainer::fill_weights(figure, digits.test, trained(digits, options).network);
});

const nn::Figure mistakes("mistakes", [](nn::FigureData& figure) {
  const trainer::Digits& digits = trainer::digits(figure.dataset());
  trainer::fill_mistakes(figure, digits.test, trained(digits).judgement);
});

}  // namespace
