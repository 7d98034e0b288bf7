// Pixels by their distance, the rotation as a matrix, and columns without the image helpers.
#include <cmath>
#include <stdexcept>

#include "nn/generalisation.hpp"

namespace nn {

real between(const mat& image, real row, real col) {
  real sum = 0;
  const long r0 = long(std::floor(row)), c0 = long(std::floor(col));
  for (long r = r0; r <= r0 + 1; ++r)
    for (long c = c0; c <= c0 + 1; ++c) {
      if (r < 0 || c < 0 || r >= long(image.n_rows) || c >= long(image.n_cols)) continue;
      sum += (1 - std::abs(row - real(r))) * (1 - std::abs(col - real(c))) * image(uword(r), uword(c));
    }
  return sum;
}

mat warp(const mat& image, const Field& from) {
  if (size(from.row) != size(from.col)) throw std::invalid_argument("a field has as many rows as columns to look at");
  mat result(from.row.n_rows, from.row.n_cols);
  for (uword r = 0; r < result.n_rows; ++r)
    for (uword c = 0; c < result.n_cols; ++c) result(r, c) = between(image, from.row(r, c), from.col(r, c));
  return result;
}

Field affine_field(uword rows, uword cols, const Affine& affine) {
  const double a = affine.degrees * std::acos(-1.0) / 180;
  const arma::mat turn = {{std::cos(a), std::sin(a)}, {-std::sin(a), std::cos(a)}};
  const double middle_row = (double(rows) - 1) / 2, middle_col = (double(cols) - 1) / 2;
  Field field;
  field.row.set_size(rows, cols);
  field.col.set_size(rows, cols);
  for (uword r = 0; r < rows; ++r)
    for (uword c = 0; c < cols; ++c) {
      const double below = double(r) - middle_row, beside = double(c) - middle_col;
      const arma::vec place = turn * arma::vec{(below - affine.down) * affine.stretch_rows,
                                               (beside - affine.right) * affine.stretch_cols + affine.shear * below};
      field.row(r, c) = real(middle_row + place(0));
      field.col(r, c) = real(middle_col + place(1));
    }
  return field;
}

static mat enlarge(const mat& grid, uword rows, uword cols) {
  const vec down = arma::linspace<vec>(0, real(grid.n_rows - 1), rows),
            right = arma::linspace<vec>(0, real(grid.n_cols - 1), cols);
  mat large(rows, cols);
  for (uword r = 0; r < rows; ++r)
    for (uword c = 0; c < cols; ++c) large(r, c) = between(grid, down(r), right(c));
  return large;
}

Field elastic_field(uword rows, uword cols, real pixels, uword grid, Rng& rng) {
  if (grid < 2 || !(pixels >= 0)) throw std::invalid_argument("grid at least 2, pixels not negative");
  const mat right = pixels * (2 * random_uniform(grid, grid, 0, 1, rng) - 1);
  const mat down = pixels * (2 * random_uniform(grid, grid, 0, 1, rng) - 1);
  return {enlarge(down, rows, cols), enlarge(right, rows, cols)};
}

Batch gather_distorted(const Dataset& data, const uvec& indices, const Distortion& distortion, Rng& rng) {
  Batch batch = gather(data, indices);
  for (uword j = 0; j < indices.n_elem; ++j) {
    const auto draw = [&](real most) { return most * (2 * rng.uniform() - 1); };
    const Affine affine{draw(distortion.degrees),     draw(distortion.shift),       draw(distortion.shift),
                        1 + draw(distortion.stretch), 1 + draw(distortion.stretch), draw(distortion.shear)};
    Field field = affine_field(data.rows, data.cols, affine);
    const Field more = elastic_field(data.rows, data.cols, distortion.elastic, distortion.grid, rng);
    field.row += more.row;
    field.col += more.col;
    mat image(data.rows, data.cols);
    for (uword i = 0; i < image.n_elem; ++i) image(i / data.cols, i % data.cols) = batch.X(i, j);
    const mat bent = warp(image, field);
    for (uword i = 0; i < bent.n_elem; ++i) batch.X(i, j) = bent(i / data.cols, i % data.cols);
  }
  return batch;
}

}  // namespace nn
