// Lesson 17: your answers. What each function must do stands in nn/parallel.hpp.
// Put your code where todo(...) stands, then: ./course run 17   or   ctest --preset student -L 17

// Lesson 17, one step of many ranks: as if one rank had seen the whole batch.
#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Step parallel_step(Network network, const mat& X, const mat& T, Loss loss, real rate, uword total,
                   const AllReduce& sum) {
  todo("17.6 one step, many ranks");
}

}  // namespace nn
