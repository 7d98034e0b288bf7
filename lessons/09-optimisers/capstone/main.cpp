// The capstone of lesson 9: ten hidden sigmoid layers, which no rate can teach, learn with batch normalisation; and a
// rate that falls reads 98 % of MNIST in four epochs. It calls the contracts alone, so it is made of whose bodies it is
// linked with. The rates of the ten layers and of the race were chosen on held-out images, the falling one was not
// tuned.
#include "lessons/09-optimisers/capstone/deep.hpp"
#include "lessons/09-optimisers/capstone/race.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/reference.hpp"

namespace {

using trainer::all;

struct Settings : trainer::CapstoneSettings {
  bool deep = false, falling = false, race = false;
};

constexpr nn::uword depth = 10, units = 100;

/// Ten hidden layers of 100 sigmoids after one epoch over the sample: as they are at four rates, then normalised.
double deep(const Settings& settings, const nn::Dataset& test) {
  const nn::Dataset& train = trainer::digits({}).train;  // 5000 images, whatever the test set
  nn::Options options;
  options.batch_size = 32;
  const auto start = [&](nn::Rng& rng) {
    return nn::deep_layers(train.images.n_rows, units, depth, train.classes, nn::Activation::sigmoid, rng);
  };
  if (!settings.quiet) {
    fmt::print("{} hidden layers of {} sigmoids, one epoch of {} images\n", depth, units,
               trainer::thousands(train.size()));
    for (const double rate : {0.03, 0.1, 0.3, 1.0}) {
      nn::Rng rng(settings.seed);
      nn::Network network = start(rng);
      options.rate = nn::real(rate);
      network =
          nn::train_epoch(std::move(network), train, nn::shuffled_batches(all(train), options.batch_size, rng), options)
              .network;
      fmt::print("as they are, rate {:4}:          {:6.2f} % right\n", rate,
                 100 * nn::accuracy(network, test, all(test)));
    }
  }
  nn::Rng rng(settings.seed);
  options.rate = nn::real(0.2);
  nn::DeepNetwork network = nn::with_norms(start(rng));
  const std::vector<nn::uvec> batches = nn::shuffled_batches(all(train), options.batch_size, rng);
  network = nn::normalised_epoch(std::move(network), train, batches, options, 0, batches.size());
  const nn::Network plain = nn::folded(network, nn::gather(train, all(train)).X);
  const double accuracy = 100 * nn::accuracy(plain, test, all(test));
  fmt::print("batch normalised, rate {:4} to 0: {:5.2f} % of {} images right\n\n", 0.2, accuracy,
             trainer::thousands(test.size()));
  return accuracy;
}

/// 784-256-128-10 in four epochs, at a rate that stays and at one that falls.
double falling(const Settings& settings, const trainer::Digits& digits) {
  const auto& [train, test, title, sample] = digits;
  double accuracy = 0;
  for (const nn::Decay decay : {nn::Decay::constant, nn::Decay::linear}) {
    if (settings.quiet && decay == nn::Decay::constant) continue;
    nn::Rng rng(settings.seed);
    nn::Recipe recipe;
    recipe.options.batch_size = 32;
    recipe.options.rate = nn::real(decay == nn::Decay::linear ? 0.4 : 0.2);
    recipe.schedule.decay = decay;
    nn::Progressed now{{trainer::reference_network(train, {256, 128}, rng), {}}, 0, 0};
    const double start = trainer::seconds();
    for (int epoch = 1; epoch <= 4; ++epoch) {
      const std::vector<nn::uvec> batches = nn::shuffled_batches(all(train), recipe.options.batch_size, rng);
      now = nn::optimised_epoch(std::move(now), train, batches, recipe, 4 * batches.size(), rng);
      if (!settings.quiet)
        fmt::print("epoch {}  running loss {:.4f}  {:.1f} s\n", epoch, now.running_loss, trainer::seconds() - start);
    }
    accuracy = 100 * nn::accuracy(now.now.network, test, all(test));
    fmt::print("{}, the rate {} {}: {:.2f} % of {} images right\n\n", sample ? "sample" : "MNIST",
               decay == nn::Decay::linear ? "falls from" : "stays at", recipe.options.rate, accuracy,
               trainer::thousands(test.size()));
  }
  return accuracy;
}

double least_accuracy(const Settings& settings) {
  const trainer::Digits& digits = settings.digits();
  double least = 100;
  if (settings.race) return race::run(digits, 5), least;
  if (!settings.falling) least = std::min(least, deep(settings, digits.test));
  if (!settings.deep) least = std::min(least, falling(settings, digits));
  return least;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"9", "Teaches ten sigmoid layers, and lets a rate fall."}, settings,
      [&](trainer::Options& own) {
        own.flag("--deep", settings.deep, "only the ten layers");
        own.flag("--falling", settings.falling, "only the rate that falls", "--deep");
        own.flag("--race", settings.race, "all rules against each other: some minutes, a line of CSV an epoch");
      },
      [&] { return least_accuracy(settings); });
}
