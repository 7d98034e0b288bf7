// Lesson 14: your answers. What each function must do stands in nn/energy.hpp.
// Put your code where todo(...) stands, then: ./course run 14   or   ctest --preset student -L 14

// Lesson 14, memory: patterns are valleys, and a damaged one rolls down into its own.
#include <cmath>

#include "nn/energy.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real energy(const mat& W, const vec& s) {
  todo("14.1 a valley for each pattern");
}

mat store(const mat& P) {
  todo("14.1 a valley for each pattern");
}

mat store_projection(const mat& P) {
  todo("14.2 patterns that are alike");
}

vec recall(const mat& W, vec s, Rng& rng, uword sweeps) {
  todo("14.3 recall");
}

real remembered(uword n, uword p, real flipped, Rng& rng) {
  todo("14.4 how much fits");
}

}  // namespace nn
