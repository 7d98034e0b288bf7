// Lesson 13: your answers. What each function must do stands in nn/unsupervised.hpp.
// Put your code where todo(...) stands, then: ./course run 13   or   ctest --preset student -L 13

// Lesson 13, codes: few numbers that hold most of a sample.
#include <algorithm>

#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/unsupervised.hpp"

namespace nn {

Components principal_components(const mat& X, uword k) {
  todo("13.6 principal components");
}

mat reconstruct(const Components& components, const mat& X) {
  todo("13.6 principal components");
}

Network autoencoder(const std::vector<uword>& sizes, Activation hidden, Activation output, Rng& rng) {
  todo("13.7 a narrow middle");
}

mat encode(const Network& network, uword code, const mat& X) {
  todo("13.7 a narrow middle");
}

mat decode(const Network& network, uword code, const mat& H) {
  todo("13.7 a narrow middle");
}

mat corrupt(mat X, real share, Rng& rng) {
  todo("13.8 clean what was soiled");
}

Network train_autoencoder(Network network, const mat& X, real noise, uword epochs, uword size, real rate, Rng& rng) {
  todo("13.8 clean what was soiled");
}

}  // namespace nn
