// Lesson 17: your answers. What each function must do stands in nn/parallel.hpp.
// Put your code where todo(...) stands, then: ./course run 17   or   ctest --preset student -L 17

// Lesson 17, fewer and smaller messages: steps of one's own between two averages, and the largest entries alone.
#include "nn/parallel.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

Network average(const std::vector<Network>& networks, const vec& weights) {
  todo("17.8 fewer messages");
}

Network local_steps(Network network, const std::vector<Batch>& mine, Loss loss, real rate, uword every,
                    const AllReduce& sum, uword ranks) {
  todo("17.8 fewer messages");
}

Compressed top_k(const vec& gradient, const vec& residual, uword k) {
  todo("17.9 smaller messages");
}

}  // namespace nn
