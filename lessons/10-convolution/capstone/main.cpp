// The capstone of lesson 10: filters learn MNIST and read its test images as they are and moved.
#include "lessons/10-convolution/capstone/learn.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/reference.hpp"

namespace {

using namespace nn;
using trainer::all;

struct Settings : trainer::CapstoneSettings {
  bool distorted = false, shifts = false, best = false;
  uword epochs = 0;
};

const Distortion gentle{1, 8, real(0.08), real(0.1), 1, 5};

/// The images moved to the right by so many pixels.
Dataset moved(Dataset data, uword pixels) {
  const bytes old = data.images;
  data.images.zeros();
  for (uword row = 0; row < data.rows; ++row)
    for (uword col = pixels; col < data.cols; ++col)
      data.images.row(row * data.cols + col) = old.row(row * data.cols + col - pixels);
  return data;
}

double percent(const ConvNetwork& network, const Dataset& test) {
  return 100 * conv_accuracy(network, test, all(test));
}

double accuracy(const Settings& settings) {
  const auto& [train, test, title, sample] = settings.digits();
  const uword epochs = settings.epochs ? settings.epochs : settings.distorted ? 10 : 5;
  Rng rng(settings.seed);
  ConvNetwork network = digits_network(train, rng);
  if (!settings.quiet)
    fmt::print("{}\n{} numbers, {} epochs{}\n", title,
               trainer::thousands(parameters(network.filters) + parameters(network.classifier)), epochs,
               settings.distorted ? ", each image distorted a little, anew in every epoch" : "");
  const double start = trainer::seconds();
  network =
      learn(std::move(network), train, all(train), epochs, settings.distorted ? std::optional(gentle) : std::nullopt,
            rng, [&](uword epoch, const ConvState& state) {
              if (!settings.quiet)
                fmt::print("epoch {}  running loss {:.4f}  {:.1f} s\n", epoch, state.running_loss,
                           trainer::seconds() - start);
            });
  const double right = percent(network, test);
  fmt::print("{}: {:.2f} % of {} images right\n", sample ? "sample" : "MNIST", right, trainer::thousands(test.size()));
  if (!settings.quiet)
    for (const uword pixels : {2, 4, 6})
      fmt::print("moved by {} pixels: {:.2f} %\n", pixels, percent(network, moved(test, pixels)));
  return right;
}

/// What the network says to every image: classes x N, in heaps of 100.
mat answers(const ConvNetwork& network, const Dataset& data) {
  mat said(data.classes, data.size());
  for (uword first = 0; first < data.size(); first += 100) {
    const uword last = std::min(first + 99, data.size() - 1);
    const uvec heap = arma::regspace<uvec>(first, last);
    said.cols(first, last) = conv_trace(network, gather(data, heap).X).classifier.A.back();
  }
  return said;
}

/// Five networks side by side, as lesson 8 averages them, within five minutes of one core; the first within one.
double best(const Settings& settings) {
  const Dataset &train = settings.digits().train, &test = settings.digits().test;
  const uword networks = 5, epochs = settings.epochs ? settings.epochs : 8;
  mat said(test.classes, test.size(), arma::fill::zeros);
  double right = 0;
  Rng rng(settings.seed);
  for (uword network = 1; network <= networks; ++network) {
    said += answers(learn(digits_network(train, rng), train, all(train), epochs, gentle, rng), test);
    right = 100.0 * double(accu(uvec(index_max(said, 0).t()) == test.labels)) / double(test.size());
    if (!settings.quiet || network == networks)
      fmt::print("{} network{} side by side: {:.2f} % of {} images right, {:.0f} s\n", network, network > 1 ? "s" : "",
                 right, trainer::thousands(test.size()), trainer::seconds());
  }
  return right;
}

/// How well three networks read images that are moved to the right, as CSV: lesson 9's, and filters that learned from
/// the images as they are, or strongly distorted.
void shifts(const Settings& settings) {
  const Dataset &train = settings.digits().train, &test = settings.digits().test;
  Rng rng(settings.seed);
  Recipe recipe;
  recipe.options.batch_size = 32;
  recipe.options.rate = real(0.4);
  recipe.schedule.decay = Decay::linear;
  Progressed dense{{trainer::reference_network(train, {256, 128}, rng), {}}, 0, 0};
  for (int epoch = 0; epoch < 4; ++epoch) {
    const std::vector<uvec> batches = shuffled_batches(all(train), recipe.options.batch_size, rng);
    dense = optimised_epoch(std::move(dense), train, batches, recipe, 4 * batches.size(), rng);
  }
  const auto filters = [&](uword epochs, std::optional<Distortion> distortion) {
    return learn(digits_network(train, rng), train, all(train), epochs, distortion, rng);
  };
  const ConvNetwork plain = filters(5, {}), distorted = filters(9, Distortion{});
  fmt::print("pixels,dense,filters,distorted\n");
  for (uword pixels = 0; pixels <= 8; ++pixels) {
    const Dataset away = moved(test, pixels);
    fmt::print("{},{:.2f},{:.2f},{:.2f}\n", pixels, 100 * nn::accuracy(dense.now.network, away, all(away)),
               percent(plain, away), percent(distorted, away));
  }
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"10", "Learns filters, and reads digits with them."}, settings,
      [&](trainer::Options& own) {
        own.flag("--distorted", settings.distorted, "learn from images that are distorted a little");
        own.number("--epochs", settings.epochs, "passes over the images (5, with --distorted 10, with --best 8)");
        own.flag("--best", settings.best, "five such networks side by side: five minutes of one core");
        own.flag("--shifts", settings.shifts, "read moved images: some minutes, a line of CSV for each pixel");
      },
      [&] {
        if (settings.shifts) return shifts(settings), 100.0;
        return settings.best ? best(settings) : accuracy(settings);
      });
}
