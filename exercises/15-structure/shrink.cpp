// Lesson 15: your answers. What each function must do stands in nn/structure.hpp.
// Put your code where todo(...) stands, then: ./course run 15   or   ctest --preset student -L 15

// Lesson 15, smaller: weights and units that hardly matter go, and what is left learns on.
#include "nn/structure.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

std::vector<mat> magnitude_masks(const Network& network, real share, bool everywhere) {
  todo("15.1 which weights go");
}

Network masked(Network network, const std::vector<mat>& masks) {
  todo("15.1 which weights go");
}

Network retrain(Network network, const std::vector<mat>& masks, const Dataset& data, const std::vector<uvec>& batches,
                const Options& options) {
  todo("15.2 train what is left");
}

vec importance(const Network& network, uword layer) {
  todo("15.3 whole units");
}

Network remove_units(Network network, uword layer, const uvec& kept) {
  todo("15.3 whole units");
}

real zero_share(const Network& network) {
  todo("15.4 how much is left");
}

}  // namespace nn
