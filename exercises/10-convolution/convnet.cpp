// Lesson 10: your answers. What each function must do stands in nn/convolution.hpp.
// Put your code where todo(...) stands, then: ./course run 10   or   ctest --preset student -L 10

// Lesson 10, the network: filters that learn, and what reads them.
#include "nn/convolution.hpp"
#include "nn/support/activate.hpp"
#include "nn/support/todo.hpp"

namespace nn {

ConvTrace conv_trace(const ConvNetwork& network, const mat& X) {
  todo("10.8 the whole network");
}

ConvGradients conv_backprop(const ConvNetwork& network, const ConvTrace& trace, const mat& X, const mat& T, Loss loss) {
  todo("10.8 the whole network");
}

ConvState conv_epoch(ConvState state, const Dataset& data, const std::vector<uvec>& batches, const Recipe& recipe,
                     uword steps, Rng& rng) {
  todo("10.9 an epoch");
}

real conv_accuracy(const ConvNetwork& network, const Dataset& data, const uvec& indices) {
  todo("10.9 an epoch");
}

}  // namespace nn
