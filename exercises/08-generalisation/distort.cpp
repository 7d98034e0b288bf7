// Lesson 8: your answers. What each function must do stands in nn/generalisation.hpp.
// Put your code where todo(...) stands, then: ./course run 8   or   ctest --preset student -L 08

// Lesson 8, distorted images: new samples from old ones.
#include <cmath>

#include "nn/generalisation.hpp"
#include "nn/support/image.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real between(const mat& image, real row, real col) {
  todo("8.6 between pixels");
}

mat warp(const mat& image, const Field& from) {
  todo("8.6 between pixels");
}

Field affine_field(uword rows, uword cols, const Affine& affine) {
  todo("8.6 between pixels");
}

Field elastic_field(uword rows, uword cols, real pixels, uword grid, Rng& rng) {
  todo("8.7 distorted batches");
}

Batch gather_distorted(const Dataset& data, const uvec& indices, const Distortion& distortion, Rng& rng) {
  todo("8.7 distorted batches");
}

}  // namespace nn
