// How a filter slides over an image, and how an image with several channels lies in memory.
//
// A column is an image: pixel after pixel, row by row, the channels of one pixel side by side. So the same numbers are
// a matrix of (rows * cols * channels) x N, one column an image, and one of channels x (rows * cols * N), one column a
// pixel; reshape() goes from one to the other and moves none.
#pragma once

#include "nn/support/shape.hpp"
#include "nn/types.hpp"

namespace nn {

/// One image that comes in, and how filters of size x size slide over it.
struct Window {
  uword rows = 0, cols = 0, channels = 1;
  uword size = 5;
  uword stride = 1;   ///< pixels from one place to the next
  uword padding = 0;  ///< rows and columns of zeros on each of the four sides
  uword pool = 1;     ///< what comes out is pooled in squares of pool x pool

  uword pixels() const { return rows * cols * channels; }
  uword patch() const { return size * size * channels; }
};

/// Throws std::invalid_argument, in the name of `function`, unless the filter fits into the padded image and steps.
inline void require_window(const Window& w, std::string_view function) {
  require(w.rows > 0 && w.cols > 0 && w.channels > 0, function,
          "the image is " + std::to_string(w.rows) + " x " + std::to_string(w.cols) + " with " +
              std::to_string(w.channels) + " channels, expected at least one of each");
  require(w.stride > 0, function, "the stride is 0, expected at least 1");
  const uword smaller = std::min(w.rows, w.cols) + 2 * w.padding;
  require(w.size > 0 && w.size <= smaller, function,
          "the filter's size is " + std::to_string(w.size) + ", expected 1 ... " + std::to_string(smaller) +
              ", the padded image");
}

}  // namespace nn
