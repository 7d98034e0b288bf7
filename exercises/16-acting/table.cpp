// Lesson 16: your answers. What each function must do stands in nn/acting.hpp.
// Put your code where todo(...) stands, then: ./course run 16   or   ctest --preset student -L 16

// Lesson 16, a table: what an action earned, what it is worth, and when to try another one.
#include "nn/acting.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

vec returns(const vec& rewards, real gamma) {
  todo("16.1 what an action earned");
}

uword draw_action(const vec& p, Rng& rng) {
  todo("16.1 what an action earned");
}

uword epsilon_greedy(const vec& q, real epsilon, Rng& rng) {
  todo("16.1 what an action earned");
}

mat q_update(mat Q, uword state, uword action, const Turn& turn, uword next, real rate, real gamma) {
  todo("16.2 one entry of a table");
}

mat learn_table(const Game& game, const Play& how, Rng& rng) {
  todo("16.3 a table learns a grid");
}

}  // namespace nn
