// A place between pixels is found along its two rows first, and then between them; a turn is a product of matrices.
#include <cmath>
#include <stdexcept>

#include "nn/generalisation.hpp"
#include "nn/support/image.hpp"

namespace nn {
namespace {

real pixel_or_zero(const mat& image, real r, real c) {
  const bool inside = r >= 0 && c >= 0 && r < real(image.n_rows) && c < real(image.n_cols);
  return inside ? image(uword(r), uword(c)) : real(0);
}

real along(real from, real to, real share) { return from * (1 - share) + to * share; }

}  // namespace

real between(const mat& image, real row, real col) {
  const real above = std::floor(row), left = std::floor(col);
  const real upper = along(pixel_or_zero(image, above, left), pixel_or_zero(image, above, left + 1), col - left);
  const real lower =
      along(pixel_or_zero(image, above + 1, left), pixel_or_zero(image, above + 1, left + 1), col - left);
  return along(upper, lower, row - above);
}

mat warp(const mat& image, const Field& from) {
  if (size(from.row) != size(from.col)) throw std::invalid_argument("warp: a field of two shapes");
  mat seen = from.row;
  for (uword c = 0; c < seen.n_cols; ++c)
    for (uword r = 0; r < seen.n_rows; ++r) seen(r, c) = between(image, from.row(r, c), from.col(r, c));
  return seen;
}

Field affine_field(uword rows, uword cols, const Affine& affine) {
  const real a = affine.degrees * arma::Datum<real>::pi / 180;
  const mat turn = {{std::cos(a), std::sin(a)}, {-std::sin(a), std::cos(a)}};
  const vec middle = {(real(rows) - 1) / 2, (real(cols) - 1) / 2};
  Field field{mat(rows, cols), mat(rows, cols)};
  for (uword r = 0; r < rows; ++r)
    for (uword c = 0; c < cols; ++c) {
      const real below = real(r) - middle(0);
      const vec yx = {(below - affine.down) * affine.stretch_rows,
                      (real(c) - middle(1) - affine.right) * affine.stretch_cols + affine.shear * below};
      const vec place = turn * yx + middle;
      field.row(r, c) = place(0);
      field.col(r, c) = place(1);
    }
  return field;
}

Field elastic_field(uword rows, uword cols, real pixels, uword grid, Rng& rng) {
  if (grid < 2) throw std::invalid_argument("elastic_field: a grid has at least two points a side");
  if (!(pixels >= 0)) throw std::invalid_argument("elastic_field: a negative number of pixels");
  Field small;
  small.row = random_uniform(grid, grid, -pixels, pixels, rng);
  small.col = random_uniform(grid, grid, -pixels, pixels, rng);
  const auto place = [grid](uword i, uword n) { return n > 1 ? real(i * (grid - 1)) / real(n - 1) : real(0); };
  Field field{mat(rows, cols), mat(rows, cols)};
  for (uword i = 0; i < rows * cols; ++i) {
    const uword r = i % rows, c = i / rows;
    field.row(i) = between(small.row, place(r, rows), place(c, cols));
    field.col(i) = between(small.col, place(r, rows), place(c, cols));
  }
  return field;
}

Batch gather_distorted(const Dataset& data, const uvec& indices, const Distortion& distortion, Rng& rng) {
  Batch batch = gather(data, indices);
  batch.X.each_col([&](vec& column) {
    Affine how;
    how.degrees = rng.uniform(-distortion.degrees, distortion.degrees);
    how.down = rng.uniform(-distortion.shift, distortion.shift);
    how.right = rng.uniform(-distortion.shift, distortion.shift);
    how.stretch_rows = rng.uniform(1 - distortion.stretch, 1 + distortion.stretch);
    how.stretch_cols = rng.uniform(1 - distortion.stretch, 1 + distortion.stretch);
    how.shear = rng.uniform(-distortion.shear, distortion.shear);
    Field look = affine_field(data.rows, data.cols, how);
    const Field shake = elastic_field(data.rows, data.cols, distortion.elastic, distortion.grid, rng);
    look.row += shake.row;
    look.col += shake.col;
    column = to_column(warp(to_image(column, data.rows, data.cols), look));
  });
  return batch;
}

}  // namespace nn
