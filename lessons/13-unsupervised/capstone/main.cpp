// The capstone of lesson 13: digits through 32 numbers and back, noisy digits cleaned, digits read by bumps.
#include <utility>

#include "lessons/13-unsupervised/capstone/learn.hpp"
#include "nn/losses.hpp"
#include "tools/train/capstone.hpp"

namespace {

using namespace nn;

struct Settings : trainer::CapstoneSettings {
  double code_below = 1, clean_below = 1;  ///< the most that the two errors may be
};

void require_below(double error, double limit, const char* what) {
  if (error > limit)
    throw std::runtime_error(
        fmt::format("{} leaves an error of {:.4f} a pixel; at most {:.4f} was asked for", what, error, limit));
}

/// 5000 images are enough for all three.
double learn(const Settings& settings) {
  const auto& [all, test, title, sample] = settings.digits();
  const Dataset train = first_images(all, 5000);
  const mat X = scale_pixels(train.images), seen = scale_pixels(test.images);
  if (!settings.quiet) fmt::print("{}; {} of them to learn from\n", title, trainer::thousands(train.size()));
  double start = trainer::seconds();
  const auto taken = [&] {
    const double before = std::exchange(start, trainer::seconds());
    return start - before;
  };
  Rng rng(settings.seed);

  const double straight = pixel_error(reconstruct(principal_components(X, 32), seen), seen);
  fmt::print("32 principal components leave an error of {:.4f} a pixel  {:.1f} s\n", straight, taken());
  const double bent = pixel_error(forward(learn_code(X, 32, 10, rng), seen), seen);
  fmt::print("a code of 32 numbers leaves {:.4f}  {:.1f} s\n", bent, taken());
  require_below(bent, settings.code_below, "the code");

  const mat noisy = corrupt(seen, real(0.3), rng);
  const double cleaned = pixel_error(forward(learn_to_clean(X, real(0.3), 5, rng), noisy), seen);
  fmt::print("with noise in 30 % of the pixels the error is {:.4f}, cleaned {:.4f}  {:.1f} s\n",
             pixel_error(noisy, seen), cleaned, taken());
  require_below(cleaned, settings.clean_below, "the denoiser");

  const Bumps bumps = learn_bumps(X, one_hot(train.labels, train.classes), 300, 10, rng);
  const double right = 100 * share_right(read(bumps, seen), test.labels);
  fmt::print("300 bumps: {:.2f} % of {} images right  {:.1f} s\n", right, trainer::thousands(test.size()), taken());
  return right;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"13", "Learns from digits without their labels, and reads them with 300 bumps."}, settings,
      [&](trainer::Options& own) {
        own.number("--code-below", settings.code_below, "fail when the code's error a pixel is above this", "E");
        own.number("--clean-below", settings.clean_below, "fail when the denoiser's error a pixel is above this", "E");
      },
      [&] { return learn(settings); });
}
