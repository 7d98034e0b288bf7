// The capstone of lesson 11: fifty blocks with ways around them learn to read digits, and the same layers in a chain do
// not.
#include "lessons/11-graphs/capstone/learn.hpp"
#include "tools/train/capstone.hpp"

namespace {

using namespace nn;

struct Settings : trainer::CapstoneSettings {
  Settings() { data.clear(); }  // the sample is enough here
  uword blocks = 50, units = 32, epochs = 3;
  double rate = 0.1;
  bool sigmoid = false;
};

using Stack = Model (*)(uword, uword, uword, uword, Activation, Rng&);

double percent(const Settings& settings, const char* name, Stack stack, const Samples& train, const Samples& test) {
  Rng rng(settings.seed);
  const Activation phi = settings.sigmoid ? Activation::sigmoid : Activation::tanh;
  Model model = stack(train.X.n_rows, settings.units, settings.blocks, train.T.n_rows, phi, rng);
  const double start = trainer::seconds();
  model = learn(std::move(model), train, settings.epochs, real(settings.rate), rng, [&](uword epoch, const Model& now) {
    if (!settings.quiet && epoch < settings.epochs)
      fmt::print("{}, epoch {}: {:.1f} % of the test images right\n", name, epoch, 100 * accuracy(now, test));
  });
  const double seconds = trainer::seconds() - start, right = 100 * accuracy(model, test);
  fmt::print("{}: {:.1f} % of {} test images right, {:.1f} s\n", name, right, trainer::thousands(test.labels.n_elem),
             seconds);
  return right;
}

double run(const Settings& settings) {
  const trainer::Digits& digits = settings.digits();
  const Samples train = samples_of(digits.train), test = samples_of(digits.test);
  if (!settings.quiet)
    fmt::print("{}\n{} blocks of {} units, {} epochs\n", digits.title, settings.blocks, settings.units,
               settings.epochs);
  const double around = percent(settings, "with ways around", residual_graph, train, test);
  if (!settings.quiet) percent(settings, "in a chain", chain_graph, train, test);
  return around;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"11", "Teaches fifty blocks with ways around them, and the same layers in a chain."}, settings,
      [&](trainer::Options& own) {
        own.number("--blocks", settings.blocks, "how many (50)");
        own.number("--units", settings.units, "of each (32)");
        own.number("--epochs", settings.epochs, "passes over the images (3)");
        own.number("--rate", settings.rate, "the learning rate (0.1)", "R");
        own.flag("--sigmoid", settings.sigmoid, "sigmoid units instead of tanh");
      },
      [&] { return run(settings); });
}
