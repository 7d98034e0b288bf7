// Every x meets every k once, in both directions; pictures are filtered pixel by pixel, with a question about the edge
// in place of a frame of zeros.
#include <cmath>
#include <stdexcept>

#include "nn/convolution.hpp"

namespace nn {

vec convolve(const vec& x, const vec& k) {
  if (x.empty() || k.empty()) throw std::invalid_argument("convolve: nothing with something");
  vec y(x.n_elem + k.n_elem - 1, arma::fill::zeros);
  for (uword i = 0; i < x.n_elem; ++i)
    for (uword j = 0; j < k.n_elem; ++j) y(i + j) += x(i) * k(j);
  return y;
}

vec correlate(const vec& x, const vec& k) {
  if (k.empty() || k.n_elem > x.n_elem) throw std::invalid_argument("correlate: k does not lie inside x");
  vec y(x.n_elem - k.n_elem + 1, arma::fill::zeros);
  for (uword j = 0; j < k.n_elem; ++j)
    for (uword i = 0; i < y.n_elem; ++i) y(i) += k(j) * x(i + j);
  return y;
}

vec gaussian(real sigma, uword radius) {
  if (!(sigma > 0)) throw std::invalid_argument("gaussian: it needs a width");
  vec bell(2 * radius + 1);
  real sum = 0;
  for (uword i = 0; i < bell.n_elem; ++i) {
    const real away = (real(i) - real(radius)) / sigma;
    bell(i) = std::exp(-away * away / 2);
    sum += bell(i);
  }
  return bell / sum;
}

mat filter_image(const mat& image, const mat& kernel) {
  if (kernel.n_rows % 2 == 0 || kernel.n_cols % 2 == 0) throw std::invalid_argument("a kernel without a middle");
  const uword up = kernel.n_rows / 2, left = kernel.n_cols / 2;
  mat out(image.n_rows, image.n_cols, arma::fill::zeros);
  for (uword c = 0; c < image.n_cols; ++c)
    for (uword r = 0; r < image.n_rows; ++r)
      for (uword j = 0; j < kernel.n_cols; ++j)
        for (uword i = 0; i < kernel.n_rows; ++i) {
          const uword row = r + i, col = c + j;  // both in an image that begins up rows above, left columns before
          if (row < up || row >= image.n_rows + up || col < left || col >= image.n_cols + left) continue;
          out(r, c) += kernel(i, j) * image(row - up, col - left);
        }
  return out;
}

}  // namespace nn
