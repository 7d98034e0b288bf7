// Lesson 9: rules, schedules, slopes, norms, searches. Networks are 784-units-10.
#include "nn/optimisers.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Sizes units = {{"units", {30, 100, 800}}};

uvec first(uword n) { return arma::regspace<uvec>(0, n - 1); }

Gradients gradients(const Network& network) {
  Gradients g;
  for (const Layer& layer : network) g.dW.push_back(layer.W), g.db.push_back(layer.b);
  return g;
}

/// A rule's step, again and again, on a first layer of the network.
template <class Step>
void measure_step(const char* name, Step step) {
  measure(name, units, [step](benchmark::State& state) {
    const mat g = digit_network(size(state))[0].W;
    return
        [=, now = Moved{g, {}}]() mutable -> Moved& { return now = step(std::move(now.x), g, std::move(now.memory)); };
  });
}

const Benchmarks rules([] {
  const real rate = real(1e-9), mu = real(0.9), rho = real(0.999), epsilon = real(1e-8);
  measure_step("9.1 momentum_step",
               [=](mat x, const mat& g, Memory m) { return momentum_step(std::move(x), g, std::move(m), rate, mu); });
  measure_step("9.1 nesterov_step",
               [=](mat x, const mat& g, Memory m) { return nesterov_step(std::move(x), g, std::move(m), rate, mu); });
  measure_step("9.2 rmsprop_step", [=](mat x, const mat& g, Memory m) {
    return rmsprop_step(std::move(x), g, std::move(m), rate, rho, epsilon);
  });
  measure_step("9.3 adam_step", [=](mat x, const mat& g, Memory m) {
    return adam_step(std::move(x), g, std::move(m), rate, mu, rho, epsilon);
  });
  measure_step("9.4 take_step",
               [=](mat x, const mat& g, Memory m) { return take_step({}, rate, std::move(x), g, std::move(m)); });
  measure("9.4 optimise", units, [rate](benchmark::State& state) {
    const Network network = digit_network(size(state));
    return [rate, g = gradients(network), now = Optimised{network, {}}]() mutable -> Optimised& {
      return now = optimise(std::move(now.network), g, std::move(now.memory), {.rule = Rule::adam}, rate);
    };
  });
  measure("9.5 scheduled_rate", no_sizes, [](benchmark::State&) {
    return [schedule = Schedule{Decay::cosine, 10}] { return scheduled_rate(schedule, 1, 50, 100); };
  });
  measure("9.5 gradient_norm", units, [](benchmark::State& state) {
    return [g = gradients(digit_network(size(state)))] { return gradient_norm(g); };
  });
  measure("9.5 clip", units, [](benchmark::State& state) {
    return [g = gradients(digit_network(size(state)))]() mutable -> Gradients& {
      return g = clip(std::move(g), real(0.5));
    };
  });
});

const Benchmarks depth([] {
  measure("9.6 slope_norms", layer_sizes, [](benchmark::State& state) {
    const Batch batch = gather(noise_images(size(state, 1)), first(size(state, 1)));
    per_second(state, "samples", double(size(state, 1)));
    return [batch, network = digit_network(size(state))] {
      return slope_norms(network, batch.X, batch.T, Loss::cross_entropy);
    };
  });
  measure("9.6 dead_units", layer_sizes, [](benchmark::State& state) {
    return [X = gather(noise_images(size(state, 1)), first(size(state, 1))).X, network = digit_network(size(state))] {
      return dead_units(network, X);
    };
  });
  const Sizes samples = {{"samples", {100, 1000}}};
  measure("9.6 scaling_of", samples, [](benchmark::State& state) {
    return [X = gather(noise_images(size(state)), first(size(state))).X] { return scaling_of(X); };
  });
  measure("9.6 standardise", samples, [](benchmark::State& state) {
    const mat X = gather(noise_images(size(state)), first(size(state))).X;
    return [scaling = scaling_of(X), now = X]() mutable -> mat& { return now = standardise(std::move(now), scaling); };
  });
  measure("9.7 batch_norm", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const vec ones(size(state), arma::fill::ones);
    return [=, Z = random_normal(size(state), size(state, 1), rng)] { return batch_norm(Z, ones, ones, real(1e-5)); };
  });
  measure("9.7 batch_norm_backward", layer_sizes, [](benchmark::State& state) {
    Rng rng(1);
    const vec ones(size(state), arma::fill::ones);
    const mat Z = random_normal(size(state), size(state, 1), rng);
    return [=, n = batch_norm(Z, ones, ones, real(1e-5))] { return batch_norm_backward(n, ones, Z, real(1e-5)); };
  });
  measure("9.7 fold_norm", units, [](benchmark::State& state) {
    const vec ones(size(state), arma::fill::ones);
    return [=, now = digit_network(size(state))[0]]() mutable -> Layer& {
      return now = fold_norm(std::move(now), ones, ones, ones, ones, 0);
    };
  });
});

const Benchmarks search([] {
  measure("9.8 line_search", no_sizes, [](benchmark::State&) {
    return [slope = std::function<real(real)>([](real t) { return t * t * t - 8; })] {
      return line_search(slope, real(0.1), real(0.01));
    };
  });
  measure("9.8 conjugate_gradient", {{"numbers", {10, 100}}}, [](benchmark::State& state) {
    const vec scale = arma::linspace<vec>(1, 10, size(state)), start(size(state), arma::fill::ones);
    return [=, gradient = std::function<vec(const vec&)>([=](const vec& x) -> vec { return scale % x; })] {
      return conjugate_gradient(gradient, start, 4, real(0.1));
    };
  });
  measure("9.9 flatten", units,
          [](benchmark::State& state) { return [network = digit_network(size(state))] { return flatten(network); }; });
  measure("9.9 unflatten", units, [](benchmark::State& state) {
    return [network = digit_network(size(state)), numbers = flatten(digit_network(size(state)))] {
      return unflatten(network, numbers);
    };
  });
  measure("9.9 gradients_of", layer_sizes, [](benchmark::State& state) {
    const Network network = digit_network(size(state));
    const Batch batch = gather(noise_images(size(state, 1)), first(size(state, 1)));
    const Trace trace = forward_trace(network, batch.X);
    per_second(state, "samples", double(size(state, 1)));
    return [=, deltas = backward_deltas(network, trace, batch.T, Loss::cross_entropy)] {
      return gradients_of(batch.X, trace, deltas);
    };
  });
  for (const auto& [name, rule] : {std::pair<const char*, Rule>{"9.9 optimised_epoch descent", Rule::descent},
                                   {"9.9 optimised_epoch momentum", Rule::momentum},
                                   {"9.9 optimised_epoch adam", Rule::adam}})
    measure(name, units, [rule = rule](benchmark::State& state) {
      per_second(state, "samples", 1000);
      Rng rng(1);
      Recipe recipe;
      recipe.options.rate = real(1e-3), recipe.method.rule = rule;
      const std::vector<uvec> batches = shuffled_batches(first(1000), 100, rng);
      return [=, data = noise_images(1000), network = digit_network(size(state))]() mutable {
        return optimised_epoch({{network, {}}, 0, 0}, data, batches, recipe, 10, rng);
      };
    });
});

}  // namespace
}  // namespace nn
