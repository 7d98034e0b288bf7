// Lesson 8: your answers. What each function must do stands in nn/generalisation.hpp.
// Put your code where todo(...) stands, then: ./course run 8   or   ctest --preset student -L 08

// Lesson 8, dropout: units that are left out at random while the network learns.
#include "nn/generalisation.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

mat dropout_mask(uword rows, uword cols, real keep, Rng& rng) {
  todo("8.4 dropout mask");
}

Dropped dropout_trace(const Network& network, const mat& X, real keep, Rng& rng) {
  todo("8.5 dropout there and back");
}

std::vector<mat> dropout_deltas(const Network& network, const Dropped& dropped, const mat& T, Loss loss, real keep) {
  todo("8.5 dropout there and back");
}

}  // namespace nn
