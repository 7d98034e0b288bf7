// Armadillo's own convolutions, and counting by pushing the window along.
#include <cmath>
#include <stdexcept>

#include "nn/convolution.hpp"

namespace nn {

vec convolve(const vec& x, const vec& k) {
  if (x.is_empty() || k.is_empty()) throw std::invalid_argument("nothing to slide");
  return conv(x, k);
}

vec correlate(const vec& x, const vec& k) {
  if (k.is_empty() || x.n_elem < k.n_elem) throw std::invalid_argument("does not fit");
  const vec all = conv(x, reverse(k));
  return all.subvec(k.n_elem - 1, x.n_elem - 1);
}

vec gaussian(real sigma, uword radius) {
  if (!(sigma > 0)) throw std::invalid_argument("no width");
  vec bell(2 * radius + 1);
  for (uword i = 0; i < bell.n_elem; ++i) bell(i) = std::exp(-std::pow((real(i) - real(radius)) / sigma, 2) / 2);
  return normalise(bell, 1);
}

mat filter_image(const mat& image, const mat& kernel) {
  if (kernel.n_rows % 2 == 0 || kernel.n_cols % 2 == 0) throw std::invalid_argument("no middle");
  const mat all = conv2(image, fliplr(flipud(kernel)));
  return all.submat(kernel.n_rows / 2, kernel.n_cols / 2, size(image));
}

uword places_along(uword n, uword size, uword stride, uword padding) {
  if (stride == 0 || size == 0 || n + 2 * padding < size) throw std::invalid_argument("does not fit");
  uword places = 0;
  for (uword last = size; last <= n + 2 * padding; last += stride) ++places;
  return places;
}

Window next_window(const Window& window, uword filters) {
  const auto [rows, cols, channels, size, stride, padding, pool] = window;
  const uword down = places_along(rows, size, stride, padding), across = places_along(cols, size, stride, padding);
  if (pool == 0 || down / pool * pool != down || across / pool * pool != across)
    throw std::invalid_argument("squares are left over");
  return {down / pool, across / pool, filters, size, stride, padding, pool};
}

Counts count_weights(const Window& window, uword filters) {
  Window alone = window;
  alone.pool = 1;
  const uword units = next_window(alone, filters).pixels();
  return {units * window.pixels() + units, units * window.patch() + units, filters * window.patch() + filters};
}

}  // namespace nn
