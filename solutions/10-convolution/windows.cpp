// Lesson 10, windows: convolution as one product, and its way back.
#include <cstring>

#include "nn/convolution.hpp"
#include "nn/support/todo.hpp"

namespace nn {

//- where the places of a window are, and which numbers each of them sees
namespace {

struct Places {
  uword down, across;
  uword all() const { return down * across; }
};

Places places_of(const Window& w, std::string_view function) {
  require_window(w, function);
  return {places_along(w.rows, w.size, w.stride, w.padding), places_along(w.cols, w.size, w.stride, w.padding)};
}

/// Numbers that lie side by side in the image and in the patch: those of one row of one place, inside the image.
struct Copy {
  uword from, to, count;  ///< from the image's memory to that of its patches
};

std::vector<Copy> copies_of(const Window& w, const Places& places) {
  std::vector<Copy> copies;
  for (uword r = 0; r < places.down; ++r)
    for (uword c = 0; c < places.across; ++c) {
      const uword top = r * w.stride, left = c * w.stride, patch = (r * places.across + c) * w.patch();
      const uword first = std::max(left, w.padding), last = std::min(left + w.size, w.cols + w.padding);
      for (uword i = 0; i < w.size && first < last; ++i)
        if (top + i >= w.padding && top + i < w.rows + w.padding)
          copies.push_back({((top + i - w.padding) * w.cols + first - w.padding) * w.channels,
                            patch + (i * w.size + first - left) * w.channels, (last - first) * w.channels});
    }
  return copies;
}

/// A length that the compiler knows is copied in a third of the time; 5 is a row of a filter on grey images.
void copy(const real* from, uword count, real* to) {
  if (count == 5) std::memcpy(to, from, 5 * sizeof(real));
  else std::memcpy(to, from, count * sizeof(real));
}

}  // namespace
//<

mat unfold(const Window& window, const mat& X) {
  //> 10.4
  const Places places = places_of(window, "unfold");
  require_shape(X.n_rows, window.pixels(), "unfold", "X", "rows", "rows times cols times channels");
  mat P(window.patch(), places.all() * X.n_cols, arma::fill::none);
  if (window.padding > 0) P.zeros();
  const std::vector<Copy> copies = copies_of(window, places);
  for (uword n = 0; n < X.n_cols; ++n)
    for (const auto& [from, to, count] : copies) copy(X.colptr(n) + from, count, P.colptr(n * places.all()) + to);
  return P;
  //<
}

mat fold(const Window& window, const mat& P) {
  //> 10.5
  const Places places = places_of(window, "fold");
  require_shape(P.n_rows, window.patch(), "fold", "P", "rows", "size times size times channels");
  require(P.n_cols % places.all() == 0, "fold",
          "P has " + std::to_string(P.n_cols) + " columns, expected a multiple of the " + std::to_string(places.all()) +
              " places");
  mat X(window.pixels(), P.n_cols / places.all());
  const std::vector<Copy> copies = copies_of(window, places);
  for (uword n = 0; n < X.n_cols; ++n)
    for (const auto& [from, to, count] : copies)
      for (uword i = 0; i < count; ++i) X.colptr(n)[from + i] += P.colptr(n * places.all())[to + i];
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
  const Places places = places_of(window, "max_pool");
  const Window pooled = next_window(window, Z.n_rows);
  require(Z.n_cols % places.all() == 0, "max_pool",
          "Z has " + std::to_string(Z.n_cols) + " columns, expected a multiple of the " + std::to_string(places.all()) +
              " places");
  const uword pool = window.pool, filters = Z.n_rows, squares = pooled.rows * pooled.cols;
  const uword images = Z.n_cols / places.all();
  Pooled out{mat(filters, squares * images, arma::fill::none), arma::umat(filters, squares * images, arma::fill::none)};
  for (uword to = 0; to < out.Z.n_cols; ++to) {
    const uword n = to / squares, r = to / pooled.cols % pooled.rows, c = to % pooled.cols;
    const uword corner = n * places.all() + r * pool * places.across + c * pool;
    real* __restrict largest = out.Z.colptr(to);  // so all filters are compared at once
    uword* __restrict winner = out.winner.colptr(to);
    for (uword f = 0; f < filters; ++f) largest[f] = Z.at(f, corner), winner[f] = corner;
    for (uword i = 1; i < pool * pool; ++i) {
      const uword from = corner + i / pool * places.across + i % pool;
      const real* __restrict z = Z.colptr(from);
      for (uword f = 0; f < filters; ++f) {
        winner[f] += (z[f] > largest[f]) * (from - winner[f]);
        largest[f] = std::max(largest[f], z[f]);
      }
    }
  }
  return out;
  //<
}

mat max_pool_backward(const Window& window, const arma::umat& winner, const mat& dZ) {
  //> 10.7
  const Places places = places_of(window, "max_pool_backward");
  require_same_shape(winner, dZ, "max_pool_backward", "winner", "dZ");
  const Window pooled = next_window(window, dZ.n_rows);
  require(dZ.n_cols % (pooled.rows * pooled.cols) == 0, "max_pool_backward",
          "dZ has " + std::to_string(dZ.n_cols) + " columns, expected a multiple of the " +
              std::to_string(pooled.rows * pooled.cols) + " pooled places");
  mat back(dZ.n_rows, dZ.n_cols / (pooled.rows * pooled.cols) * places.all());
  require(winner.empty() || winner.max() < back.n_cols, "max_pool_backward",
          "a winner is none of the " + std::to_string(back.n_cols) + " places");
  for (uword to = 0; to < dZ.n_cols; ++to)
    for (uword f = 0; f < dZ.n_rows; ++f) back.at(f, winner.at(f, to)) += dZ.at(f, to);
  return back;
  //<
}

}  // namespace nn
