// Lesson 9: your answers. What each function must do stands in nn/optimisers.hpp.
// Put your code where todo(...) stands, then: ./course run 9   or   ctest --preset student -L 09

// Lesson 9, search: lines that are walked to their bottom, and an epoch with everything.
#include <cmath>

#include "nn/optimisers.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

real line_search(const std::function<real(real)>& slope, real first, real tolerance) {
  todo("9.8 conjugate gradients");
}

mat conjugate_gradient(const std::function<vec(const vec&)>& gradient, const vec& x0, uword steps, real tolerance) {
  todo("9.8 conjugate gradients");
}

vec flatten(const Network& network) {
  todo("9.9 an epoch with a rule");
}

Network unflatten(Network shape, const vec& numbers) {
  todo("9.9 an epoch with a rule");
}

Gradients gradients_of(const mat& X, const Trace& trace, const std::vector<mat>& deltas) {
  todo("9.9 an epoch with a rule");
}

Progressed optimised_epoch(Progressed from, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                           uword steps, Rng& rng) {
  todo("9.9 an epoch with a rule");
}

}  // namespace nn
