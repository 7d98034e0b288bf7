// Lesson 8: your answers. What each function must do stands in nn/generalisation.hpp.
// Put your code where todo(...) stands, then: ./course run 8   or   ctest --preset student -L 08

// Lesson 8, together: many networks that answer as one, and an epoch with all of it.
#include "nn/generalisation.hpp"

#include "nn/activations.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"

namespace nn {

uvec bootstrap(const uvec& indices, Rng& rng) {
  todo("8.8 many heads");
}

mat average_output(const std::vector<Network>& networks, const mat& X) {
  todo("8.8 many heads");
}

Epoch regularised_epoch(Network network, const Dataset& data, const std::vector<uvec>& batches, const Options& options,
                        const Regularisation& regularisation, Rng& rng, std::optional<real> running_loss) {
  todo("8.9 an epoch with all of it");
}

}  // namespace nn
