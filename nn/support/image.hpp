// An image as a column of pixels, as data files hold it, and as a matrix, as one looks at it.
//
//   mat image = to_image(batch.X.col(0), data.rows, data.cols);    // image(r, c): row r from above, column c
//   batch.X.col(0) = to_column(image);                              // row after row again
#pragma once

#include "nn/support/shape.hpp"
#include "nn/types.hpp"

namespace nn {

/// rows x cols, from the rows * cols numbers of a column, which hold it row after row. Throws std::invalid_argument
/// when they are not so many.
inline mat to_image(const vec& column, uword rows, uword cols) {
  require_shape(column.n_elem, rows * cols, "to_image", "the column", "entries", "rows times columns of the image");
  return mat(column.memptr(), cols, rows).t();
}

/// The pixels of an image, row after row.
inline vec to_column(const mat& image) { return vectorise(image.t()); }

}  // namespace nn
