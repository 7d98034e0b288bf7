// Lesson 10, windows: convolution as one product, and its way back.
#include <cstring>

#include "nn/convolution.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- where the places of a window are, and what belongs to whole images
namespace {

/// As many rows and columns as there are places down and across.
Window places_of(Window w, std::string_view function) {
  require_window(w, function);
  w.pool = 1;
  return next_window(w, 1);
}

uword images_of(const mat& A, uword places, std::string_view function) {
  require(A.n_cols % places == 0, function,
          std::to_string(A.n_cols) + " columns, expected a multiple of the " + std::to_string(places) + " places");
  return A.n_cols / places;
}

/// The same window on images whose frame of zeros is part of them.
Window framed(Window w) {
  w.rows += 2 * w.padding, w.cols += 2 * w.padding, w.padding = 0;
  return w;
}

/// Which of their numbers are those of the image.
uvec inside_frame(const Window& w) {
  const Window wide = framed(w);
  const arma::umat rows = reshape(arma::regspace<uvec>(0, wide.pixels() - 1), wide.cols * w.channels, wide.rows);
  return vectorise(rows.submat(w.padding * w.channels, w.padding, arma::size(w.cols * w.channels, w.rows)));
}

}  // namespace
//<

mat unfold(const Window& window, const mat& X) {
  //> 10.4
  const Window places = places_of(window, "unfold");
  require_shape(X.n_rows, window.pixels(), "unfold", "X", "rows", "rows times cols times channels");
  if (window.padding > 0) {
    mat wide(framed(window).pixels(), X.n_cols);
    wide.rows(inside_frame(window)) = X;
    return unfold(framed(window), wide);
  }
  const auto [rows, cols, channels, size, stride, padding, pool] = window;
  mat P(window.patch(), places.pixels() * X.n_cols, arma::fill::none);
  const uword run = size * channels;  // numbers that lie side by side in the image and in the patch
  real* to = P.memptr();
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword r = 0; r < places.rows; ++r)
      for (uword c = 0; c < places.cols; ++c)
        for (uword i = 0; i < size; ++i, to += run) {
          const real* const from = X.colptr(n) + ((r * stride + i) * cols + c * stride) * channels;
          if (run == 5) std::memcpy(to, from, 5 * sizeof(real));  // a third of the time: the compiler knows the length
          else std::memcpy(to, from, run * sizeof(real));
        }
  return P;
  //<
}

mat fold(const Window& window, const mat& P) {
  //> 10.5
  const Window places = places_of(window, "fold");
  require_shape(P.n_rows, window.patch(), "fold", "P", "rows", "size times size times channels");
  const uword images = images_of(P, places.pixels(), "fold");
  if (window.padding > 0) return mat(fold(framed(window), P)).rows(inside_frame(window));
  const auto [rows, cols, channels, size, stride, padding, pool] = window;
  mat X(window.pixels(), images);
  const uword run = size * channels;
  const real* from = P.memptr();
  for (uword n = 0; n < X.n_cols; ++n)
    for (uword r = 0; r < places.rows; ++r)
      for (uword c = 0; c < places.cols; ++c)
        for (uword i = 0; i < size; ++i, from += run) {
          real* const to = X.colptr(n) + ((r * stride + i) * cols + c * stride) * channels;
          for (uword k = 0; k < run; ++k) to[k] += from[k];
        }
  return X;
  //<
}

mat conv_forward(const Window& window, const mat& W, const vec& b, const mat& X) {
  //> 10.6
  return dense(W, b, unfold(window, X));
  //<
}

DenseGradients conv_backward(const Window& window, const mat& W, const mat& X, const mat& dZ) {
  //> 10.6
  DenseGradients g = dense_backward(W, unfold(window, X), dZ);
  g.dX = fold(window, g.dX);
  return g;
  //<
}

Pooled max_pool(const Window& window, const mat& Z) {
  //> 10.7
  const Window places = places_of(window, "max_pool"), pooled = next_window(window, Z.n_rows);
  const uword squares = images_of(Z, places.pixels(), "max_pool") * pooled.rows * pooled.cols;
  const uword pool = window.pool, across = places.cols, filters = Z.n_rows;
  Pooled out{mat(filters, squares, arma::fill::none), arma::umat(filters, squares, arma::fill::none)};
  for (uword to = 0; to < squares; ++to) {
    const uword corner = to / pooled.cols * pool * across + to % pooled.cols * pool;  // row by row, image after image
    const real* __restrict z = Z.colptr(corner);
    real* __restrict largest = out.Z.colptr(to);  // so all filters are compared at once
    uword* __restrict winner = out.winner.colptr(to);
    for (uword f = 0; f < filters; ++f) largest[f] = z[f], winner[f] = corner;
    for (uword i = 0; i < pool; ++i)
      for (uword j = 0; j < pool; ++j)
        for (uword f = 0; f < filters; ++f) {
          const real there = z[(i * across + j) * filters + f];
          winner[f] = there > largest[f] ? corner + i * across + j : winner[f];
          largest[f] = there > largest[f] ? there : largest[f];
        }
  }
  return out;
  //<
}

mat max_pool_backward(const Window& window, const arma::umat& winner, const mat& dZ) {
  //> 10.7
  const Window places = places_of(window, "max_pool_backward");
  require_same_shape(winner, dZ, "max_pool_backward", "winner", "dZ");
  const Window pooled = next_window(window, dZ.n_rows);
  mat back(dZ.n_rows, images_of(dZ, pooled.rows * pooled.cols, "max_pool_backward") * places.pixels());
  require(winner.empty() || winner.max() < back.n_cols, "max_pool_backward",
          "a winner is none of the " + std::to_string(back.n_cols) + " places");
  for (uword to = 0; to < dZ.n_cols; ++to)
    for (uword f = 0; f < dZ.n_rows; ++f) back.at(f, winner.at(f, to)) += dZ.at(f, to);
  return back;
  //<
}

}  // namespace nn
