// Lesson 13: your answers. What each function must do stands in nn/unsupervised.hpp.
// Put your code where todo(...) stands, then: ./course run 13   or   ctest --preset student -L 13

// Lesson 13, prototypes: centres that stand for the samples around them, and bumps on top of these.
#include <cmath>

#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

mat distances(const mat& C, const mat& X) {
  todo("13.1 who is near");
}

uvec nearest(const mat& C, const mat& X) {
  todo("13.1 who is near");
}

mat compete(mat C, const mat& X, const uvec& order, real rate) {
  todo("13.2 the winner learns");
}

Clusters k_means(const mat& X, mat C, uword steps) {
  todo("13.3 k-means");
}

real rbf_width(const mat& C) {
  todo("13.4 bumps");
}

mat rbf(const mat& C, real width, const mat& X) {
  todo("13.4 bumps");
}

real separable_share(uword n, uword d) {
  todo("13.4 bumps");
}

Layer rbf_fit(const mat& Phi, const mat& T, real ridge) {
  todo("13.5 the second layer has a teacher");
}

}  // namespace nn
