// The capstone of lesson 8: the same network learns from the sample's 5000 images, once as they are, once distorted
// anew in each epoch, and reads MNIST's test images. It calls the contracts alone, so it is made of whose bodies it is
// linked with. The recipe was chosen on held-out images of the sample, never on test images.
#include "nn/generalisation.hpp"
#include "tools/train/capstone.hpp"

namespace {

struct Settings : trainer::CapstoneSettings {
  bool plain = false;
  nn::uword epochs = 60;
};

double accuracy(const Settings& settings) {
  const nn::Dataset& train = trainer::digits({}).train;  // 5000 images, whatever the test set
  const auto& [unused, test, title, sample] = settings.digits();
  const nn::uvec all = trainer::all(train);
  nn::Distortion distortion;
  distortion.elastic = 0;  // it costs as much again, and brings two tenths of a point
  nn::Options options;
  options.batch_size = 32;
  double right = 0;
  for (const bool distorted : {false, true}) {
    if ((distorted && settings.plain) || (!distorted && settings.quiet && !settings.plain)) continue;
    nn::Regularisation regularisation;
    if (distorted) regularisation.distortion = distortion;
    nn::Rng rng(settings.seed);
    nn::Network network;
    nn::uword inputs = train.images.n_rows;
    for (const nn::uword units : {256, 128}) {
      network.push_back(nn::he_init(units, inputs, nn::Activation::relu, rng));
      inputs = units;
    }
    network.push_back(nn::he_init(train.classes, inputs, nn::Activation::softmax, rng));
    if (!settings.quiet)
      fmt::print("{} numbers, {} images, {} epochs{}\n", nn::parameters(network), train.size(), settings.epochs,
                 distorted ? ", each image distorted anew in every epoch" : "");
    const double start = trainer::seconds();
    for (nn::uword epoch = 0; epoch < settings.epochs; ++epoch) {
      options.rate = nn::real(0.2) * nn::real(settings.epochs - epoch) / nn::real(settings.epochs);
      network = nn::regularised_epoch(std::move(network), train, nn::shuffled_batches(all, options.batch_size, rng),
                                      options, regularisation, rng)
                    .network;
      if (settings.quiet || ((epoch + 1) % 10 != 0 && epoch + 1 < settings.epochs)) continue;
      const nn::Score own = nn::score(network, train, all, options.loss);
      fmt::print("epoch {:3}  training images: loss {:.4f}, {:6.2f} % right  {:.1f} s\n", epoch + 1, own.loss,
                 100 * own.accuracy, trainer::seconds() - start);
    }
    const nn::Score score = nn::score(network, test, trainer::all(test), options.loss);
    right = 100 * score.accuracy;
    fmt::print("{}: loss {:.4f}, {:.2f} % of {} images right\n\n", sample ? "the sample's test images" : "test set",
               score.loss, right, trainer::thousands(test.size()));
  }
  return right;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"8", "Learns from 5000 images and reads others."}, settings,
      [&](trainer::Options& own) {
        own.flag("--plain", settings.plain, "only without distortions");
        own.number("--epochs", settings.epochs, "passes over the images (60)");
      },
      [&] { return accuracy(settings); });
}
