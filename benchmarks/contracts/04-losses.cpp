// Lesson 4: losses and their gradients.
#include "nn/losses.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Sizes loss_sizes = {{"classes", {10, 100, 800}}, {"batch", {100}}};
const Sizes score_sizes = {{"samples", {100, 1000, 10000}}};

/// Losses, and gradients, of columns of probabilities against targets.
template <typename Result>
void measure_losses(std::initializer_list<std::pair<const char*, Result (*)(const mat&, const mat&)>> losses) {
  for (const auto& [name, loss] : losses)
    measure(name, loss_sizes, [loss = loss](benchmark::State& state) {
      Rng rng(1);
      mat P = random_uniform(size(state), size(state, 1), real(0.1), 1, rng);
      P.each_row() /= rowvec(sum(P, 0));
      per_second(state, "entries", double(P.n_elem));
      return [loss, P, T = some_targets(P.n_rows, P.n_cols)] { return loss(P, T); };
    });
}

/// The same for scores against labels of -1 and +1.
template <typename Result>
void measure_scores(std::initializer_list<std::pair<const char*, Result (*)(const rowvec&, const rowvec&)>> losses) {
  for (const auto& [name, loss] : losses)
    measure(name, score_sizes, [loss = loss](benchmark::State& state) {
      Rng rng(1);
      const rowvec z = random_normal(1, size(state), rng), y = arma::sign(rowvec(random_normal(1, size(state), rng)));
      per_second(state, "samples", double(z.n_elem));
      return [loss, z, y] { return loss(z, y); };
    });
}

const Benchmarks losses([] {
  measure_losses<real>({{"4.1 mean_squared_error", mean_squared_error},
                        {"4.2 classification_error", classification_error},
                        {"4.4 cross_entropy", cross_entropy},
                        {"4.5 binary_cross_entropy", binary_cross_entropy},
                        {"4.6 softmax_cross_entropy", softmax_cross_entropy}});
  measure_losses<mat>({{"4.8 mean_squared_error_gradient", mean_squared_error_gradient},
                       {"4.8 cross_entropy_gradient", cross_entropy_gradient},
                       {"4.8 binary_cross_entropy_gradient", binary_cross_entropy_gradient},
                       {"4.8 softmax_cross_entropy_gradient", softmax_cross_entropy_gradient}});
  measure_scores<real>(
      {{"4.6 logistic_loss", logistic_loss}, {"4.7 hinge", hinge}, {"4.7 perceptron_criterion", perceptron_criterion}});
  measure_scores<rowvec>({{"4.8 logistic_loss_gradient", logistic_loss_gradient},
                          {"4.8 hinge_gradient", hinge_gradient},
                          {"4.8 perceptron_criterion_gradient", perceptron_criterion_gradient}});
  measure("4.3 one_hot", {{"classes", {10, 100}}, {"samples", {100, 10000}}}, [](benchmark::State& state) {
    const uword k = size(state), n = size(state, 1);
    uvec labels(n);
    for (uword j = 0; j < n; ++j) labels(j) = j % k;
    per_second(state, "samples", double(n));
    return [labels, k] { return one_hot(labels, k); };
  });
});

}  // namespace
}  // namespace nn
