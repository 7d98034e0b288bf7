// Lesson 14: your answers. What each function must do stands in nn/energy.hpp.
// Put your code where todo(...) stands, then: ./course run 14   or   ctest --preset student -L 14

// Lesson 14, dreams: a machine whose units are drawn, and that learns until its dreams look like its days.
#include "nn/activations.hpp"
#include "nn/energy.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/shape.hpp"
#include "nn/support/todo.hpp"
#include "nn/training.hpp"

namespace nn {

mat hidden(const Rbm& r, const mat& V) {
  todo("14.5 a machine with chance");
}

mat visible(const Rbm& r, const mat& H) {
  todo("14.5 a machine with chance");
}

mat draw(const mat& P, Rng& rng) {
  todo("14.5 a machine with chance");
}

rowvec free_energy(const Rbm& r, const mat& V) {
  todo("14.6 its energy");
}

Rbm start_rbm(const mat& V, uword m, Rng& rng) {
  todo("14.7 contrastive divergence");
}

Rbm contrastive_divergence(const Rbm& r, const mat& V, uword k, Rng& rng) {
  todo("14.7 contrastive divergence");
}

Rbm train_rbm(Rbm r, const mat& V, uword k, uword epochs, uword size, real rate, Rng& rng) {
  todo("14.7 contrastive divergence");
}

std::vector<Rbm> stack(const mat& V, const std::vector<uword>& sizes, uword epochs, uword size, real rate, Rng& rng) {
  todo("14.8 a good start");
}

Network pretrained(const std::vector<Rbm>& machines, uword classes, Rng& rng) {
  todo("14.8 a good start");
}

}  // namespace nn
