// Lesson 16: your answers. What each function must do stands in nn/acting.hpp.
// Put your code where todo(...) stands, then: ./course run 16   or   ctest --preset student -L 16

// Lesson 16, rivals: a forger and a judge, who learn from each other.
#include "nn/acting.hpp"
#include "nn/support/term.hpp"
#include "nn/support/todo.hpp"
#include "nn/training.hpp"

namespace nn {

Rivals rivals(uword noise, uword m, Rng& rng) {
  todo("16.8 two players, one graph");
}

Rivals train_rivals(Rivals r, const std::vector<mat>& real_points, real rate, Rng& rng) {
  todo("16.9 each moves only its own");
}

}  // namespace nn
