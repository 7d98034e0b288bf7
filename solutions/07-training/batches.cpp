// Lesson 7, the data: pixels to numbers, who is held out, which batch comes next.
#include <algorithm>
#include <cmath>

#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/training.hpp"

namespace nn {

mat scale_pixels(const bytes& images) {
  //> 7.1
  return arma::conv_to<mat>::from(images) / 255;
  //<
}

Batch gather(const Dataset& data, const uvec& indices, Batch reuse) {
  //> 7.1
  auto& [X, T] = reuse;
  X.set_size(data.images.n_rows, indices.n_elem);
  T.zeros(data.classes, indices.n_elem);
  for (uword j = 0; j < indices.n_elem; ++j) {
    const uword i = indices(j);
    if (i >= data.size())  // in a warm batch not even a message is made
      throw std::invalid_argument("gather: index " + std::to_string(i) + " is not below " +
                                  std::to_string(data.size()));
    std::transform(data.images.begin_col(i), data.images.end_col(i), X.begin_col(j),
                   [](auto p) { return p * (1 / real(255)); });
    T(data.labels(i), j) = 1;
  }
  return reuse;
  //<
}

Split split(uword n, real fraction, Rng& rng) {
  //> 7.2
  require(0 <= fraction && fraction < 1, "split",
          "the fraction is " + std::to_string(fraction) + ", expected 0 <= fraction < 1");
  const uword held_out = uword(std::lround(fraction * n));
  require(held_out < n, "split", "no sample is left for training");
  const uvec order = random_permutation(n, rng);
  return {order.tail(n - held_out), order.head(held_out)};
  //<
}

std::vector<uvec> shuffled_batches(const uvec& indices, uword size, Rng& rng) {
  //> 7.3
  require(size > 0, "shuffled_batches", "the batch size is 0, expected at least 1");
  const uvec shuffled = indices(random_permutation(indices.n_elem, rng));
  std::vector<uvec> batches;
  for (uword i = 0; i < shuffled.n_elem; i += size)
    batches.push_back(shuffled.subvec(i, std::min(i + size, shuffled.n_elem) - 1));
  return batches;
  //<
}

}  // namespace nn
