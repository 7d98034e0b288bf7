// Labelled images as they come from an IDX file: bytes, until they are needed as numbers.
#pragma once

#include <cstdint>

#include "nn/types.hpp"

namespace nn {

using bytes = arma::Mat<std::uint8_t>;

/// N images of rows x cols pixels in `classes` classes. 60,000 MNIST images take 47 MB here and 376 MB as doubles.
struct Dataset {
  bytes images;  ///< d x N, d = rows * cols: one column is one image, its pixels row by row, 0 ... 255
  uvec labels;   ///< N, each 0 ... classes-1
  uword rows = 0, cols = 0, classes = 0;

  uword size() const { return images.n_cols; }

  /// Says that image i is read soon: memory then brings it while another is worked on. Changes no result; an index
  /// that is not below size() is passed over. (Inlined always: GCC leaves out a call that returns nothing.)
  [[gnu::always_inline]] void announce(uword i) const {
    constexpr uword cache_line = 64;
    if (i < size())
      for (uword pixel = 0; pixel < images.n_rows; pixel += cache_line) __builtin_prefetch(images.colptr(i) + pixel);
  }
};

}  // namespace nn
