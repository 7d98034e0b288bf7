// Lesson 10: filters, windows, pooling, a network of them. Golden values are from NumPy, SciPy and PyTorch; the rest is
// compared with the definitions, written out entry by entry.
#include "contracts/convolution.hpp"

#include <algorithm>
#include <cmath>

#include "autograder/tests/support/expect.hpp"
#include "nn/losses.hpp"
#include "nn/numerical_gradient.hpp"

namespace nn {

static const Tolerance printed{1e-9, 1e-9};  // golden values of ten digits
static const Tolerance numerically{1e-6, 1e-6};

static Window window(uword rows, uword cols, uword channels, uword size, uword stride = 1, uword padding = 0,
                     uword pool = 1) {
  return {rows, cols, channels, size, stride, padding, pool};
}

/// Asymmetric images, strides, paddings, channels: what each place sees is told apart in all of them.
static const std::vector<Window> windows = {
    window(3, 3, 1, 2),       window(4, 5, 2, 3), window(4, 5, 2, 3, 1, 1),
    window(4, 5, 2, 3, 2, 1), window(5, 3, 1, 1), window(6, 4, 3, 2, 2),
    window(2, 7, 1, 2, 3, 2), window(5, 5, 1, 5), window(7, 4, 2, 3, 3, 0),
};

static uword along(uword n, const Window& w) { return (n + 2 * w.padding - w.size) / w.stride + 1; }
static uword places(const Window& w) { return along(w.rows, w) * along(w.cols, w); }

/// What entry `entry` of the patch at `place` of image n reads; `at` is the row of X, or none in the padding.
static std::optional<uword> pixel(const Window& w, uword place, uword entry) {
  const uword channel = entry % w.channels, j = entry / w.channels % w.size, i = entry / w.channels / w.size;
  const uword row = place / along(w.cols, w) * w.stride + i, col = place % along(w.cols, w) * w.stride + j;
  if (row < w.padding || col < w.padding || row >= w.rows + w.padding || col >= w.cols + w.padding) return {};
  return ((row - w.padding) * w.cols + col - w.padding) * w.channels + channel;
}

/// Calls f(image, place, entry, row of X) for each number that a place sees.
template <class F>
static void for_each_seen(const Window& w, uword images, F f) {
  for (uword n = 0; n < images; ++n)
    for (uword place = 0; place < places(w); ++place)
      for (uword entry = 0; entry < w.size * w.size * w.channels; ++entry)
        if (const auto row = pixel(w, place, entry)) f(n, n * places(w) + place, entry, *row);
}

/// (start, start + by, ...) modulo `modulo`, minus `less`, over the memory of rows x cols.
static mat counted(uword rows, uword cols, int by, int modulo, int less) {
  mat X(rows, cols);
  for (uword i = 0; i < X.n_elem; ++i) X(i) = real(int(i) * by % modulo - less);
  return X;
}

static mat random_targets(uword k, uword n, Rng& rng) {
  mat T(k, n, arma::fill::zeros);
  for (uword j = 0; j < n; ++j) T(rng.below(k), j) = 1;
  return T;
}

static std::string text(const Window& w) {
  return fmt::format("{} x {} x {}, size {}, stride {}, padding {}, pool {}", w.rows, w.cols, w.channels, w.size,
                     w.stride, w.padding, w.pool);
}

// 10.1

TEST_CASE("a small convolution and a small correlation", "[10][10.1]") {
  check<convolve>(vec{1, 4, 13, 25, 45, 57, 55}, vec{1, 2, 4, 7, 11}, vec{1, 2, 5});
  check<convolve>(vec{1, 2, 2, 2, -3, -4}, vec{1, 2, 3, 4}, vec{1, 0, -1});
  check<correlate>(vec{25, 45, 73}, vec{1, 2, 4, 7, 11}, vec{1, 2, 5});
  check<correlate>(vec{-2, -2}, vec{1, 2, 3, 4}, vec{1, 0, -1});
}

TEST_CASE("an impulse shows the kernel, as it stands or mirrored", "[10][10.1]") {
  check<convolve>(vec{0, 0, 3, 5, 7, 0}, vec{0, 0, 1, 0}, vec{3, 5, 7});
  check<correlate>(vec{7, 5, 3}, vec{0, 0, 1, 0, 0}, vec{3, 5, 7});
}

TEST_CASE("convolution is the product of polynomials, either way round", "[10][10.1]") {
  Rng rng = seeded(1001);
  for (const auto& [n, m] : {std::pair<uword, uword>{5, 3}, {3, 5}, {1, 4}, {6, 1}, {4, 4}}) {
    const vec x = random_normal(n, 1, rng), k = random_normal(m, 1, rng);
    vec product(n + m - 1, arma::fill::zeros);
    for (uword i = 0; i < n; ++i)
      for (uword j = 0; j < m; ++j) product(i + j) += x(i) * k(j);
    check<convolve>(product, x, k);
    check<convolve>(product, k, x);
  }
}

TEST_CASE("correlation is the inside of the convolution with the kernel reversed", "[10][10.1]") {
  Rng rng = seeded(1002);
  for (const auto& [n, m] : {std::pair<uword, uword>{5, 3}, {7, 2}, {4, 4}, {6, 1}}) {
    const vec x = random_normal(n, 1, rng), k = random_normal(m, 1, rng);
    vec inside(n - m + 1, arma::fill::zeros);
    for (uword i = 0; i < inside.n_elem; ++i)
      for (uword j = 0; j < m; ++j) inside(i) += k(j) * x(i + j);
    check<correlate>(inside, x, k);
  }
}

TEST_CASE("nothing to slide, or nothing to slide along, is an error", "[10][10.1]") {
  rejects<convolve>(vec{}, vec{1});
  rejects<convolve>(vec{1, 2}, vec{});
  rejects<correlate>(vec{1, 2}, vec{});
  rejects<correlate>(vec{1, 2}, vec{1, 2, 3});
}

// 10.2

TEST_CASE("Gauss's bell", "[10][10.2]") {
  check<gaussian>(vec{0.274068619061197, 0.45186276187760605, 0.274068619061197}, printed, real(1), uword(1));
  check<gaussian>(
      vec{0.021929644862389366, 0.22851214688447102, 0.49911641650627914, 0.22851214688447102, 0.021929644862389366},
      printed, real(0.8), uword(2));
  check<gaussian>(vec{0.07015932695902607, 0.131074878967366, 0.19071282356963734, 0.21610594100794114,
                      0.19071282356963734, 0.131074878967366, 0.07015932695902607},
                  printed, real(2), uword(3));
  check<gaussian>(vec{1}, real(0.3), uword(0));
}

TEST_CASE("a bell sums to one, and without a width there is none", "[10][10.2]") {
  for (const real sigma : {real(0.4), real(1.5), real(7)})
    holds<gaussian>(
        "the entries sum to 1", [](const vec& bell) { return std::abs(sum(bell) - 1) < 1e-12; }, sigma, uword(4));
  rejects<gaussian>(real(0), uword(2));
  rejects<gaussian>(real(-1), uword(2));
}

TEST_CASE("a filter on an impulse is the kernel, turned by half a turn", "[10][10.2]") {
  mat impulse(3, 3, arma::fill::zeros);
  impulse(1, 1) = 1;
  check<filter_image>(mat{{9, 8, 7}, {6, 5, 4}, {3, 2, 1}}, impulse, mat{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
  check<filter_image>(mat{{0, 0, 0}, {3, 2, 1}, {0, 0, 0}}, impulse, mat{{1, 2, 3}});
}

TEST_CASE("images of any shape, kernels of odd sides, zeros around", "[10][10.2]") {
  Rng rng = seeded(1003);
  for (const auto& [rows, cols, down, across] :
       {std::array<uword, 4>{4, 6, 3, 3}, {5, 3, 1, 5}, {2, 7, 5, 3}, {1, 1, 3, 3}, {6, 4, 1, 1}}) {
    const mat image = random_normal(rows, cols, rng), kernel = random_normal(down, across, rng);
    mat expected(rows, cols, arma::fill::zeros);
    for (uword r = 0; r < rows; ++r)
      for (uword c = 0; c < cols; ++c)
        for (uword i = 0; i < down; ++i)
          for (uword j = 0; j < across; ++j) {
            const auto y = arma::sword(r + i) - arma::sword(down / 2), x = arma::sword(c + j) - arma::sword(across / 2);
            if (y >= 0 && x >= 0 && y < arma::sword(rows) && x < arma::sword(cols))
              expected(r, c) += kernel(i, j) * image(uword(y), uword(x));
          }
    check<filter_image>(expected, image, kernel);
  }
}

TEST_CASE("a kernel without a middle is an error", "[10][10.2]") {
  const mat image(4, 4, arma::fill::ones);
  rejects<filter_image>(image, mat(2, 3, arma::fill::ones));
  rejects<filter_image>(image, mat(3, 4, arma::fill::ones));
  rejects<filter_image>(image, mat());
}

// 10.3

TEST_CASE("how often a window can be pushed", "[10][10.3]") {
  for (const auto& [n, size, stride, padding, expected] : {std::array<uword, 5>{28, 5, 1, 0, 24},
                                                           {5, 5, 1, 0, 1},
                                                           {7, 3, 2, 0, 3},
                                                           {8, 3, 2, 0, 3},
                                                           {4, 3, 1, 1, 4},
                                                           {5, 3, 2, 1, 3},
                                                           {1, 3, 1, 1, 1},
                                                           {10, 1, 4, 0, 3},
                                                           {3, 7, 1, 2, 1}})
    check<places_along>(expected, n, size, stride, padding);
  rejects<places_along>(uword(4), uword(5), uword(1), uword(0));
  rejects<places_along>(uword(4), uword(7), uword(1), uword(1));
  rejects<places_along>(uword(4), uword(2), uword(0), uword(0));
  rejects<places_along>(uword(4), uword(0), uword(1), uword(0));
}

TEST_CASE("what comes out of filters is the next layer's image", "[10][10.3]") {
  check<next_window>(window(12, 12, 8, 5, 1, 0, 2), window(28, 28, 1, 5, 1, 0, 2), uword(8));
  check<next_window>(window(4, 2, 3, 3, 1, 1, 1), window(4, 2, 5, 3, 1, 1, 1), uword(3));
  check<next_window>(window(2, 3, 4, 3, 2, 1, 1), window(4, 5, 2, 3, 2, 1, 1), uword(4));
  check<next_window>(window(1, 2, 6, 2, 1, 0, 3), window(4, 7, 1, 2, 1, 0, 3), uword(6));
  rejects<next_window>(window(28, 28, 1, 5, 1, 0, 5), uword(8));
  rejects<next_window>(window(28, 27, 1, 5, 1, 0, 2), uword(8));
  rejects<next_window>(window(28, 28, 1, 5, 1, 0, 0), uword(8));
  rejects<next_window>(window(4, 4, 1, 5), uword(8));
}

TEST_CASE("weights of full, local and shared connections", "[10][10.3]") {
  check<count_weights>(Counts{3'617'280, 119'808, 208}, window(28, 28, 1, 5), uword(8));
  check<count_weights>(Counts{(12 * 12 * 8 + 1) * 64 * 16, 201 * 64 * 16, 201 * 16}, window(12, 12, 8, 5), uword(16));
  check<count_weights>(Counts{41 * 6 * 3, 19 * 6 * 3, 19 * 3}, window(4, 5, 2, 3, 2, 1), uword(3));
  check<count_weights>(Counts{1'025 * 784 * 6, 26 * 784 * 6, 156}, window(32, 32, 1, 5, 1, 0, 2), uword(6));  // LeNet-5
}

// 10.4

TEST_CASE("what each place of a small image sees", "[10][10.4]") {
  check<unfold>(mat{{1, 2, 4, 5}, {2, 3, 5, 6}, {4, 5, 7, 8}, {5, 6, 8, 9}}, window(3, 3, 1, 2),
                mat(vec{1, 2, 3, 4, 5, 6, 7, 8, 9}));
  check<unfold>(mat{{0, 0, 0, 1}, {0, 0, 2, 0}, {0, 3, 0, 0}, {4, 0, 0, 0}}, window(2, 2, 1, 2, 2, 1),
                mat(vec{4, 3, 2, 1}));
}

TEST_CASE("any window, several images, several channels", "[10][10.4]") {
  Rng rng = seeded(1004);
  for (const Window& w : windows)
    for (const uword images : {1, 3}) {
      INFO(text(w));
      const mat X = random_normal(w.rows * w.cols * w.channels, images, rng);
      mat P(w.size * w.size * w.channels, places(w) * images, arma::fill::zeros);
      for_each_seen(w, images, [&](uword n, uword col, uword entry, uword row) { P(entry, col) = X(row, n); });
      check<unfold>(P, w, X);
    }
}

TEST_CASE("images that do not fit the window are errors", "[10][10.4]") {
  rejects<unfold>(window(3, 3, 1, 2), mat(8, 1, arma::fill::ones));
  rejects<unfold>(window(3, 3, 2, 2), mat(9, 1, arma::fill::ones));
  rejects<unfold>(window(3, 3, 1, 4), mat(9, 1, arma::fill::ones));
  rejects<unfold>(window(3, 3, 1, 2, 0), mat(9, 1, arma::fill::ones));
}

// 10.5

TEST_CASE("what meets at a pixel adds up", "[10][10.5]") {
  check<fold>(mat(vec{1, 4, 3, 8, 20, 12, 7, 16, 9}), window(3, 3, 1, 2),
              mat{{1, 2, 4, 5}, {2, 3, 5, 6}, {4, 5, 7, 8}, {5, 6, 8, 9}});
}

TEST_CASE("fold is the transpose of unfold, for any window", "[10][10.5]") {
  Rng rng = seeded(1005);
  for (const Window& w : windows)
    for (const uword images : {1, 2}) {
      INFO(text(w));
      const mat P = random_normal(w.size * w.size * w.channels, places(w) * images, rng);
      mat X(w.rows * w.cols * w.channels, images, arma::fill::zeros);
      for_each_seen(w, images, [&](uword n, uword col, uword entry, uword row) { X(row, n) += P(entry, col); });
      check<fold>(X, w, P);
    }
}

TEST_CASE("patches that no window sees are errors", "[10][10.5]") {
  rejects<fold>(window(3, 3, 1, 2), mat(3, 4, arma::fill::ones));
  rejects<fold>(window(3, 3, 1, 2), mat(4, 5, arma::fill::ones));
  rejects<fold>(window(3, 3, 1, 4), mat(16, 1, arma::fill::ones));
}

// 10.6

TEST_CASE("one filter over a small image, and back", "[10][10.6]") {
  const mat X = vec{1, 2, 3, 4, 5, 6, 7, 8, 9};
  check<conv_forward>(mat{{-4, -4, -4, -4}}, window(3, 3, 1, 2), mat{{1, 0, 0, -1}}, vec{0}, X);
  check<conv_backward>(DenseGradients{{{4, 6, 10, 12}}, {2}, mat(vec{1, 0, 0, 2, -2, 0, 0, -2, 1})}, window(3, 3, 1, 2),
                       mat{{1, 0, 0, -1}}, X, mat{{1, 0, 2, -1}});
}

namespace {

/// Three filters on two images of two channels: what PyTorch's conv2d answers.
struct Golden {
  uword stride, padding;
  real sum, squares, dX_sum, dX_squares;
  vec db;
  mat dW0;  ///< of the first filter
};

}  // namespace

TEST_CASE("channels, strides and paddings as PyTorch has them", "[10][10.6]") {
  const mat X = counted(40, 2, 7, 11, 5), W = counted(18, 3, 5, 7, 3).t();
  const vec b = {1, -2, 0.5};
  for (const Golden& g : {Golden{1,
                                 0,
                                 -105,
                                 99198,
                                 -9,
                                 3665,
                                 {0, 1, -3},
                                 {{0, -22, 22, -22, 0, 33, 33, 0, -22, 22, -22, 0, -44, 33, 0, -22, 22, -22}}},
                          {1,
                           1,
                           49,
                           205673,
                           -56,
                           10088,
                           {0, 0, 0},
                           {{-7, -11, -11, 11, 11, -2, -14, -12, 0, 0, 5, 6, -3, -7, -11, -11, 13, 11}}},
                          {2,
                           1,
                           30,
                           50261,
                           -34,
                           3934,
                           {0, 1, -3},
                           {{16, -16, 3, 19, 3, -3, -4, 25, -10, -10, 25, -4, -22, -4, 34, -10, -23, 25}}}}) {
    const Window w = window(4, 5, 2, 3, g.stride, g.padding);
    Parts arguments = parts_of(w, "window");
    shows<conv_forward>(
        {number("the sum of Z", g.sum), number("the sum of its squares", g.squares)}, {}, arguments,
        [&](const auto& f) {
          const mat Z = f(w, W, b, X);
          return Parts{number("the sum of Z", accu(Z)), number("the sum of its squares", accu(square(Z)))};
        });
    const mat dZ = counted(3, 2 * places(w), 3, 5, 2);
    Parts expected = {number("the sum of dX", g.dX_sum), number("the sum of its squares", g.dX_squares)};
    add_parts(expected, "db", g.db);
    add_parts(expected, "the first row of dW", g.dW0);
    shows<conv_backward>(expected, {}, arguments, [&](const auto& f) {
      const DenseGradients found = f(w, W, X, dZ);
      Parts parts = {number("the sum of dX", accu(found.dX)), number("the sum of its squares", accu(square(found.dX)))};
      add_parts(parts, "db", found.db);
      add_parts(parts, "the first row of dW", mat(found.dW.row(0)));
      return parts;
    });
  }
}

TEST_CASE("any window: each place as the filter sees it, each slope back to where it came from", "[10][10.6]") {
  Rng rng = seeded(1006);
  for (const Window& w : windows)
    for (const uword images : {1, 2}) {
      INFO(text(w));
      const uword m = 3, patch = w.size * w.size * w.channels;
      const mat X = random_normal(w.rows * w.cols * w.channels, images, rng), W = random_normal(m, patch, rng),
                dZ = random_normal(m, places(w) * images, rng);
      const vec b = random_normal(m, 1, rng);
      mat Z(m, places(w) * images);
      Z.each_col() = b;
      DenseGradients g{mat(m, patch, arma::fill::zeros), vec(sum(dZ, 1)), mat(size(X), arma::fill::zeros)};
      for_each_seen(w, images, [&](uword n, uword col, uword entry, uword row) {
        Z.col(col) += W.col(entry) * X(row, n);
        g.dW.col(entry) += dZ.col(col) * X(row, n);
        g.dX(row, n) += dot(W.col(entry), dZ.col(col));
      });
      check<conv_forward>(Z, w, W, b, X);
      check<conv_backward>(g, w, W, X, dZ);
    }
}

TEST_CASE("filters that do not fit the window are errors", "[10][10.6]") {
  const Window w = window(3, 3, 1, 2);
  const mat X(9, 2, arma::fill::ones), W(2, 4, arma::fill::ones), dZ(2, 8, arma::fill::ones);
  const vec b(2, arma::fill::ones);
  rejects<conv_forward>(w, mat(2, 3, arma::fill::ones), b, X);
  rejects<conv_forward>(w, W, vec(3, arma::fill::ones), X);
  rejects<conv_forward>(w, W, b, mat(8, 2, arma::fill::ones));
  rejects<conv_backward>(w, W, X, mat(2, 7, arma::fill::ones));
  rejects<conv_backward>(w, W, X, mat(3, 8, arma::fill::ones));
  rejects<conv_backward>(w, mat(2, 5, arma::fill::ones), X, dZ);
}

// 10.7

TEST_CASE("the largest of four", "[10][10.7]") {
  check<max_pool>(Pooled{{{5, 2, -1, -1}}, {{1, 2, 8, 11}}}, window(4, 4, 1, 1, 1, 0, 2),
                  mat{{1, 5, 2, 0, 3, 4, 2, 2, -1, -2, -3, -1, -4, -2, -7, -8}});
}

TEST_CASE("of equal ones the first, row by row", "[10][10.7]") {
  check<max_pool>(Pooled{{{3, 0}}, {{1, 2}}}, window(2, 4, 1, 1, 1, 0, 2), mat{{1, 3, 0, 0, 3, 3, 0, 0}});
  check<max_pool>(Pooled{mat(vec{-2, 7}), arma::umat(uvec{0, 2})}, window(2, 2, 2, 1, 1, 0, 2),
                  mat{{-2, -2, -2, -2}, {1, 6, 7, 7}});
}

TEST_CASE("several filters, several images, squares of any side, negative ones too", "[10][10.7]") {
  Rng rng = seeded(1007);
  for (const Window& w : {window(4, 6, 1, 1, 1, 0, 2), window(7, 4, 1, 2, 1, 0, 3), window(5, 3, 2, 2, 1, 0, 1),
                          window(5, 9, 1, 2, 1, 0, 4)}) {
    INFO(text(w));
    const uword m = 3, images = 2, down = along(w.rows, w) / w.pool, across = along(w.cols, w) / w.pool;
    const mat Z = random_normal(m, places(w) * images, rng) - 1;
    Pooled expected{mat(m, down * across * images), arma::umat(m, down * across * images)};
    mat back(size(Z), arma::fill::zeros);
    const mat dZ = random_normal(m, down * across * images, rng);
    for (uword to = 0; to < expected.Z.n_cols; ++to)
      for (uword f = 0; f < m; ++f) {
        const uword n = to / (down * across), r = to % (down * across) / across, c = to % across;
        real largest = -arma::datum::inf;
        for (uword i = 0; i < w.pool; ++i)
          for (uword j = 0; j < w.pool; ++j) {
            const uword col = n * places(w) + (r * w.pool + i) * along(w.cols, w) + c * w.pool + j;
            if (Z(f, col) > largest) largest = Z(f, col), expected.winner(f, to) = col;
          }
        expected.Z(f, to) = largest;
        back(f, expected.winner(f, to)) += dZ(f, to);
      }
    check<max_pool>(expected, w, Z);
    check<max_pool_backward>(back, w, expected.winner, dZ);
  }
}

TEST_CASE("places that no square divides, and winners that are no places, are errors", "[10][10.7]") {
  rejects<max_pool>(window(3, 4, 1, 1, 1, 0, 2), mat(1, 12, arma::fill::ones));
  rejects<max_pool>(window(4, 4, 1, 1, 1, 0, 2), mat(1, 15, arma::fill::ones));
  rejects<max_pool>(window(4, 4, 1, 1, 1, 0, 0), mat(1, 16, arma::fill::ones));
  const Window w = window(4, 4, 1, 1, 1, 0, 2);
  rejects<max_pool_backward>(w, arma::umat(1, 4, arma::fill::zeros), mat(1, 8, arma::fill::ones));
  rejects<max_pool_backward>(w, arma::umat(1, 3, arma::fill::zeros), mat(1, 3, arma::fill::ones));
  rejects<max_pool_backward>(w, arma::umat{{0, 2, 8, 16}}, mat(1, 4, arma::fill::ones));
}

// 10.8

/// 8 x 8 -> 2 filters 3 x 3, pool 2, tanh -> 3 filters 2 x 2, ReLU -> 4 -> 3.
static ConvNetwork small_network(Rng& rng) {
  ConvNetwork network;
  network.windows = {window(8, 8, 1, 3, 1, 0, 2), window(3, 3, 2, 2, 1, 0, 1)};
  network.filters = {{random_normal(2, 9, rng) / 2, random_normal(2, 1, rng) / 2, Activation::tanh},
                     {random_normal(3, 8, rng) / 2, random_normal(3, 1, rng) / 2, Activation::relu}};
  network.classifier = {{random_normal(4, 12, rng) / 2, random_normal(4, 1, rng) / 2, Activation::tanh},
                        {random_normal(3, 4, rng), random_normal(3, 1, rng), Activation::softmax}};
  return network;
}

/// One column an image, of one column a pixel.
static mat as_images(const mat& A, uword images) { return reshape(A, A.n_elem / images, images); }

/// conv_trace by its definition, number by number.
static ConvTrace plain_trace(const ConvNetwork& network, const mat& X) {
  ConvTrace trace;
  mat input = X;
  for (std::size_t l = 0; l < network.filters.size(); ++l) {
    const Window& w = network.windows[l];
    const Layer& layer = network.filters[l];
    const uword down = along(w.rows, w) / w.pool, across = along(w.cols, w) / w.pool, m = layer.W.n_rows;
    mat P(w.size * w.size * w.channels, places(w) * X.n_cols, arma::fill::zeros), Z(m, P.n_cols);
    Z.each_col() = layer.b;
    for_each_seen(w, X.n_cols, [&](uword n, uword col, uword entry, uword row) {
      P(entry, col) = input(row, n);
      Z.col(col) += layer.W.col(entry) * input(row, n);
    });
    Pooled pooled{mat(m, down * across * X.n_cols), arma::umat(m, down * across * X.n_cols)};
    mat A(size(pooled.Z));
    for (uword to = 0; to < A.n_cols; ++to)
      for (uword f = 0; f < m; ++f) {
        const uword n = to / (down * across), r = to % (down * across) / across, c = to % across;
        real largest = -arma::datum::inf;
        for (uword i = 0; i < w.pool * w.pool; ++i) {
          const uword col = n * places(w) + (r * w.pool + i / w.pool) * along(w.cols, w) + c * w.pool + i % w.pool;
          if (Z(f, col) > largest) largest = Z(f, col), pooled.winner(f, to) = col;
        }
        pooled.Z(f, to) = largest;
        A(f, to) = layer.activation == Activation::tanh ? std::tanh(largest) : std::max(real(0), largest);
      }
    trace.patches.push_back(P);
    trace.pooled.push_back(pooled);
    trace.A.push_back(A);
    input = as_images(A, X.n_cols);
  }
  trace.classifier = forward_trace(network.classifier, input);
  return trace;
}

/// conv_backprop by its definition, number by number.
static ConvGradients plain_gradients(const ConvNetwork& network, const ConvTrace& trace, const mat& T, Loss loss) {
  const uword images = T.n_cols;
  ConvGradients g;
  g.classifier = backprop(network.classifier, as_images(trace.A.back(), images), T, loss);
  mat dA = network.classifier[0].W.t() * backward_deltas(network.classifier, trace.classifier, T, loss)[0];
  g.filters.dW.resize(network.filters.size()), g.filters.db.resize(network.filters.size());
  for (std::size_t l = network.filters.size(); l-- > 0;) {
    const Window& w = network.windows[l];
    const Layer& layer = network.filters[l];
    const mat& A = trace.A[l];
    dA = reshape(dA, size(A));
    mat dZ(A.n_rows, places(w) * images, arma::fill::zeros),
        dX(w.rows * w.cols * w.channels, images, arma::fill::zeros);
    for (uword i = 0; i < A.n_elem; ++i) {
      const real slope = layer.activation == Activation::tanh ? 1 - A(i) * A(i) : real(A(i) > 0);
      dZ(i % A.n_rows, trace.pooled[l].winner(i)) += dA(i) * slope;
    }
    for_each_seen(w, images, [&](uword n, uword col, uword entry, uword row) {
      dX(row, n) += dot(layer.W.col(entry), dZ.col(col));
    });
    g.filters.dW[l] = dZ * trace.patches[l].t();
    g.filters.db[l] = sum(dZ, 1);
    dA = dX;
  }
  return g;
}

TEST_CASE("layer by layer: filters, pooling, activation, classifier", "[10][10.8]") {
  Rng rng = seeded(1008);
  const ConvNetwork network = small_network(rng);
  for (const uword images : {1, 4}) {
    const mat X = random_normal(64, images, rng);
    check<conv_trace>(plain_trace(network, X), network, X);
  }
}

TEST_CASE("without filters it is lesson 6", "[10][10.8]") {
  Rng rng = seeded(1009);
  ConvNetwork network;
  network.classifier = small_network(rng).classifier;
  const mat X = random_normal(12, 5, rng), T = random_targets(3, 5, rng);
  const Gradients expected = backprop(network.classifier, X, T, Loss::cross_entropy);
  ConvTrace trace;
  trace.classifier = forward_trace(network.classifier, X);
  check<conv_trace>(trace, network, X);
  check<conv_backprop>(ConvGradients{{}, expected}, network, trace, X, T, Loss::cross_entropy);
}

TEST_CASE("slopes of a whole network are those that one measures", "[10][10.8]") {
  for (const std::uint64_t seed : {1010, 1011}) {
    Rng rng = seeded(seed);
    ConvNetwork network = small_network(rng);
    const mat X = random_normal(64, 3, rng), T = random_targets(3, 3, rng);
    const ConvTrace trace = plain_trace(network, X);
    const auto loss = [&] { return loss_value(Loss::cross_entropy, plain_trace(network, X).classifier.A.back(), T); };
    ConvGradients expected;
    expected.classifier.loss = loss();
    for (auto [part, g] : {std::pair{&network.filters, &expected.filters}, {&network.classifier, &expected.classifier}})
      for (auto& [W, b, activation] : *part) {
        const mat W_here = W, b_here = b;
        g->dW.push_back(numerical_gradient([&](const mat& moved) { return W = moved, loss(); }, W_here, 1e-5));
        W = W_here;
        g->db.push_back(numerical_gradient([&](const mat& moved) { return b = moved, loss(); }, b_here, 1e-5));
        b = b_here;
      }
    check<conv_backprop>(expected, numerically, network, trace, X, T, Loss::cross_entropy);
  }
}

TEST_CASE("networks whose parts do not fit are errors", "[10][10.8]") {
  Rng rng = seeded(1012);
  const ConvNetwork network = small_network(rng);
  const mat X = random_normal(64, 2, rng);
  rejects<conv_trace>(network, mat(63, 2, arma::fill::ones));
  ConvNetwork other = network;
  other.windows.pop_back();
  rejects<conv_trace>(other, X);
  other = network;
  other.filters[0].activation = Activation::softmax;
  rejects<conv_trace>(other, X);
  other = network;
  other.classifier[0].W = random_normal(4, 13, rng);
  rejects<conv_trace>(other, X);
}

// 10.9

static Dataset random_data(uword n, Rng& rng) {
  Dataset data{bytes(64, n), uvec(n), 8, 8, 3};
  for (auto& pixel : data.images) pixel = std::uint8_t(rng.below(256));
  for (uword& label : data.labels) label = rng.below(3);
  return data;
}

TEST_CASE("an epoch is a step for each batch, filters and classifier alike", "[10][10.9]") {
  Rng rng = seeded(1013);
  const Dataset data = random_data(9, rng);
  const std::vector<uvec> batches = {{0, 4, 2}, {8, 1}, {3, 5, 6, 7}};
  for (const Rule rule : {Rule::descent, Rule::adam}) {
    Recipe recipe;
    recipe.method.rule = rule;
    recipe.options.rate = real(0.05), recipe.options.weight_decay = real(0.01);
    recipe.schedule.decay = Decay::linear;
    recipe.clip = real(0.5);
    ConvState expected{small_network(rng), {}, {}, 0, 0}, state = expected;
    for (const uvec& indices : batches) {
      const Batch batch = gather(data, indices);
      const ConvTrace trace = plain_trace(expected.network, batch.X);
      const ConvGradients g = plain_gradients(expected.network, trace, batch.T, recipe.options.loss);
      const real rate = scheduled_rate(recipe.schedule, recipe.options.rate, expected.step, 5);
      for (auto [part, slopes, memory] : {std::tuple{&expected.network.filters, &g.filters, &expected.filters},
                                          {&expected.network.classifier, &g.classifier, &expected.classifier}}) {
        Optimised next = optimise(decay_weights(*part, rate, recipe.options.weight_decay), clip(*slopes, recipe.clip),
                                  *memory, recipe.method, rate);
        *part = next.network, *memory = next.memory;
      }
      const real loss = g.classifier.loss;
      expected.running_loss =
          expected.step == 0 ? loss : (1 - recipe.options.eta) * expected.running_loss + recipe.options.eta * loss;
      ++expected.step;
    }
    check<conv_epoch>(expected, Tolerance{1e-8, 1e-8}, state, data, batches, recipe, uword(5), seeded(1));
  }
  rejects<conv_epoch>(ConvState{small_network(rng), {}, {}, 0, 0}, data, std::vector<uvec>{}, Recipe{}, uword(5),
                      seeded(1));
}

TEST_CASE("the fraction that is read, over any number of images", "[10][10.9]") {
  Rng rng = seeded(1014);
  const ConvNetwork network = small_network(rng);
  const Dataset data = random_data(230, rng);
  for (const uword n : {1, 100, 101, 230}) {
    const uvec indices = random_permutation(230, rng).head(n);
    const ConvTrace trace = plain_trace(network, gather(data, indices).X);
    const arma::urowvec said = index_max(trace.classifier.A.back(), 0);
    check<conv_accuracy>(real(accu(said.t() == data.labels.elem(indices))) / real(n), network, data, indices);
  }
  rejects<conv_accuracy>(network, data, uvec());
}

}  // namespace nn
