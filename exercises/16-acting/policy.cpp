// Lesson 16: your answers. What each function must do stands in nn/acting.hpp.
// Put your code where todo(...) stands, then: ./course run 16   or   ctest --preset student -L 16

// Lesson 16, a policy: a network that draws its actions, and does more often what went better than usual.
#include "nn/acting.hpp"
#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Gradients policy_gradient(const Network& policy, const mat& states, const uvec& actions, const vec& advantages) {
  todo("16.4 praise in proportion");
}

Played reinforce(const Game& game, Network policy, const Play& how, Rng& rng) {
  todo("16.5 REINFORCE");
}

}  // namespace nn
