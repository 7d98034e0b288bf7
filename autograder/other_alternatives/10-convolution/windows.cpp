// One function says which number of an image a patch reads, or that it is padding: unfold, fold and the layer ask it
// for every number, so that there and back cannot disagree. Pooling looks at all places and keeps the best so far.
#include <optional>
#include <stdexcept>

#include "nn/convolution.hpp"

namespace nn {
namespace {

struct Places {
  uword down, across;
  uword all() const { return down * across; }
};

Places places_of(const Window& w) {
  return {places_along(w.rows, w.size, w.stride, w.padding), places_along(w.cols, w.size, w.stride, w.padding)};
}

/// The row of X that number `i` of the patch at `place` is read from; none: padding.
std::optional<uword> source(const Window& w, uword across, uword place, uword i) {
  const uword channel = i % w.channels, j = i / w.channels;
  const uword row = place / across * w.stride + j / w.size, col = place % across * w.stride + j % w.size;
  if (row < w.padding || row >= w.rows + w.padding || col < w.padding || col >= w.cols + w.padding) return {};
  return ((row - w.padding) * w.cols + col - w.padding) * w.channels + channel;
}

/// The number of images of which Z holds all places.
uword images_of(const Places& places, uword columns) {
  if (columns % places.all() != 0) throw std::invalid_argument("places of half an image");
  return columns / places.all();
}

void check_pool(const Window& w, const Places& places) {
  if (w.pool == 0 || places.down % w.pool != 0 || places.across % w.pool != 0)
    throw std::invalid_argument("the pool does not divide the places");
}

}  // namespace

uword places_along(uword n, uword size, uword stride, uword padding) {
  if (size == 0 || stride == 0) throw std::invalid_argument("a filter of no size, or one that stays where it is");
  if (size > n + 2 * padding) throw std::invalid_argument("a filter longer than what it slides along");
  uword places = 0;
  for (uword end = size; end <= n + 2 * padding; end += stride) ++places;
  return places;
}

Window next_window(const Window& window, uword filters) {
  const Places places = places_of(window);
  check_pool(window, places);
  Window next = window;
  next.rows = places.down / window.pool;
  next.cols = places.across / window.pool;
  next.channels = filters;
  return next;
}

Counts count_weights(const Window& window, uword filters) {
  const uword units = places_of(window).all() * filters;
  return {units * (window.pixels() + 1), units * (window.patch() + 1), filters * (window.patch() + 1)};
}

mat unfold(const Window& window, const mat& X) {
  require_window(window, "unfold");
  if (X.n_rows != window.pixels()) throw std::invalid_argument("unfold: images of another size");
  const Places places = places_of(window);
  mat P(window.patch(), places.all() * X.n_cols, arma::fill::zeros);
  for (uword place = 0; place < places.all(); ++place)
    for (uword i = 0; i < P.n_rows; ++i)
      if (const std::optional<uword> pixel = source(window, places.across, place, i))
        for (uword n = 0; n < X.n_cols; ++n) P(i, n * places.all() + place) = X(*pixel, n);
  return P;
}

mat fold(const Window& window, const mat& P) {
  require_window(window, "fold");
  const Places places = places_of(window);
  if (P.n_rows != window.patch()) throw std::invalid_argument("fold: patches of another size");
  mat X(window.pixels(), images_of(places, P.n_cols), arma::fill::zeros);
  for (uword place = 0; place < places.all(); ++place)
    for (uword i = 0; i < P.n_rows; ++i)
      if (const std::optional<uword> pixel = source(window, places.across, place, i))
        for (uword n = 0; n < X.n_cols; ++n) X(*pixel, n) += P(i, n * places.all() + place);
  return X;
}

mat conv_forward(const Window& window, const mat& W, const vec& b, const mat& X) {
  return dense(W, b, unfold(window, X));
}

DenseGradients conv_backward(const Window& window, const mat& W, const mat& X, const mat& dZ) {
  DenseGradients slopes = dense_backward(W, unfold(window, X), dZ);
  slopes.dX = fold(window, slopes.dX);
  return slopes;
}

Pooled max_pool(const Window& window, const mat& Z) {
  const Places places = places_of(window);
  check_pool(window, places);
  const uword images = images_of(places, Z.n_cols);
  const uword pool = window.pool, across = places.across / pool, squares = places.all() / (pool * pool);
  Pooled pooled{mat(Z.n_rows, squares * images), arma::umat(Z.n_rows, squares * images)};
  for (uword f = 0; f < Z.n_rows; ++f) {
    std::vector<bool> begun(squares * images, false);
    for (uword column = 0; column < Z.n_cols; ++column) {  // row by row, so of equal ones the first is found first
      const uword place = column % places.all(), image = column / places.all();
      const uword row = place / places.across / pool, col = place % places.across / pool;
      const uword square = image * squares + row * across + col;
      if (begun[square] && !(Z(f, column) > pooled.Z(f, square))) continue;
      begun[square] = true;
      pooled.Z(f, square) = Z(f, column);
      pooled.winner(f, square) = column;
    }
  }
  return pooled;
}

mat max_pool_backward(const Window& window, const arma::umat& winner, const mat& dZ) {
  if (size(winner) != size(dZ)) throw std::invalid_argument("max_pool_backward: a slope for each winner");
  const Places places = places_of(window);
  check_pool(window, places);
  mat back(dZ.n_rows, dZ.n_cols * window.pool * window.pool, arma::fill::zeros);
  images_of(places, back.n_cols);  // throws unless they are whole
  for (uword f = 0; f < dZ.n_rows; ++f)
    for (uword square = 0; square < dZ.n_cols; ++square) {
      const uword column = winner(f, square);
      if (column >= back.n_cols) throw std::invalid_argument("max_pool_backward: a winner that is no place");
      back(f, column) += dZ(f, square);
    }
  return back;
}

}  // namespace nn
