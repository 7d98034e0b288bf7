// Lesson 10, filters: a few numbers that slide along many.
#include <cmath>

#include "nn/convolution.hpp"
#include "nn/support/todo.hpp"

namespace nn {

vec convolve(const vec& x, const vec& k) {
  //> 10.1
  require(!x.empty() && !k.empty(), "convolve", "x or k is empty, expected at least one entry");
  vec y(x.n_elem + k.n_elem - 1);
  for (uword i = 0; i < x.n_elem; ++i)
    for (uword j = 0; j < k.n_elem; ++j) y(i + j) += k(j) * x(i);
  return y;
  //<
}

vec correlate(const vec& x, const vec& k) {
  //> 10.1
  require(
      !k.empty() && k.n_elem <= x.n_elem, "correlate",
      "k has " + std::to_string(k.n_elem) + " entries, expected 1 ... " + std::to_string(x.n_elem) + ", those of x");
  vec y(x.n_elem - k.n_elem + 1);
  for (uword i = 0; i < y.n_elem; ++i) y(i) = dot(k, x.subvec(i, i + k.n_elem - 1));
  return y;
  //<
}

vec gaussian(real sigma, uword radius) {
  //> 10.2
  require(sigma > 0, "gaussian", "sigma is " + std::to_string(sigma) + ", expected more than 0");
  const vec i = arma::regspace<vec>(-real(radius), real(radius));
  const vec bell = exp(-square(i) / (2 * sigma * sigma));
  return bell / sum(bell);
  //<
}

mat filter_image(const mat& image, const mat& kernel) {
  //> 10.2
  require(kernel.n_rows % 2 == 1 && kernel.n_cols % 2 == 1, "filter_image",
          "the kernel is " + std::to_string(kernel.n_rows) + " x " + std::to_string(kernel.n_cols) +
              ", expected odd sides: its middle stands on a pixel");
  const uword down = kernel.n_rows / 2, right = kernel.n_cols / 2;
  mat framed(image.n_rows + 2 * down, image.n_cols + 2 * right);
  framed(arma::span(down, down + image.n_rows - 1), arma::span(right, right + image.n_cols - 1)) = image;
  mat out(size(image));
  for (uword c = 0; c < out.n_cols; ++c)
    for (uword r = 0; r < out.n_rows; ++r) out(r, c) = accu(kernel % framed.submat(r, c, size(kernel)));
  return out;
  //<
}

uword places_along(uword n, uword size, uword stride, uword padding) {
  //> 10.3
  require(stride > 0, "places_along", "the stride is 0, expected at least 1");
  require(size > 0 && size <= n + 2 * padding, "places_along",
          "the filter's size is " + std::to_string(size) + ", expected 1 ... " + std::to_string(n + 2 * padding));
  return (n + 2 * padding - size) / stride + 1;
  //<
}

Window next_window(const Window& window, uword filters) {
  //> 10.3
  Window next = window;
  next.rows = places_along(window.rows, window.size, window.stride, window.padding);
  next.cols = places_along(window.cols, window.size, window.stride, window.padding);
  require(window.pool > 0 && next.rows % window.pool == 0 && next.cols % window.pool == 0, "next_window",
          std::to_string(next.rows) + " x " + std::to_string(next.cols) +
              " places do not divide into squares of side " + std::to_string(window.pool));
  next.rows /= window.pool, next.cols /= window.pool, next.channels = filters;
  return next;
  //<
}

Counts count_weights(const Window& window, uword filters) {
  //> 10.3
  const uword places = places_along(window.rows, window.size, window.stride, window.padding) *
                       places_along(window.cols, window.size, window.stride, window.padding);
  return {(window.pixels() + 1) * places * filters, (window.patch() + 1) * places * filters,
          (window.patch() + 1) * filters};
  //<
}

}  // namespace nn
