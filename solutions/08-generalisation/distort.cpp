// Lesson 8, distorted images: new samples from old ones.
#include <cmath>

#include "nn/generalisation.hpp"
#include "nn/support/image.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real between(const mat& image, real row, real col) {
  //> 8.6
  const real above = std::floor(row), left = std::floor(col), down = row - above, right = col - left;
  const auto pixel = [&](real r, real c) {
    return r >= 0 && c >= 0 && r < image.n_rows && c < image.n_cols ? image(uword(r), uword(c)) : 0;
  };
  return (1 - down) * ((1 - right) * pixel(above, left) + right * pixel(above, left + 1)) +
         down * ((1 - right) * pixel(above + 1, left) + right * pixel(above + 1, left + 1));
  //<
}

mat warp(const mat& image, const Field& from) {
  //> 8.6
  require_same_shape(from.row, from.col, "warp", "from.row", "from.col");
  mat out(size(from.row));
  for (uword i = 0; i < out.n_elem; ++i) out(i) = between(image, from.row(i), from.col(i));
  return out;
  //<
}

Field affine_field(uword rows, uword cols, const Affine& affine) {
  //> 8.6
  const real angle = affine.degrees * real(arma::datum::pi) / 180, cosine = std::cos(angle), sine = std::sin(angle);
  const real r0 = (real(rows) - 1) / 2, c0 = (real(cols) - 1) / 2;
  Field from{mat(rows, cols), mat(rows, cols)};
  for (uword c = 0; c < cols; ++c)
    for (uword r = 0; r < rows; ++r) {
      const real y = (r - r0 - affine.down) * affine.stretch_rows;
      const real x = (c - c0 - affine.right) * affine.stretch_cols + affine.shear * (r - r0);
      from.row(r, c) = r0 + y * cosine + x * sine;
      from.col(r, c) = c0 - y * sine + x * cosine;
    }
  return from;
  //<
}

Field elastic_field(uword rows, uword cols, real pixels, uword grid, Rng& rng) {
  //> 8.7
  require(grid >= 2, "elastic_field", "the grid is " + std::to_string(grid) + ", expected at least 2");
  require(pixels >= 0, "elastic_field", "a displacement cannot be negative: " + std::to_string(pixels));
  const mat down = random_uniform(grid, grid, -pixels, pixels, rng);
  const mat right = random_uniform(grid, grid, -pixels, pixels, rng);
  Field by{mat(rows, cols), mat(rows, cols)};
  for (uword c = 0; c < cols; ++c)
    for (uword r = 0; r < rows; ++r) {
      const real y = rows > 1 ? real(r * (grid - 1)) / (rows - 1) : 0;
      const real x = cols > 1 ? real(c * (grid - 1)) / (cols - 1) : 0;
      by.row(r, c) = between(down, y, x);
      by.col(r, c) = between(right, y, x);
    }
  return by;
  //<
}

Batch gather_distorted(const Dataset& data, const uvec& indices, const Distortion& distortion, Rng& rng) {
  //> 8.7
  const auto& [shift, degrees, stretch, shear, elastic, grid] = distortion;
  const auto around = [&](real middle, real most) { return rng.uniform(middle - most, middle + most); };
  Batch batch = gather(data, indices);
  for (uword j = 0; j < batch.X.n_cols; ++j) {
    Affine affine;
    affine.degrees = around(0, degrees);
    affine.down = around(0, shift), affine.right = around(0, shift);
    affine.stretch_rows = around(1, stretch), affine.stretch_cols = around(1, stretch);
    affine.shear = around(0, shear);
    Field from = affine_field(data.rows, data.cols, affine);
    if (elastic != 0) {
      const Field bent = elastic_field(data.rows, data.cols, elastic, grid, rng);
      from.row += bent.row, from.col += bent.col;
    }
    batch.X.col(j) = to_column(warp(to_image(batch.X.col(j), data.rows, data.cols), from));
  }
  return batch;
  //<
}

}  // namespace nn
