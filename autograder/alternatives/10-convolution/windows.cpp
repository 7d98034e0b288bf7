// An image is a cube here, channels x columns x rows, in a frame of zeros: what a place sees is a part of it.
#include <stdexcept>

#include "nn/convolution.hpp"

namespace nn {

static Window places_of(Window window, uword pool = 1) {
  require_window(window, "places");
  window.pool = pool;
  return next_window(window, 1);
}

static arma::Cube<real> frame(const Window& w) {
  return arma::Cube<real>(w.channels, w.cols + 2 * w.padding, w.rows + 2 * w.padding, arma::fill::zeros);
}

mat unfold(const Window& window, const mat& X) {
  const auto& [rows, cols, channels, side, stride, padding, pool] = window;
  const Window places = places_of(window);
  if (X.n_rows != window.pixels()) throw std::invalid_argument("no such images");
  mat P(window.patch(), places.pixels() * X.n_cols);
  uword column = 0;
  for (uword n = 0; n < X.n_cols; ++n) {
    arma::Cube<real> image = frame(window);
    image.subcube(0, padding, padding, arma::size(channels, cols, rows)) =
        arma::Cube<real>(X.colptr(n), channels, cols, rows);
    for (uword r = 0; r < places.rows; ++r)
      for (uword c = 0; c < places.cols; ++c) {
        const arma::Cube<real> seen = image.subcube(0, c * stride, r * stride, arma::size(channels, side, side));
        P.col(column++) = vectorise(seen);
      }
  }
  return P;
}

mat fold(const Window& window, const mat& P) {
  const auto& [rows, cols, channels, side, stride, padding, pool] = window;
  const Window places = places_of(window);
  if (P.n_rows != window.patch() || P.n_cols % places.pixels() != 0) throw std::invalid_argument("no such patches");
  mat X(window.pixels(), P.n_cols / places.pixels());
  uword column = 0;
  for (uword n = 0; n < X.n_cols; ++n) {
    arma::Cube<real> image = frame(window);
    for (uword r = 0; r < places.rows; ++r)
      for (uword c = 0; c < places.cols; ++c)
        image.subcube(0, c * stride, r * stride, arma::size(channels, side, side)) +=
            arma::Cube<real>(P.colptr(column++), channels, side, side);
    const arma::Cube<real> inside = image.subcube(0, padding, padding, arma::size(channels, cols, rows));
    X.col(n) = vectorise(inside);
  }
  return X;
}

mat conv_forward(const Window& window, const mat& W, const vec& b, const mat& X) {
  const mat P = unfold(window, X);
  if (W.n_cols != P.n_rows || W.n_rows != b.n_elem) throw std::invalid_argument("no such filters");
  mat Z(W.n_rows, P.n_cols);
  for (uword place = 0; place < P.n_cols; ++place) Z.col(place) = W * P.col(place) + b;
  return Z;
}

DenseGradients conv_backward(const Window& window, const mat& W, const mat& X, const mat& dZ) {
  const mat P = unfold(window, X);
  if (W.n_cols != P.n_rows || size(dZ) != arma::size(W.n_rows, P.n_cols)) throw std::invalid_argument("does not fit");
  DenseGradients g{mat(size(W), arma::fill::zeros), vec(W.n_rows, arma::fill::zeros), {}};
  mat back(size(P));
  for (uword place = 0; place < P.n_cols; ++place) {
    g.dW += dZ.col(place) * P.col(place).t();
    g.db += dZ.col(place);
    back.col(place) = W.t() * dZ.col(place);
  }
  g.dX = fold(window, back);
  return g;
}

Pooled max_pool(const Window& window, const mat& Z) {
  const Window places = places_of(window), squares = places_of(window, window.pool);
  if (Z.n_cols % places.pixels() != 0) throw std::invalid_argument("no such places");
  const uword images = Z.n_cols / places.pixels();
  Pooled out{mat(Z.n_rows, squares.pixels() * images), arma::umat(Z.n_rows, squares.pixels() * images)};
  out.Z.fill(-arma::datum::inf);
  for (uword from = 0; from < Z.n_cols; ++from) {  // row by row, so the first of equal ones comes first
    const uword n = from / places.pixels(), r = from % places.pixels() / places.cols, c = from % places.cols;
    const uword to = n * squares.pixels() + r / window.pool * squares.cols + c / window.pool;
    const uvec larger = find(Z.col(from) > out.Z.col(to));
    for (const uword f : larger) out.Z(f, to) = Z(f, from), out.winner(f, to) = from;
  }
  return out;
}

mat max_pool_backward(const Window& window, const arma::umat& winner, const mat& dZ) {
  const uword places = places_of(window).pixels(), squares = places_of(window, window.pool).pixels();
  if (size(winner) != size(dZ) || dZ.n_cols % squares != 0) throw std::invalid_argument("does not fit");
  mat back(dZ.n_rows, dZ.n_cols / squares * places, arma::fill::zeros);
  if (any(vectorise(winner) >= back.n_cols)) throw std::invalid_argument("no such place");
  for (uword i = 0; i < dZ.n_elem; ++i) back(winner(i) * dZ.n_rows + i % dZ.n_rows) = dZ(i);
  return back;
}

}  // namespace nn
