// A Gauss filter against noise.
#include <cmath>

#include "nn/convolution.hpp"
#include "tools/play/figures.hpp"

namespace play {

using namespace nn;

/// noise= sigma= seed=, and a square image as bytes: the image with noise, and that under a Gauss filter; in the head
/// how far each is off, the root of the mean squared error.
static Reply smooth(const Words& words, std::string_view bytes) {
  const mat image = square_image(words, bytes);
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  const mat noisy = image + real(words.number("noise", 0.3, 0, 10)) * random_normal(image.n_rows, image.n_cols, rng);
  const vec bell = gaussian(real(words.number("sigma", 0.8, 0.01, 100)), 8);
  const mat filtered = filter_image(noisy, bell * bell.t());
  const auto off = [&](const mat& other) {
    return std::sqrt(double(arma::mean(vectorise(arma::square(other - image)))));
  };
  Reply reply{Head().add("noisy", off(noisy)).add("filtered", off(filtered)).text(), {}};
  append(reply.numbers, noisy);
  append(reply.numbers, filtered);
  return reply;
}

static const Figure smooth_figure("smooth", "noise sigma seed", smooth);

}  // namespace play
