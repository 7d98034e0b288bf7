// Lesson 10: the same stroke, found at every place. Filters that slide over an image, and a network that learns them.
//
//   correlation:  y(r, c) = sum over i, j of k(i, j) x(r + i, c + j)        [lecture 12, "the simplest convolution"]
//   layer:        Z = W unfold(X) + b, a column a place                     [lecture 12, "shared weights"]
//   pooling:      the largest of pool x pool places                         [lecture 12, "max-subsampling"]
//
//   m  filters     N  images     places  where a filter may stand: across times down
//   An image is a column, pixel after pixel, row by row, the channels of a pixel side by side (nn/support/window.hpp).
//
//   Window w{.rows = 28, .cols = 28, .size = 5, .pool = 2};
//   Pooled pooled = max_pool(w, conv_forward(w, layer.W, layer.b, X));
//   Window next = next_window(w, layer.W.n_rows);      // 12 x 12, a channel a filter
#pragma once

#include "nn/multilayer.hpp"
#include "nn/optimisers.hpp"
#include "nn/support/window.hpp"

namespace nn {

/// 10.1  The convolution of x (n) and k (m), n + m - 1 entries: y(i) = sum over j of k(j) x(i - j), where both are.
/// Throws std::invalid_argument when x or k is empty. [lecture 12, "the simplest convolution"]
[[nodiscard]] vec convolve(const vec& x, const vec& k);
/// 10.1  The correlation where k lies inside x, n - m + 1 entries: y(i) = sum over j of k(j) x(i + j).
/// Throws std::invalid_argument when k is empty or longer than x.
[[nodiscard]] vec correlate(const vec& x, const vec& k);

/// 10.2  exp(-i^2 / (2 sigma^2)) for i = -radius ... radius, divided by their sum. [lecture 12, "Gauss filter"]
/// Throws std::invalid_argument unless sigma > 0.
[[nodiscard]] vec gaussian(real sigma, uword radius);
/// 10.2  The correlation of an image with a kernel whose middle stands on each pixel in turn; outside the image is 0.
/// Has the image's shape. Throws std::invalid_argument unless the kernel's sides are odd. [lecture 12, "denoising"]
[[nodiscard]] mat filter_image(const mat& image, const mat& kernel);

/// 10.3  At how many places a filter of `size` may stand along n pixels with `padding` zeros at either end:
/// (n + 2 padding - size) / stride + 1, rounded down. Throws std::invalid_argument when it is longer than that, or the
/// stride or the size is 0.
[[nodiscard]] uword places_along(uword n, uword size, uword stride, uword padding);
/// 10.3  What the next layer sees of `filters` filters: places divided by pool, a channel a filter; size, stride,
/// padding and pool stay. Throws std::invalid_argument when the pool does not divide the places.
[[nodiscard]] Window next_window(const Window& window, uword filters);

/// Weights and biases between an image and all places of some filters.
struct Counts {
  uword dense = 0;   ///< every place sees every pixel
  uword local = 0;   ///< every place sees its window, with weights of its own
  uword shared = 0;  ///< all places of a filter share its weights
};
/// 10.3  How many numbers each way needs, before pooling. [lecture 12, "locally connected", "shared weights"]
[[nodiscard]] Counts count_weights(const Window& window, uword filters);

/// 10.4  What each place of each image sees, a column each: patch x (places * N), patch = size * size * channels in the
/// order of the image's memory; places row by row, image after image; padding reads 0.
/// Throws std::invalid_argument when X has not window.pixels() rows, or the window does not fit.
[[nodiscard]] mat unfold(const Window& window, const mat& X);
/// 10.5  The way back: pixels x N, where each number of P (patch x (places * N)) is added to the pixel that unfold read
/// it from. The transpose of unfold: sum of unfold(X) . P = sum of X . fold(P).
/// Throws std::invalid_argument when P is not what unfold would give.
[[nodiscard]] mat fold(const Window& window, const mat& P);

/// 10.6  W unfold(X) + b for filters W (m x patch): m x (places * N), one column a pixel of the next layer's images.
/// Throws std::invalid_argument when W, b and X do not fit the window.
[[nodiscard]] mat conv_forward(const Window& window, const mat& W, const vec& b, const mat& X);
/// 10.6  Backward through it, dZ m x (places * N): dW and db as in 6.2, summed over all places, dX in the shape of X.
/// Throws std::invalid_argument as conv_forward does.
[[nodiscard]] DenseGradients conv_backward(const Window& window, const mat& W, const mat& X, const mat& dZ);

/// The largest of each square, and where it stood.
struct Pooled {
  mat Z;              ///< m x (places * N / pool^2)
  arma::umat winner;  ///< of the same shape: the column of the unpooled Z that it came from
};
/// 10.7  The largest of each pool x pool places of each filter; of equal ones the first, row by row. Z is
/// m x (places * N). Throws std::invalid_argument when the pool does not divide the places, or they do not fit Z.
[[nodiscard]] Pooled max_pool(const Window& window, const mat& Z);
/// 10.7  Each slope goes to the place that won, the others get 0: m x (places * N). Throws std::invalid_argument when
/// the shapes differ, their columns are not those of whole images, or a winner is none of the places.
[[nodiscard]] mat max_pool_backward(const Window& window, const arma::umat& winner, const mat& dZ);

/// Layers of filters, and a network of lesson 3 that reads what they say, one column an image.
struct ConvNetwork {
  Network filters;              ///< W is m x patch
  std::vector<Window> windows;  ///< one for each layer of filters
  Network classifier;
};

/// All that a forward pass computed.
struct ConvTrace {
  std::vector<mat> patches;    ///< unfold of each layer's input
  std::vector<Pooled> pooled;  ///< the sums of the filters, pooled
  std::vector<mat> A;          ///< outputs, m x (pooled places * N)
  Trace classifier;
};
/// 10.8  Layer by layer unfold, product, pool, activation (which never falls: pooling first gives the same for a
/// quarter of the work), then the classifier's forward_trace (6.4). X is pixels x N.
/// Throws std::invalid_argument when windows, filters and classifier do not fit, or a filter layer is a softmax.
[[nodiscard]] ConvTrace conv_trace(const ConvNetwork& network, const mat& X);

/// Slopes of both parts; the loss is in classifier.loss, and filters.loss stays 0.
struct ConvGradients {
  Gradients filters, classifier;
};
/// 10.8  Loss and slopes of every W and b. X is read only where there are no filters: their patches are in the trace.
/// Throws std::invalid_argument as backward_deltas (6.6) does.
[[nodiscard]] ConvGradients conv_backprop(const ConvNetwork& network, const ConvTrace& trace, const mat& X,
                                          const mat& T, Loss loss);

/// A training under way.
struct ConvState {
  ConvNetwork network;
  std::vector<Memory> filters, classifier;  ///< what the method remembers of either
  uword step = 0;
  real running_loss = 0;
};
/// 10.9  optimised_epoch (9.9) for such a network; each part is clipped by its own norm, and nothing is dropped: `keep`
/// is ignored. Throws std::invalid_argument as its parts do, and when there are no batches.
[[nodiscard]] ConvState conv_epoch(ConvState state, const Dataset& data, const std::vector<uvec>& batches,
                                   const Recipe& recipe, uword steps, Rng& rng);
/// 10.9  The fraction of the samples `indices` that is read correctly, in heaps of 100.
/// Throws std::invalid_argument when there are none.
[[nodiscard]] real conv_accuracy(const ConvNetwork& network, const Dataset& data, const uvec& indices);

}  // namespace nn
