// Lesson 10: filters, windows, pooling, a network of them. Golden values are from NumPy, SciPy and PyTorch; the rest is
// compared with the definitions, written out entry by entry.
#include "contracts/convolution.hpp"

#include <algorithm>
#include <cmath>

#include "autograder/tests/support/drawn.hpp"
#include "autograder/tests/support/expect.hpp"
#include "nn/losses.hpp"
#include "nn/numerical_gradient.hpp"
#include "nn/support/activate.hpp"

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

/// At how many places a filter stands, down and across.
static const auto plain_places = oracle<std::pair<uword, uword>>("places", [](const Window& w) {
  const auto along = [&](uword n) { return (n + 2 * w.padding - w.size) / w.stride + 1; };
  return std::pair(along(w.rows), along(w.cols));
});

static uword places(const Window& w) {
  const auto [down, across] = plain_places(w);
  return down * across;
}

static const auto plain_unfold = oracle<mat>("unfold", [](const Window& w, const mat& X) {
  const auto [down, across] = plain_places(w);
  mat P(w.patch(), down * across * X.n_cols, arma::fill::zeros);
  for (uword col = 0; col < P.n_cols; ++col)
    for (uword entry = 0; entry < P.n_rows; ++entry) {
      const uword place = col % (down * across), channel = entry % w.channels;
      const uword row = place / across * w.stride + entry / w.channels / w.size,
                  column = place % across * w.stride + entry / w.channels % w.size;
      if (row < w.padding || column < w.padding || row >= w.rows + w.padding || column >= w.cols + w.padding) continue;
      P(entry, col) = X(((row - w.padding) * w.cols + column - w.padding) * w.channels + channel, col / down / across);
    }
  return P;
});

/// By the numbers of the pixels, which say where unfold reads; 0 is the padding.
static const auto plain_fold = oracle<mat>("fold", [](const Window& w, const mat& P) {
  const mat read = plain_unfold(w, mat(arma::regspace<vec>(1, w.pixels())));
  mat X(w.pixels(), P.n_cols / read.n_cols, arma::fill::zeros);
  for (uword col = 0; col < P.n_cols; ++col)
    for (uword entry = 0; entry < P.n_rows; ++entry)
      if (const auto pixel = uword(read(entry, col % read.n_cols)); pixel > 0)
        X(pixel - 1, col / read.n_cols) += P(entry, col);
  return X;
});

/// (start, start + by, ...) modulo `modulo`, minus `less`, over the memory of rows x cols.
static mat counted(uword rows, uword cols, int by, int modulo, int less) {
  mat X(rows, cols);
  for (uword i = 0; i < X.n_elem; ++i) X(i) = real(int(i) * by % modulo - less);
  return X;
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

static const auto plain_convolve = oracle<vec>("convolve", [](const vec& x, const vec& k) {
  vec product(x.n_elem + k.n_elem - 1, arma::fill::zeros);
  for (uword i = 0; i < x.n_elem; ++i)
    for (uword j = 0; j < k.n_elem; ++j) product(i + j) += x(i) * k(j);
  return product;
});

static const auto plain_correlate = oracle<vec>("correlate", [](const vec& x, const vec& k) {
  vec inside(x.n_elem - k.n_elem + 1, arma::fill::zeros);
  for (uword i = 0; i < inside.n_elem; ++i)
    for (uword j = 0; j < k.n_elem; ++j) inside(i) += k(j) * x(i + j);
  return inside;
});

TEST_CASE("convolution is the product of polynomials, either way round", "[10][10.1]") {
  Rng rng = seeded(1001);
  for (const auto& [n, m] : {std::pair<uword, uword>{5, 3}, {3, 5}, {1, 4}, {6, 1}, {4, 4}}) {
    const vec x = random_normal(n, 1, rng), k = random_normal(m, 1, rng);
    check<convolve>(plain_convolve(x, k), x, k);
    check<convolve>(plain_convolve(x, k), k, x);
  }
}

TEST_CASE("correlation is the inside of the convolution with the kernel reversed", "[10][10.1]") {
  Rng rng = seeded(1002);
  for (const auto& [n, m] : {std::pair<uword, uword>{5, 3}, {7, 2}, {4, 4}, {6, 1}}) {
    const vec x = random_normal(n, 1, rng), k = random_normal(m, 1, rng);
    check<correlate>(plain_correlate(x, k), x, k);
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

static const auto plain_filter = oracle<mat>("filter_image", [](const mat& image, const mat& kernel) {
  const auto inside = [](arma::sword at, uword n) { return at >= 0 && at < arma::sword(n); };
  mat out(size(image), arma::fill::zeros);
  for (uword r = 0; r < image.n_rows; ++r)
    for (uword c = 0; c < image.n_cols; ++c)
      for (uword i = 0; i < kernel.n_rows; ++i)
        for (uword j = 0; j < kernel.n_cols; ++j) {
          const auto y = arma::sword(r + i) - arma::sword(kernel.n_rows / 2),
                     x = arma::sword(c + j) - arma::sword(kernel.n_cols / 2);
          if (inside(y, image.n_rows) && inside(x, image.n_cols)) out(r, c) += kernel(i, j) * image(uword(y), uword(x));
        }
  return out;
});

TEST_CASE("images of any shape, kernels of odd sides, zeros around", "[10][10.2]") {
  Rng rng = seeded(1003);
  for (const auto& [rows, cols, down, across] :
       {std::array<uword, 4>{4, 6, 3, 3}, {5, 3, 1, 5}, {2, 7, 5, 3}, {1, 1, 3, 3}, {6, 4, 1, 1}}) {
    const mat image = random_normal(rows, cols, rng), kernel = random_normal(down, across, rng);
    check<filter_image>(plain_filter(image, kernel), image, kernel);
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
      check<unfold>(plain_unfold(w, X), w, X);
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
      const mat P = random_normal(w.patch(), places(w) * images, rng);
      check<fold>(plain_fold(w, P), w, P);
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
        {number("the sum of Z", g.sum), number("the sum of the squares of Z", g.squares)}, {}, arguments,
        [&](const auto& f) {
          const mat Z = f(w, W, b, X);
          return Parts{number("the sum of Z", accu(Z)), number("the sum of the squares of Z", accu(square(Z)))};
        });
    const mat dZ = counted(3, 2 * places(w), 3, 5, 2);
    Parts expected = {number("the sum of dX", g.dX_sum), number("the sum of the squares of dX", g.dX_squares)};
    add_parts(expected, "db", g.db);
    add_parts(expected, "the first row of dW", g.dW0);
    shows<conv_backward>(expected, {}, arguments, [&](const auto& f) {
      const DenseGradients found = f(w, W, X, dZ);
      Parts parts = {number("the sum of dX", accu(found.dX)),
                     number("the sum of the squares of dX", accu(square(found.dX)))};
      add_parts(parts, "db", found.db);
      add_parts(parts, "the first row of dW", mat(found.dW.row(0)));
      return parts;
    });
  }
}

static const auto plain_forward =
    oracle<mat>("conv_forward", [](const Window& w, const mat& W, const vec& b, const mat& X) {
      const mat P = plain_unfold(w, X);
      mat Z(W.n_rows, P.n_cols);
      for (uword col = 0; col < P.n_cols; ++col)
        for (uword f = 0; f < W.n_rows; ++f) Z(f, col) = b(f) + accu(W.row(f).t() % P.col(col));
      return Z;
    });

static const auto plain_backward =
    oracle<DenseGradients>("conv_backward", [](const Window& w, const mat& W, const mat& X, const mat& dZ) {
      const mat P = plain_unfold(w, X);
      mat dP(size(P), arma::fill::zeros);
      DenseGradients g{mat(size(W), arma::fill::zeros), vec(W.n_rows, arma::fill::zeros), {}};
      for (uword col = 0; col < P.n_cols; ++col)
        for (uword f = 0; f < W.n_rows; ++f) {
          g.dW.row(f) += dZ(f, col) * P.col(col).t();
          g.db(f) += dZ(f, col);
          dP.col(col) += dZ(f, col) * W.row(f).t();
        }
      g.dX = plain_fold(w, dP);
      return g;
    });

TEST_CASE("any window: each place as the filter sees it, each slope back to where it came from", "[10][10.6]") {
  Rng rng = seeded(1006);
  for (const Window& w : windows)
    for (const uword images : {1, 2}) {
      INFO(text(w));
      const uword m = 3;
      const mat X = random_normal(w.pixels(), images, rng), W = random_normal(m, w.patch(), rng),
                dZ = random_normal(m, places(w) * images, rng);
      const vec b = random_normal(m, 1, rng);
      check<conv_forward>(plain_forward(w, W, b, X), w, W, b, X);
      check<conv_backward>(plain_backward(w, W, X, dZ), w, W, X, dZ);
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

static const auto plain_pool = oracle<Pooled>("max_pool", [](const Window& w, const mat& Z) {
  const auto [down, across] = plain_places(w);
  const uword squares = down / w.pool * (across / w.pool), images = Z.n_cols / (down * across);
  Pooled out{mat(Z.n_rows, squares * images), arma::umat(Z.n_rows, squares * images)};
  for (uword to = 0; to < out.Z.n_cols; ++to)
    for (uword f = 0; f < Z.n_rows; ++f) {
      const uword r = to % squares / (across / w.pool), c = to % (across / w.pool);
      out.Z(f, to) = -arma::datum::inf;
      for (uword i = 0; i < w.pool * w.pool; ++i) {
        const uword col = to / squares * down * across + (r * w.pool + i / w.pool) * across + c * w.pool + i % w.pool;
        if (Z(f, col) > out.Z(f, to)) out.Z(f, to) = Z(f, col), out.winner(f, to) = col;
      }
    }
  return out;
});

static const auto plain_unpool =
    oracle<mat>("max_pool_backward", [](const Window& w, const arma::umat& winner, const mat& dZ) {
      const auto [down, across] = plain_places(w);
      const uword squares = down / w.pool * (across / w.pool);
      mat back(dZ.n_rows, dZ.n_cols / squares * down * across, arma::fill::zeros);
      for (uword i = 0; i < dZ.n_elem; ++i) back(i % dZ.n_rows, winner(i)) += dZ(i);
      return back;
    });

TEST_CASE("several filters, several images, squares of any side, negative ones too", "[10][10.7]") {
  Rng rng = seeded(1007);
  for (const Window& w : {window(4, 6, 1, 1, 1, 0, 2), window(7, 4, 1, 2, 1, 0, 3), window(5, 3, 2, 2, 1, 0, 1),
                          window(5, 9, 1, 2, 1, 0, 4)}) {
    INFO(text(w));
    const mat Z = random_normal(3, places(w) * 2, rng) - 1, dZ = random_normal(3, Z.n_cols / (w.pool * w.pool), rng);
    const Pooled expected = plain_pool(w, Z);
    check<max_pool>(expected, w, Z);
    check<max_pool_backward>(plain_unpool(w, expected.winner, dZ), w, expected.winner, dZ);
  }
}

TEST_CASE("places that no square divides, columns that are no whole image, winners that are no places: errors",
          "[10][10.7]") {
  rejects<max_pool>(window(3, 4, 1, 1, 1, 0, 2), mat(1, 12, arma::fill::ones));
  rejects<max_pool>(window(4, 4, 1, 1, 1, 0, 2), mat(1, 15, arma::fill::ones));
  rejects<max_pool>(window(4, 4, 1, 1, 1, 0, 0), mat(1, 16, arma::fill::ones));
  const Window w = window(4, 4, 1, 1, 1, 0, 2);
  rejects<max_pool_backward>(w, arma::umat(1, 4, arma::fill::zeros), mat(1, 8, arma::fill::ones));
  rejects<max_pool_backward>(w, arma::umat(1, 3, arma::fill::zeros), mat(1, 3, arma::fill::ones));
  rejects<max_pool_backward>(w, arma::umat{{0, 2, 8, 16}}, mat(1, 4, arma::fill::ones));
}

// 10.8

/// 8 x 8 -> 2 filters 3 x 3, pool 2, ELU, whose slope is of Z and not of A -> 3 filters 2 x 2, ReLU -> 4 -> 3.
static ConvNetwork small_network(Rng& rng) {
  ConvNetwork network;
  network.windows = {window(8, 8, 1, 3, 1, 0, 2), window(3, 3, 2, 2, 1, 0, 1)};
  network.filters = {{random_normal(2, 9, rng) / 2, random_normal(2, 1, rng) / 2, Activation::elu},
                     {random_normal(3, 8, rng) / 2, random_normal(3, 1, rng) / 2, Activation::relu}};
  network.classifier = {{random_normal(4, 12, rng) / 2, random_normal(4, 1, rng) / 2, Activation::tanh},
                        {random_normal(3, 4, rng), random_normal(3, 1, rng), Activation::softmax}};
  return network;
}

static const auto plain_trace = oracle<ConvTrace>("conv_trace", [](const ConvNetwork& network, const mat& X) {
  ConvTrace trace;
  mat input = X;
  for (std::size_t l = 0; l < network.filters.size(); ++l) {
    const Window& w = network.windows[l];
    const Layer& layer = network.filters[l];
    trace.patches.push_back(plain_unfold(w, input));
    trace.pooled.push_back(plain_pool(w, plain_forward(w, layer.W, layer.b, input)));
    mat A = trace.pooled[l].Z;
    for (real& a : A)
      if (a < 0) a = layer.activation == Activation::elu ? elu_alpha * (std::exp(a) - 1) : 0;
    trace.A.push_back(A);
    input = reshape(A, A.n_elem / X.n_cols, X.n_cols);
  }
  trace.classifier = forward_trace(network.classifier, input);
  return trace;
});

static const auto plain_gradients = oracle<ConvGradients>(
    "conv_backprop", [](const ConvNetwork& network, const ConvTrace& trace, const mat& T, Loss loss) {
      const auto as_images = [&](const mat& A) -> mat { return reshape(A, A.n_elem / T.n_cols, T.n_cols); };
      const std::size_t layers = network.filters.size();
      ConvGradients g;
      g.classifier = backprop(network.classifier, as_images(trace.A.back()), T, loss);
      g.filters.dW.resize(layers), g.filters.db.resize(layers);
      mat dA = network.classifier[0].W.t() * backward_deltas(network.classifier, trace.classifier, T, loss)[0];
      for (std::size_t l = layers; l-- > 0;) {
        const mat& A = trace.A[l];
        mat slopes = reshape(dA, size(A));
        for (uword i = 0; i < A.n_elem; ++i)
          if (A(i) <= 0) slopes(i) *= network.filters[l].activation == Activation::elu ? A(i) + elu_alpha : 0;
        const mat dZ = plain_unpool(network.windows[l], trace.pooled[l].winner, slopes);
        g.filters.dW[l] = dZ * trace.patches[l].t();
        g.filters.db[l] = sum(dZ, 1);
        dA = plain_fold(network.windows[l], network.filters[l].W.t() * dZ);
      }
      return g;
    });

/// By moving every weight and every bias a little.
static const auto measured_gradients = oracle<ConvGradients>("measured", [](ConvNetwork network, const mat& X,
                                                                            const mat& T, Loss of) {
  const auto loss = [&] { return loss_value(of, plain_trace(network, X).classifier.A.back(), T); };
  ConvGradients g;
  g.classifier.loss = loss();
  for (auto [part, slopes] : {std::pair{&network.filters, &g.filters}, {&network.classifier, &g.classifier}})
    for (Layer& layer : *part) {
      const mat W = layer.W, b = layer.b;
      const auto moved = [&](auto& parameter) { return [&](const mat& there) { return parameter = there, loss(); }; };
      slopes->dW.push_back(numerical_gradient(moved(layer.W), W, 1e-5));
      layer.W = W;
      slopes->db.push_back(numerical_gradient(moved(layer.b), b, 1e-5));
      layer.b = b;
    }
  return g;
});

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
    Rng rng(seed);  // always the same: in one draw of some hundreds another place wins while one measures
    const ConvNetwork network = small_network(rng);
    const mat X = random_normal(64, 3, rng), T = random_targets(3, 3, rng);
    const ConvTrace trace = plain_trace(network, X);
    check<conv_backprop>(measured_gradients(network, X, T, Loss::cross_entropy), numerically, network, trace, X, T,
                         Loss::cross_entropy);
  }
}

TEST_CASE("slopes of a whole network, station by station", "[10][10.8]") {
  Rng rng = seeded(1017);
  const ConvNetwork network = small_network(rng);
  for (const uword images : {1, 3}) {
    const mat X = random_normal(64, images, rng), T = random_targets(3, images, rng);
    const ConvTrace trace = plain_trace(network, X);
    check<conv_backprop>(plain_gradients(network, trace, T, Loss::cross_entropy), network, trace, X, T,
                         Loss::cross_entropy);
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

/// By hand, from lessons 7 to 9 and the plain slopes above; without distortion.
static const auto plain_epoch = oracle<ConvState>("conv_epoch", [](ConvState state, const Dataset& data,
                                                                   const std::vector<uvec>& batches,
                                                                   const Recipe& recipe, uword steps) {
  const Options& options = recipe.options;
  for (const uvec& indices : batches) {
    const Batch batch = gather(data, indices);
    const ConvGradients g = plain_gradients(state.network, plain_trace(state.network, batch.X), batch.T, options.loss);
    const real rate = scheduled_rate(recipe.schedule, options.rate, state.step, steps), loss = g.classifier.loss;
    for (auto [part, slopes, memory] : {std::tuple{&state.network.filters, &g.filters, &state.filters},
                                        {&state.network.classifier, &g.classifier, &state.classifier}}) {
      Optimised next = optimise(decay_weights(*part, rate, options.weight_decay), clip(*slopes, recipe.clip), *memory,
                                recipe.method, rate);
      *part = next.network, *memory = next.memory;
    }
    state.running_loss = state.step == 0 ? loss : (1 - options.eta) * state.running_loss + options.eta * loss;
    ++state.step;
  }
  return state;
});

TEST_CASE("an epoch is a step for each batch, filters and classifier alike", "[10][10.9]") {
  Rng rng = seeded(1013);
  const Dataset data = random_data(9, 8, 8, 3, rng);
  const std::vector<uvec> batches = {{0, 4, 2}, {8, 1}, {3, 5, 6, 7}};
  for (const Rule rule : {Rule::descent, Rule::adam}) {
    Recipe recipe;
    recipe.method.rule = rule;
    recipe.options.rate = real(0.05), recipe.options.weight_decay = real(0.01);
    recipe.schedule.decay = Decay::linear;
    recipe.clip = real(0.5);
    const ConvState state{small_network(rng), {}, {}, 0, 0};
    check<conv_epoch>(plain_epoch(state, data, batches, recipe, uword(5)), Tolerance{1e-8, 1e-8}, state, data, batches,
                      recipe, uword(5), seeded(1));
  }
  rejects<conv_epoch>(ConvState{small_network(rng), {}, {}, 0, 0}, data, std::vector<uvec>{}, Recipe{}, uword(5),
                      seeded(1));
}

TEST_CASE("images are distorted where a distortion is given", "[10][10.9]") {
  Rng rng = seeded(1015);
  const Dataset data = random_data(4, 8, 8, 3, rng);
  ConvState state{small_network(rng), {}, {}, 0, 0};
  state.network.filters[1].activation = Activation::elu;  // no unit is dead
  const auto parts = [](bool distorted, bool again) {
    return named<bool>({{"the same filters with distorted images as without", distorted},
                        {"the same filters from the same seed", again}});
  };
  shows<conv_epoch>(parts(false, true), {}, {}, [&](const auto& f) {
    const auto filters = [&](std::optional<Distortion> distortion) {
      Recipe recipe;
      recipe.regularisation.distortion = distortion;
      Rng own = seeded(1016);
      return f(state, data, std::vector<uvec>{{0, 1}, {2, 3}}, recipe, uword(2), own).network.filters[0].W;
    };
    const auto same = [](const mat& A, const mat& B) { return approx_equal(A, B, "absdiff", 0); };
    const mat moved = filters(Distortion{});
    return parts(same(moved, filters({})), same(moved, filters(Distortion{})));
  });
}

static const auto plain_accuracy =
    oracle<real>("conv_accuracy", [](const ConvNetwork& network, const Dataset& data, const uvec& indices) {
      const ConvTrace trace = plain_trace(network, gather(data, indices).X);
      const arma::urowvec said = index_max(trace.classifier.A.back(), 0);
      return real(accu(said.t() == data.labels.elem(indices))) / real(indices.n_elem);
    });

TEST_CASE("the fraction that is read, over any number of images", "[10][10.9]") {
  Rng rng = seeded(1014);
  const ConvNetwork network = small_network(rng);
  const Dataset data = random_data(230, 8, 8, 3, rng);
  for (const uword n : {1, 100, 101, 230}) {
    const uvec indices = random_permutation(230, rng).head(n);
    check<conv_accuracy>(plain_accuracy(network, data, indices), network, data, indices);
  }
  rejects<conv_accuracy>(network, data, uvec());
}

}  // namespace nn
