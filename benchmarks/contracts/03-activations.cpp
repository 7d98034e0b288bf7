// Lesson 3: activations, their derivatives, the forward pass.
#include "nn/activations.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

/// phi(Z) in memory that is kept, as a training pass calls it. The copy of Z into that memory is measured too.
template <typename Phi>
void measure_entries(const std::string& name, Phi phi) {
  measure(name, layer_sizes, [phi](benchmark::State& state) {
    Rng rng(1);
    const mat Z = random_normal(size(state), size(state, 1), rng);
    per_second(state, "entries", double(Z.n_elem));
    return [phi, Z, A = mat()]() mutable -> mat& {
      A = Z;
      return A = phi(std::move(A));
    };
  });
}

const Benchmarks activations([] {
  using Phi = mat (*)(mat);
  using LeftPhi = mat (*)(mat, real);
  const std::pair<const char*, Phi> plain[] = {{"3.1 step", step},
                                               {"3.1 sign", sign},
                                               {"3.1 identity", identity},
                                               {"3.2 sigmoid", sigmoid},
                                               {"3.3 tanh", tanh},
                                               {"3.4 relu", relu},
                                               {"3.4 hard_tanh", hard_tanh},
                                               {"3.5 sigmoid_derivative", sigmoid_derivative},
                                               {"3.5 tanh_derivative", tanh_derivative},
                                               {"3.5 relu_derivative", relu_derivative},
                                               {"3.5 hard_tanh_derivative", hard_tanh_derivative},
                                               {"3.6 softmax", softmax}};
  const std::pair<const char*, LeftPhi> with_alpha[] = {{"3.4 leaky_relu", leaky_relu},
                                                        {"3.4 elu", elu},
                                                        {"3.5 leaky_relu_derivative", leaky_relu_derivative},
                                                        {"3.5 elu_derivative", elu_derivative}};
  for (const auto& [name, phi] : plain) measure_entries(name, phi);
  for (const auto& [name, phi] : with_alpha)
    measure_entries(name, [phi = phi](mat Z) { return phi(std::move(Z), real(0.1)); });

  measure("3.7 forward", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const mat X = random_normal(784, size(state, 1), rng);
    per_second(state, "samples", double(X.n_cols));
    return [X, network = digit_network(size(state))] { return forward(network, X); };
  });
  measure("3.8 predict", {{"classes", {10, 100}}, {"batch", {100, 10000}}}, [](benchmark::State& state) {
    Rng rng(1);
    const mat Y = random_uniform(size(state), size(state, 1), 0, 1, rng);
    per_second(state, "samples", double(Y.n_cols));
    return [Y] { return predict(Y); };
  });
});

}  // namespace
}  // namespace nn
