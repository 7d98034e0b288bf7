// Known mistakes of lesson 10. They stand on lessons 1 to 9 and on this file alone: what a student wrote for one task
// of the lesson must not change the mistakes of another.
#include <algorithm>
#include <cmath>

#include "autograder/mistakes/catalogue.hpp"
#include "nn/convolution.hpp"
#include "nn/losses.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"

namespace nn {

// 10.1

static vec products(const vec& x, const vec& k) {
  require(!x.empty() && !k.empty(), "convolve", "nothing");
  vec y(x.n_elem + k.n_elem - 1, arma::fill::zeros);
  for (uword i = 0; i < x.n_elem; ++i)
    for (uword j = 0; j < k.n_elem; ++j) y(i + j) += x(i) * k(j);
  return y;
}

MISTAKE(
    convolve, "10.1", "not-flipped",
    "your kernel stands as it is: an impulse should show it unmirrored, so its index falls while that of x rises",
    (const vec& x, const vec& k)->vec { return products(x, reverse(k)); })
MISTAKE(
    convolve, "10.1", "inside-only",
    "your result ends where k would hang over the ends of x: there are n + m - 1 places",
    (const vec& x, const vec& k)->vec {
      const vec all = products(x, k);
      const uword shorter = std::min(x.n_elem, k.n_elem);
      return all.subvec(shorter - 1, all.n_elem - shorter);
    })
MISTAKE(
    convolve, "10.1", "as-long-as-x", "your result has as many entries as x: the last products of k are missing",
    (const vec& x, const vec& k)->vec { return products(x, k).head(x.n_elem); })

static vec inside(const vec& x, const vec& k) {
  require(!k.empty() && k.n_elem <= x.n_elem, "correlate", "does not fit");
  const vec all = products(x, reverse(k));
  return all.subvec(k.n_elem - 1, x.n_elem - 1);
}

MISTAKE(
    correlate, "10.1", "flipped",
    "an impulse comes out as it stands, so you have mirrored k: which of the two slides the kernel as it stands?",
    (const vec& x, const vec& k)->vec { return inside(x, reverse(k)); })
MISTAKE(
    correlate, "10.1", "same-where-inside", "your result has as many entries as x: at the ends k hangs over the edge",
    (const vec& x, const vec& k)->vec {
      vec y(x.n_elem, arma::fill::zeros);
      y.head(x.n_elem - k.n_elem + 1) = inside(x, k);
      return y;
    })
MISTAKE(
    correlate, "10.1", "one-too-few", "your last place is missing: k fits n - m + 1 times",
    (const vec& x, const vec& k)->vec {
      const vec y = inside(x, k);
      return y.head(y.n_elem - 1);
    })

// 10.2

static vec bell(real sigma, uword radius, real by) {
  require(sigma > 0, "gaussian", "sigma");
  const vec i = arma::regspace<vec>(-real(radius), real(radius));
  return exp(-square(i) / by);
}

#define BELL_MISTAKE(id, says, ...) MISTAKE(gaussian, "10.2", id, says, (real sigma, uword radius)->vec{__VA_ARGS__})

BELL_MISTAKE("not-normalised", "a white wall turns grey: your entries do not sum to 1",
             return bell(sigma, radius, 2 * sigma * sigma);)
BELL_MISTAKE("divided-by-the-formula",
             "your entries sum to nearly 1: on whole numbers divide by their sum, not by the root of 2 pi times sigma",
             return bell(sigma, radius, 2 * sigma * sigma) / (sigma * std::sqrt(real(2) * real(arma::datum::pi)));)
BELL_MISTAKE("variance-for-sigma", "your bell has another width: sigma is squared in the exponent",
             const vec y = bell(sigma, radius, 2 * sigma);
             return y / sum(y);)
BELL_MISTAKE("no-two", "your bell is narrower than sigma: the exponent divides by 2 sigma^2",
             const vec y = bell(sigma, radius, sigma* sigma);
             return y / sum(y);)
BELL_MISTAKE("not-squared", "your bell has a tip: the distance is squared in the exponent",
             require(sigma > 0, "gaussian", "sigma");
             const vec y = exp(-abs(arma::regspace<vec>(-real(radius), real(radius))) / (2 * sigma * sigma));
             return y / sum(y);)
BELL_MISTAKE("half-a-bell", "your bell begins at its middle: i runs from -radius to radius",
             require(sigma > 0, "gaussian", "sigma");
             const vec i = arma::regspace<vec>(0, real(2 * radius));
             const vec y = exp(-square(i) / (2 * sigma * sigma)); return y / sum(y);)

/// filter_image where `outside(row, column)` answers for places beyond the image.
template <class Outside>
static mat filtered(const mat& image, const mat& kernel, Outside outside) {
  require(kernel.n_rows % 2 == 1 && kernel.n_cols % 2 == 1, "filter_image", "kernel");
  const auto rows = arma::sword(image.n_rows), cols = arma::sword(image.n_cols);
  mat out(size(image), arma::fill::zeros);
  for (arma::sword c = 0; c < cols; ++c)
    for (arma::sword r = 0; r < rows; ++r)
      for (uword i = 0; i < kernel.n_rows; ++i)
        for (uword j = 0; j < kernel.n_cols; ++j) {
          const arma::sword y = r + arma::sword(i) - arma::sword(kernel.n_rows / 2),
                            x = c + arma::sword(j) - arma::sword(kernel.n_cols / 2);
          const bool in = y >= 0 && x >= 0 && y < rows && x < cols;
          out(uword(r), uword(c)) += kernel(i, j) * (in ? image(uword(y), uword(x)) : outside(y, x));
        }
  return out;
}
static real nothing(arma::sword, arma::sword) { return 0; }

MISTAKE(
    filter_image, "10.2", "flipped",
    "an impulse shows your kernel as it stands: slide it as it stands, and the impulse shows it turned",
    (const mat& image, const mat& kernel)->mat { return filtered(image, flipud(fliplr(kernel)), nothing); })
MISTAKE(
    filter_image, "10.2", "edge-goes-on", "beyond the edge your image goes on; it should be 0 there",
    (const mat& image, const mat& kernel)->mat {
      return filtered(image, kernel, [&](arma::sword y, arma::sword x) {
        return image(uword(std::clamp<arma::sword>(y, 0, arma::sword(image.n_rows) - 1)),
                     uword(std::clamp<arma::sword>(x, 0, arma::sword(image.n_cols) - 1)));
      });
    })
MISTAKE(
    filter_image, "10.2", "wraps-around", "beyond the right edge your image begins again at the left",
    (const mat& image, const mat& kernel)->mat {
      return filtered(image, kernel, [&](arma::sword y, arma::sword x) {
        const auto around = [](arma::sword at, uword n) { return uword((at % arma::sword(n) + arma::sword(n))) % n; };
        return image(around(y, image.n_rows), around(x, image.n_cols));
      });
    })
MISTAKE(
    filter_image, "10.2", "corner-for-middle", "the kernel's corner stands on the pixel; it should be its middle",
    (const mat& image, const mat& kernel)->mat {
      const uword down = kernel.n_rows / 2, right = kernel.n_cols / 2;
      mat wider(2 * kernel.n_rows - 1, 2 * kernel.n_cols - 1, arma::fill::zeros);
      require(kernel.n_rows % 2 == 1 && kernel.n_cols % 2 == 1, "filter_image", "kernel");
      wider.submat(2 * down, 2 * right, size(kernel)) = kernel;
      return filtered(image, wider, nothing);
    })

// 10.3

struct Pushes {
  bool one = true, up = false, once = false, padded = true;
};

static uword pushed(uword n, uword size, uword stride, uword padding, Pushes quirk = {}) {
  require(stride > 0 && size > 0 && size <= n + 2 * padding, "places_along", "does not fit");
  const uword left = n + (quirk.padded ? quirk.once ? padding : 2 * padding : 0) - size;  // may go below 0, and round
  return (left + (quirk.up ? stride - 1 : 0)) / stride + (quirk.one ? 1 : 0);
}

#define PUSH_MISTAKE(id, says, ...)                                                               \
  MISTAKE(                                                                                        \
      places_along, "10.3", id, says, (uword n, uword size, uword stride, uword padding)->uword { \
        return pushed(n, size, stride, padding, Pushes{__VA_ARGS__});                             \
      })

PUSH_MISTAKE("forgets-plus-one", "with a window as large as the image there is one place, not none", .one = false)
PUSH_MISTAKE("rounds-up", "your last window hangs over the edge: round down", .up = true)
PUSH_MISTAKE("padding-once", "you pad one side only", .once = true)
PUSH_MISTAKE("no-padding", "padding changes nothing with you: there are zeros on both sides", .padded = false)

static Window pooled(const Window& w, uword filters, bool pools = true, bool turned = false, bool channels = true) {
  Window next = w;
  next.rows = pushed(w.rows, w.size, w.stride, w.padding), next.cols = pushed(w.cols, w.size, w.stride, w.padding);
  require(w.pool > 0 && next.rows % w.pool == 0 && next.cols % w.pool == 0, "next_window", "pool");
  if (pools) next.rows /= w.pool, next.cols /= w.pool;
  if (turned) std::swap(next.rows, next.cols);
  if (channels) next.channels = filters;
  return next;
}

#define WINDOW_MISTAKE(id, says, ...) \
  MISTAKE(                            \
      next_window, "10.3", id, says,  \
      (const Window& window, uword filters)->Window { return pooled(window, filters, __VA_ARGS__); })

WINDOW_MISTAKE("forgets-pool", "your next image is as large as the places: pooling makes it smaller", false)
WINDOW_MISTAKE("turned", "rows and columns have changed places", true, true)
WINDOW_MISTAKE("keeps-channels", "each filter becomes a channel of the next image", true, false, false)

/// The weights of a place, of all places of a filter, and the places.
struct Sizes {
  uword image, patch, places;
};
static Sizes sizes_of(const Window& w) {
  return {w.rows * w.cols * w.channels, w.size * w.size * w.channels,
          pushed(w.rows, w.size, w.stride, w.padding) * pushed(w.cols, w.size, w.stride, w.padding)};
}

#define COUNT_MISTAKE(id, says, dense, local, shared)                                                   \
  MISTAKE(                                                                                              \
      count_weights, "10.3", id, says, (const Window& window, [[maybe_unused]] uword filters)->Counts { \
        const auto [image, patch, places] = sizes_of(window);                                           \
        return {dense, local, shared};                                                                  \
      })

COUNT_MISTAKE("one-bias-a-place", "shared filters share their bias, too", (image + 1) * places * filters,
              (patch + 1) * places * filters, patch* filters + places * filters)
COUNT_MISTAKE("no-biases", "your counts lack the biases", image* places* filters, patch* places* filters,
              patch* filters)
COUNT_MISTAKE("one-filter", "you count one filter; there are several", (image + 1) * places, (patch + 1) * places,
              patch + 1)
COUNT_MISTAKE("no-channels", "a filter has weights for every channel of what it sees",
              (image / window.channels + 1) * places * filters, (patch / window.channels + 1) * places * filters,
              (patch / window.channels + 1) * filters)

// 10.4 to 10.6

struct Unfolding {
  bool by_columns = false, channels_apart = false, stride_one = false, wraps = false, mixed = false, down_first = false,
       padding_once = false, stride_down_only = false, planes = false, window_down = false, rows_long = false;
};

/// Calls f(image, place, entry of the patch, row of X) for all that the places see.
template <class F>
static void for_all_seen(const Window& w, uword images, Unfolding quirk, F f) {
  const uword down = pushed(w.rows, w.size, w.stride, w.padding), across = pushed(w.cols, w.size, w.stride, w.padding);
  const auto rows = arma::sword(w.rows), cols = arma::sword(w.cols);
  const auto stride = arma::sword(quirk.stride_one ? 1 : w.stride), padding = arma::sword(w.padding);
  for (uword n = 0; n < images; ++n)
    for (uword r = 0; r < down; ++r)
      for (uword c = 0; c < across; ++c)
        for (uword i = 0; i < w.size; ++i)
          for (uword j = 0; j < w.size; ++j)
            for (uword channel = 0; channel < w.channels; ++channel) {
              const arma::sword y = arma::sword(r) * stride + arma::sword(i) - padding;
              const arma::sword x = arma::sword(c) * (quirk.stride_down_only ? 1 : stride) + arma::sword(j) -
                                    (quirk.padding_once ? 0 : padding);
              const arma::sword at = quirk.by_columns ? x * rows + y : y * (quirk.rows_long ? rows : cols) + x;
              if (quirk.wraps ? at < 0 : y < 0 || x < 0 || y >= rows || x >= cols) continue;
              if (at >= rows * cols) continue;
              const uword entry = quirk.channels_apart
                                      ? (channel * w.size + i) * w.size + j
                                      : (quirk.window_down ? j * w.size + i : i * w.size + j) * w.channels + channel;
              const uword place = n * down * across + (quirk.down_first ? c * down + r : r * across + c);
              f(quirk.mixed ? 0 : n, place, entry,
                quirk.planes ? channel * w.rows * w.cols + uword(at) : uword(at) * w.channels + channel);
            }
}

static mat unfolded(const Window& w, const mat& X, Unfolding quirk = {}) {
  require_window(w, "unfold");
  require_shape(X.n_rows, sizes_of(w).image, "unfold", "X", "rows", "numbers of the image");
  mat P(sizes_of(w).patch, sizes_of(w).places * X.n_cols, arma::fill::zeros);
  for_all_seen(w, X.n_cols, quirk, [&](uword n, uword place, uword entry, uword row) { P(entry, place) = X(row, n); });
  return P;
}

#define UNFOLD_MISTAKE(id, says, ...) \
  MISTAKE(                            \
      unfold, "10.4", id, says,       \
      (const Window& window, const mat& X)->mat { return unfolded(window, X, Unfolding{__VA_ARGS__}); })

UNFOLD_MISTAKE("by-columns", "your patches run down, the image's pixels run across: row by row", .by_columns = true)
UNFOLD_MISTAKE("channels-apart",
               "your patch holds first one channel, then the other: a pixel's channels lie side by side",
               .channels_apart = true)
UNFOLD_MISTAKE("image-by-channels", "you read the image channel after channel: a pixel's channels lie side by side",
               .planes = true)
UNFOLD_MISTAKE("window-down", "inside your window the numbers go down first; they go row by row", .window_down = true)
UNFOLD_MISTAKE("rows-for-columns", "a row of the image is as long as there are columns; you step by the number of rows",
               .rows_long = true)
UNFOLD_MISTAKE("stride-is-one", "your places lie one pixel apart, whatever the stride", .stride_one = true)
UNFOLD_MISTAKE("stride-down-only", "your places lie a stride apart from row to row, but side by side within a row",
               .stride_down_only = true)
UNFOLD_MISTAKE("wraps-around", "at the right edge your window goes on in the next row; it should read the padding's 0",
               .wraps = true)
UNFOLD_MISTAKE("images-mixed", "your second image sees the first", .mixed = true)
UNFOLD_MISTAKE("places-down", "your places go down first; they go row by row", .down_first = true)
UNFOLD_MISTAKE("padding-above-only", "you pad above, and not to the left", .padding_once = true)

struct Folding {
  bool overwrites = false, averages = false, one_place = false;
  Unfolding way = {};
};

static mat folded(const Window& w, const mat& P, Folding quirk = {}) {
  require_window(w, "fold");
  const auto [image, patch, places] = sizes_of(w);
  require_shape(P.n_rows, patch, "fold", "P", "rows", "numbers of a patch");
  require(P.n_cols % places == 0, "fold", "columns");
  mat X(image, P.n_cols / places, arma::fill::zeros), met(size(X), arma::fill::zeros);
  for_all_seen(w, X.n_cols, quirk.way, [&](uword n, uword place, uword entry, uword row) {
    X(row, n) = (quirk.overwrites ? 0 : X(row, n)) + P(entry, place);
    met(row, n) += 1;
  });
  if (quirk.averages) X /= clamp(met, 1, arma::datum::inf);
  return X;
}

#define FOLD_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      fold, "10.5", id, says,       \
      (const Window& window, const mat& P)->mat { return folded(window, P, Folding{__VA_ARGS__}); })

FOLD_MISTAKE("overwrites", "where windows overlap, the last one wins; what should happen where two paths meet?",
             .overwrites = true)
FOLD_MISTAKE("divides-by-overlap", "you average what meets; it should add up", .averages = true)
FOLD_MISTAKE("by-columns", "your patches go back down the image; its pixels run across", .way = {.by_columns = true})
FOLD_MISTAKE("channels-apart",
             "your patch holds first one channel, then the other: a pixel's channels lie side by side",
             .way = {.channels_apart = true})
FOLD_MISTAKE("stride-is-one", "your places lie one pixel apart, whatever the stride", .way = {.stride_one = true})
FOLD_MISTAKE("images-mixed", "all images go back into the first", .way = {.mixed = true})

static void require_filters(const Window& w, const mat& W, const mat& X, std::string_view function) {
  require_window(w, function);
  require_shape(W.n_cols, sizes_of(w).patch, function, "W", "columns", "numbers of a patch");
  require_shape(X.n_rows, sizes_of(w).image, function, "X", "rows", "numbers of the image");
}

static mat sums(const Window& w, const mat& W, const vec& b, const mat& X) {
  require_filters(w, W, X, "conv_forward");
  require_shape(b.n_elem, W.n_rows, "conv_forward", "b", "entries", "rows of W");
  mat Z = W * unfolded(w, X);
  Z.each_col() += b;
  return Z;
}

/// Each filter turned by half a turn, channel by channel.
static mat half_turned(const Window& w, const mat& W) {
  mat turned(size(W));
  const uword all = w.size * w.size;
  for (uword at = 0; at < all; ++at)
    for (uword channel = 0; channel < w.channels; ++channel)
      turned.col((all - 1 - at) * w.channels + channel) = W.col(at * w.channels + channel);
  return turned;
}

#define CONV_MISTAKE(id, says, ...)       \
  MISTAKE(conv_forward, "10.6", id, says, \
          (const Window& window, const mat& W, const vec& b, const mat& X)->mat{__VA_ARGS__})

CONV_MISTAKE("flipped", "your filter is turned by half a turn: slide it as it stands",
             require_filters(window, W, X, "conv_forward");
             return sums(window, half_turned(window, W), b, X);)
CONV_MISTAKE("no-bias", "your filters have no bias", const mat Z = sums(window, W, b, X); return Z.each_col() - b;)
CONV_MISTAKE("images-mixed", "your second image is the first once more", require_filters(window, W, X, "conv_forward");
             return sums(window, W, b, repmat(X.col(0), 1, X.n_cols));)

struct Backward {
  bool db_one_place = false, db_first = false, db_last = false, mean = false, turned_dW = false, turned_dX = false,
       overwrites = false;
};

static DenseGradients slid_back(const Window& w, const mat& W, const mat& X, const mat& dZ, Backward quirk = {}) {
  require_filters(w, W, X, "conv_backward");
  const uword places = sizes_of(w).places;
  require_shape(dZ.n_rows, W.n_rows, "conv_backward", "dZ", "rows", "rows of W");
  require_shape(dZ.n_cols, places * X.n_cols, "conv_backward", "dZ", "columns", "places times images");
  DenseGradients g{dZ * unfolded(w, X).t(), sum(dZ, 1), {}};
  if (quirk.db_one_place) {
    g.db.zeros();
    for (uword n = 0; n < X.n_cols; ++n) g.db += dZ.col(n * places);
  }
  if (quirk.db_first) g.db = dZ.col(0);
  if (quirk.db_last) g.db = dZ.col(dZ.n_cols - 1);
  if (quirk.mean) g.dW /= real(places), g.db /= real(places);
  if (quirk.turned_dW) g.dW = half_turned(w, g.dW);
  g.dX = folded(w, (quirk.turned_dX ? half_turned(w, W) : W).t() * dZ, {.overwrites = quirk.overwrites, .way = {}});
  return g;
}

#define BACKWARD_MISTAKE(id, says, ...)                                                   \
  MISTAKE(                                                                                \
      conv_backward, "10.6", id, says,                                                    \
      (const Window& window, const mat& W, const mat& X, const mat& dZ)->DenseGradients { \
        return slid_back(window, W, X, dZ, Backward{__VA_ARGS__});                        \
      })

BACKWARD_MISTAKE("db-of-one-place", "your filter stands in many places; its bias hears from one", .db_one_place = true)
BACKWARD_MISTAKE("db-of-the-first", "your filter stands in many places; its bias hears from the first of all alone",
                 .db_first = true)
BACKWARD_MISTAKE("db-of-the-last", "your filter stands in many places; its bias hears from the last of all alone",
                 .db_last = true)
BACKWARD_MISTAKE("mean-over-places", "you divide by the places: the mean over samples is in dZ already, and places add",
                 .mean = true)
BACKWARD_MISTAKE("turned-dW", "your filter's slope is turned by half a turn", .turned_dW = true)
BACKWARD_MISTAKE("dX-by-W-turned", "what came from the left goes back to the right: W' and fold, with W as it stands",
                 .turned_dX = true)
BACKWARD_MISTAKE("dX-overwrites", "where windows overlap, your dX keeps the last slope; they should add up",
                 .overwrites = true)

// 10.7

struct Pooling {
  bool from_zero = false, last = false, mean = false, within_image = false, within_square = false, smallest = false,
       overlap = false;
};

static Pooled pool_of(const Window& w, const mat& Z, Pooling quirk = {}) {
  require_window(w, "max_pool");
  const Window next = pooled(w, Z.n_rows);
  const auto places = sizes_of(w).places;
  const uword across = pushed(w.cols, w.size, w.stride, w.padding), pool = w.pool;
  require(Z.n_cols % places == 0, "max_pool", "columns");
  const uword images = Z.n_cols / places;
  Pooled out{mat(Z.n_rows, next.rows * next.cols * images), arma::umat(Z.n_rows, next.rows * next.cols * images)};
  for (uword to = 0; to < out.Z.n_cols; ++to)
    for (uword f = 0; f < Z.n_rows; ++f) {
      const uword n = to / (next.rows * next.cols), r = to % (next.rows * next.cols) / next.cols, c = to % next.cols;
      const uword corner = n * places + r * pool * across + c * (quirk.overlap ? 1 : pool);
      real best = quirk.from_zero ? 0 : Z(f, corner), total = 0;
      uword winner = corner, nth = 0;
      for (uword i = 0; i < pool * pool; ++i) {
        const uword from = corner + i / pool * across + i % pool;
        const real here = Z(f, from);
        total += here;
        if (quirk.smallest ? here < best : quirk.last ? here >= best : here > best) best = here, winner = from, nth = i;
      }
      out.Z(f, to) = quirk.mean ? total / real(pool * pool) : best;
      out.winner(f, to) = quirk.within_square ? nth : quirk.within_image ? winner - n * places : winner;
    }
  return out;
}

#define POOL_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      max_pool, "10.7", id, says,   \
      (const Window& window, const mat& Z)->Pooled { return pool_of(window, Z, Pooling{__VA_ARGS__}); })

POOL_MISTAKE("starts-at-zero", "where all four are negative you say 0: begin with the first of them", .from_zero = true)
POOL_MISTAKE("last-of-equals", "of equal ones the first should win; with you it is the last", .last = true)
POOL_MISTAKE("overlap", "your squares move on by one column and overlap; the next begins where the last one ends",
             .overlap = true)
POOL_MISTAKE("mean-for-max", "you take the mean of the square; it should be the largest", .mean = true)
POOL_MISTAKE("winner-of-the-image", "your winners count within an image; they should be columns of Z, over the batch",
             .within_image = true)
POOL_MISTAKE("winner-of-the-square", "your winners count within their square; they should be columns of Z",
             .within_square = true)
POOL_MISTAKE("smallest", "you take the smallest of the square", .smallest = true)

struct Unpooling {
  bool spread = false, everyone = false, overwrites = false;
};

static mat pool_back(const Window& w, const arma::umat& winner, const mat& dZ, Unpooling quirk = {}) {
  require_window(w, "max_pool_backward");
  require_same_shape(winner, dZ, "max_pool_backward", "winner", "dZ");
  const Window next = pooled(w, dZ.n_rows);
  const uword all = next.rows * next.cols, across = pushed(w.cols, w.size, w.stride, w.padding);
  require(dZ.n_cols % all == 0, "max_pool_backward", "columns");
  mat back(dZ.n_rows, dZ.n_cols / all * sizes_of(w).places, arma::fill::zeros);
  require(winner.max() < back.n_cols, "max_pool_backward", "winner");
  for (uword to = 0; to < dZ.n_cols; ++to) {
    const uword r = to % all / next.cols, c = to % next.cols;
    const uword corner = to / all * sizes_of(w).places + r * w.pool * across + c * w.pool;
    for (uword f = 0; f < dZ.n_rows; ++f)
      if (quirk.spread || quirk.everyone)
        for (uword i = 0; i < w.pool * w.pool; ++i)
          back(f, corner + i / w.pool * across + i % w.pool) = dZ(f, to) / (quirk.spread ? real(w.pool * w.pool) : 1);
      else back(f, winner(f, to)) += dZ(f, to);
  }
  return back;
}

#define UNPOOL_MISTAKE(id, says, ...)                                                                             \
  MISTAKE(                                                                                                        \
      max_pool_backward, "10.7", id, says, (const Window& window, const arma::umat& winner, const mat& dZ)->mat { \
        return pool_back(window, winner, dZ, Unpooling{__VA_ARGS__});                                             \
      })

UNPOOL_MISTAKE("spread", "you share the slope among the square; only one of it was heard", .spread = true)
UNPOOL_MISTAKE("everyone", "you pay the whole square: the slope has grown; only one of it was heard", .everyone = true)

// 10.8

struct Passing {
  bool flatten_apart = false, all_apart = false, no_activation = false, mean = false;
};

/// One column an image, of one column a pixel; `apart`: channel after channel.
static mat as_images(const mat& A, uword images, bool apart = false) {
  if (!apart) return reshape(A, A.n_elem / images, images);
  const uword all = A.n_cols / images;
  mat X(A.n_rows * all, images);
  for (uword n = 0; n < images; ++n) X.col(n) = vectorise(mat(A.cols(n * all, (n + 1) * all - 1)).t());
  return X;
}

static ConvTrace passed(const ConvNetwork& network, const mat& X, Passing quirk = {}) {
  require_shape(network.windows.size(), network.filters.size(), "conv_trace", "windows", "entries", "filter layers");
  ConvTrace trace;
  mat input = X;
  for (uword l = 0; l < network.filters.size(); ++l) {
    const auto& [W, b, activation] = network.filters[l];
    require(activation != Activation::softmax, "conv_trace", "softmax");
    trace.patches.push_back(unfolded(network.windows[l], input));
    trace.pooled.push_back(pool_of(network.windows[l], sums(network.windows[l], W, b, input), {.mean = quirk.mean}));
    const mat& Z = trace.pooled.back().Z;
    trace.A.push_back(quirk.no_activation ? Z : activate(activation, Z));
    input = as_images(trace.A.back(), X.n_cols,
                      quirk.all_apart || (quirk.flatten_apart && l + 1 == network.filters.size()));
  }
  trace.classifier = forward_trace(network.classifier, input);
  return trace;
}

#define PASS_MISTAKE(id, says, ...) \
  MISTAKE(                          \
      conv_trace, "10.8", id, says, \
      (const ConvNetwork& network, const mat& X)->ConvTrace { return passed(network, X, Passing{__VA_ARGS__}); })

PASS_MISTAKE("flatten-transposed",
             "shapes fit, but your classifier sees first one channel, then the next: reshape moves no number",
             .flatten_apart = true)
PASS_MISTAKE("all-transposed",
             "shapes fit, but the next layer sees first one channel, then the next: reshape moves no number",
             .all_apart = true)
PASS_MISTAKE("no-activation", "your filters' sums go on as they are: the activation is missing", .no_activation = true)
PASS_MISTAKE("mean-for-max", "between your layers stands a mean; it should be the largest of each square", .mean = true)

struct Returning {
  bool no_slope = false, slope_of_A = false, no_loss = false, stops = false, first_db = false;
};

static ConvGradients returned(const ConvNetwork& network, const ConvTrace& trace, const mat& X, const mat& T, Loss loss,
                              Returning quirk) {
  const uword layers = network.filters.size();
  const std::vector<mat> deltas = backward_deltas(network.classifier, trace.classifier, T, loss);
  ConvGradients g;
  g.classifier = gradients_of(layers ? as_images(trace.A.back(), X.n_cols) : X, trace.classifier, deltas);
  g.classifier.loss = quirk.no_loss ? 0 : loss_value(loss, trace.classifier.A.back(), T);
  g.filters.dW.resize(layers), g.filters.db.resize(layers);
  mat dA = network.classifier[0].W.t() * deltas[0];
  for (uword l = layers; l-- > 0;) {
    const auto& [W, b, activation] = network.filters[l];
    dA = reshape(dA, size(trace.A[l]));
    const mat& Z = quirk.slope_of_A ? trace.A[l] : trace.pooled[l].Z;
    const mat dPooled = quirk.no_slope ? dA : activation_backward(activation, Z, trace.A[l], dA);
    const mat dZ = pool_back(network.windows[l], trace.pooled[l].winner, dPooled);
    g.filters.dW[l] = dZ * trace.patches[l].t();
    g.filters.db[l] = quirk.first_db ? vec(dZ.col(0)) : vec(sum(dZ, 1));
    dA = folded(network.windows[l], W.t() * dZ, {.overwrites = quirk.stops, .way = {}});
  }
  return g;
}

#define RETURN_MISTAKE(id, says, ...)                                                                              \
  MISTAKE(                                                                                                         \
      conv_backprop, "10.8", id, says,                                                                             \
      (const ConvNetwork& network, const ConvTrace& trace, const mat& X, const mat& T, Loss loss)->ConvGradients { \
        return returned(network, trace, X, T, loss, Returning{__VA_ARGS__});                                       \
      })

RETURN_MISTAKE("no-slope", "your slopes pass the filters' activation as if it were straight: its slope is missing",
               .no_slope = true)
RETURN_MISTAKE("slope-of-A", "activation_backward takes Z first: you give it A in its place", .slope_of_A = true)
RETURN_MISTAKE("no-loss", "your loss is 0: it belongs into classifier.loss", .no_loss = true)
RETURN_MISTAKE("overwrites", "where windows overlap, your slope of the layer below keeps the last one; they add up",
               .stops = true)
RETURN_MISTAKE("db-of-one-place", "your filter stands in many places; its bias hears from one", .first_db = true)

// 10.9

struct Skipping {
  bool filters = true, classifier = true, counts = true, clips = true, decays = true, forgets = false, distorts = true,
       late = false;
};

static ConvState walked(ConvState state, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                        uword steps, Rng& rng, Skipping quirk) {
  require(!batches.empty(), "conv_epoch", "no batches");
  const Options& options = recipe.options;
  const uword first = state.step;
  for (const uvec& indices : batches) {
    const auto& distortion = recipe.regularisation.distortion;
    const Batch batch =
        distortion && quirk.distorts ? gather_distorted(data, indices, *distortion, rng) : gather(data, indices);
    const ConvTrace trace = passed(state.network, batch.X);
    const ConvGradients g = returned(state.network, trace, batch.X, batch.T, options.loss, {});
    const real rate =
        scheduled_rate(recipe.schedule, options.rate, quirk.counts ? state.step + quirk.late : first, steps);
    const auto step = [&](Network& part, Gradients slopes, std::vector<Memory>& memory) {
      if (recipe.clip > 0 && quirk.clips) slopes = clip(std::move(slopes), recipe.clip);
      if (quirk.decays) part = decay_weights(std::move(part), rate, options.weight_decay);
      if (quirk.forgets) memory.clear();
      Optimised next = optimise(std::move(part), slopes, std::move(memory), recipe.method, rate);
      part = std::move(next.network), memory = std::move(next.memory);
    };
    if (quirk.filters) step(state.network.filters, g.filters, state.filters);
    if (quirk.classifier) step(state.network.classifier, g.classifier, state.classifier);
    const real loss = g.classifier.loss;
    state.running_loss = state.step == 0 ? loss : (1 - options.eta) * state.running_loss + options.eta * loss;
    ++state.step;
  }
  return state;
}

#define SKIP_MISTAKE(id, says, ...)                                                                               \
  MISTAKE(                                                                                                        \
      conv_epoch, "10.9", id, says,                                                                               \
      (ConvState state, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe, uword steps, \
       Rng& rng)                                                                                                  \
          ->ConvState { return walked(std::move(state), data, batches, recipe, steps, rng, Skipping{__VA_ARGS__}); })

SKIP_MISTAKE("filters-stand", "your filters never learn: they take a step, too", .filters = false)
SKIP_MISTAKE("classifier-stands", "your classifier never learns: it takes a step, too", .classifier = false)
SKIP_MISTAKE("counts-epochs", "your rate falls once an epoch: how many steps are behind you?", .counts = false)
SKIP_MISTAKE("late", "your rate is that of the next step: count after the step is made", .late = true)
SKIP_MISTAKE("no-distortion", "your images are as they were: take gather_distorted where a distortion is given",
             .distorts = false)
SKIP_MISTAKE("no-clip", "your slopes are never clipped: mind recipe.clip", .clips = false)
SKIP_MISTAKE("no-decay", "your weights do not fade: decay_weights belongs into this epoch, too", .decays = false)
SKIP_MISTAKE("forgets", "each step begins with an empty memory: go on from the last one", .forgets = true)

/// How many of the samples first ... last are read correctly.
static uword read_correctly(const ConvNetwork& network, const Dataset& data, const uvec& heap) {
  const ConvTrace trace = passed(network, gather(data, heap).X);
  const arma::urowvec said = index_max(trace.classifier.A.back(), 0);
  return accu(said.t() == data.labels.elem(heap));
}

MISTAKE(
    conv_accuracy, "10.9", "whole-numbers",
    "you divide whole numbers, and a share below 1 is then 0: make one a real first",
    (const ConvNetwork& network, const Dataset& data, const uvec& indices)->real {
      require(!indices.empty(), "conv_accuracy", "no samples");
      uword right = 0;
      for (uword first = 0; first < indices.n_elem; first += 100)
        right += read_correctly(network, data, indices.subvec(first, std::min(first + 99, indices.n_elem - 1)));
      return real(right / indices.n_elem);
    })
MISTAKE(
    conv_accuracy, "10.9", "mean-of-heaps",
    "you average the heaps; the last one is shorter, and each sample counts once",
    (const ConvNetwork& network, const Dataset& data, const uvec& indices)->real {
      require(!indices.empty(), "conv_accuracy", "no samples");
      real total = 0;
      uword heaps = 0;
      for (uword first = 0; first < indices.n_elem; first += 100, ++heaps) {
        const uvec heap = indices.subvec(first, std::min(first + 99, indices.n_elem - 1));
        total += real(read_correctly(network, data, heap)) / real(heap.n_elem);
      }
      return total / real(heaps);
    })
MISTAKE(
    conv_accuracy, "10.9", "last-heap-lost", "the samples after the last full heap of yours are not read",
    (const ConvNetwork& network, const Dataset& data, const uvec& indices)->real {
      require(!indices.empty(), "conv_accuracy", "no samples");
      uword right = 0;
      for (uword first = 0; first + 100 <= indices.n_elem; first += 100)
        right += read_correctly(network, data, indices.subvec(first, first + 99));
      return real(right) / real(indices.n_elem);
    })
MISTAKE(
    conv_accuracy, "10.9", "heaps-overlap",
    "the first image of a heap was the last one of the heap before: it counts twice",
    (const ConvNetwork& network, const Dataset& data, const uvec& indices)->real {
      require(!indices.empty(), "conv_accuracy", "no samples");
      uword right = 0;
      for (uword first = 0; first < indices.n_elem; first += 100)
        right += read_correctly(network, data, indices.subvec(first, std::min(first + 100, indices.n_elem - 1)));
      return real(right) / real(indices.n_elem);
    })
MISTAKE(
    conv_accuracy, "10.9", "errors", "you count those that are misread",
    (const ConvNetwork& network, const Dataset& data, const uvec& indices)->real {
      require(!indices.empty(), "conv_accuracy", "no samples");
      return 1 - real(read_correctly(network, data, indices)) / real(indices.n_elem);
    })

}  // namespace nn
