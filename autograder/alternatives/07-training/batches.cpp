// Another complete answer.
// Good here: gather is two functions that exist already, one_hot and scale_pixels.
// Good in ours: a batch is written into memory that is there, and nothing is copied twice.
#include "nn/losses.hpp"
#include "nn/training.hpp"

namespace nn {

mat scale_pixels(const bytes& images) {
  mat X(images.n_rows, images.n_cols);
  for (uword i = 0; i < images.n_elem; ++i) X(i) = real(images(i)) / real(255);
  return X;
}

Batch gather(const Dataset& data, const uvec& indices, Batch) {
  if (!indices.empty() && indices.max() >= data.size()) throw std::invalid_argument("gather: no such sample");
  return {scale_pixels(data.images.cols(indices)), one_hot(data.labels(indices), data.classes)};
}

/// Moves one sample after the other from training to the held-out part.
Split split(uword n, real fraction, Rng& rng) {
  if (!(fraction >= 0) || fraction >= 1) throw std::invalid_argument("split: no such fraction");
  std::vector<uword> train, held_out;
  for (uword i = 0; i < n; ++i) train.push_back(i);
  for (uword left = uword(std::floor(fraction * real(n) + real(0.5))); left > 0; --left) {
    const auto chosen = train.begin() + std::ptrdiff_t(rng.below(train.size()));
    held_out.push_back(*chosen);
    train.erase(chosen);
  }
  if (train.empty()) throw std::invalid_argument("split: nothing left");
  return {uvec(train), uvec(held_out)};
}

/// Sorts by random keys.
std::vector<uvec> shuffled_batches(const uvec& indices, uword size, Rng& rng) {
  if (size == 0) throw std::invalid_argument("shuffled_batches: no size");
  const arma::vec keys = arma::conv_to<arma::vec>::from(random_uniform(indices.n_elem, 1, 0, 1, rng));
  const uvec order = indices(sort_index(keys));
  std::vector<std::vector<uword>> heaps((order.n_elem + size - 1) / size);
  for (uword i = 0; i < order.n_elem; ++i) heaps[i / size].push_back(order(i));
  return {heaps.begin(), heaps.end()};
}

}  // namespace nn
