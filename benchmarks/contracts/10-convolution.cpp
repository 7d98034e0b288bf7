// Lesson 10: filters, windows, and the two layers of filters of its capstone. Images are 28 x 28.
#include "nn/convolution.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Sizes filters_and_batch = {{"filters", {8, 16}}, {"batch", {50}}};

uvec first(uword n) { return arma::regspace<uvec>(0, n - 1); }

Window digits_window() { return {28, 28, 1, 5, 1, 0, 2}; }

ConvNetwork small_network(Rng& rng) {
  const Window second = next_window(digits_window(), 8);
  return {{he_init(8, 25, Activation::relu, rng), he_init(16, second.patch(), Activation::relu, rng)},
          {digits_window(), second},
          {he_init(128, next_window(second, 16).pixels(), Activation::relu, rng),
           he_init(10, 128, Activation::softmax, rng)}};
}

const Benchmarks filters([] {
  for (const auto& [name, slide] : {std::pair<const char*, vec (*)(const vec&, const vec&)>{"10.1 convolve", convolve},
                                    {"10.1 correlate", correlate}})
    measure(name, {{"numbers", {1000, 10000}}, {"kernel", {9}}}, [slide = slide](benchmark::State& state) {
      Rng rng(1);
      const vec x = random_normal(size(state), 1, rng), k = random_normal(size(state, 1), 1, rng);
      return [=] { return slide(x, k); };
    });
  measure("10.2 gaussian", {{"radius", {3, 30}}}, [](benchmark::State& state) {
    return [radius = size(state)] { return gaussian(real(radius) / 3, radius); };
  });
  measure("10.2 filter_image", {{"side", {28, 112}}, {"kernel", {3, 7}}}, [](benchmark::State& state) {
    Rng rng(1);
    const mat image = random_normal(size(state), size(state), rng),
              kernel = random_normal(size(state, 1), size(state, 1), rng);
    return [=] { return filter_image(image, kernel); };
  });
  measure("10.3 places_along", no_sizes, [](benchmark::State&) { return [] { return places_along(28, 5, 1, 0); }; });
  measure("10.3 next_window", no_sizes,
          [](benchmark::State&) { return [window = digits_window()] { return next_window(window, 8); }; });
  measure("10.3 count_weights", no_sizes,
          [](benchmark::State&) { return [window = digits_window()] { return count_weights(window, 8); }; });
});

/// A layer of filters of 5 x 5 on digits, and what it sees and says.
struct Layered {
  mat W, X, Z;
  vec b;
};

Layered layered(const benchmark::State& state) {
  Rng rng(1);
  const Window w = digits_window();
  return {random_normal(size(state), w.patch(), rng), random_normal(w.pixels(), size(state, 1), rng),
          random_normal(size(state), 24 * 24 * size(state, 1), rng), vec(size(state), arma::fill::zeros)};
}

const Benchmarks windows([] {
  const Sizes batch = {{"batch", {10, 50}}};
  measure("10.4 unfold", batch, [](benchmark::State& state) {
    Rng rng(1);
    per_second(state, "samples", double(size(state)));
    return [w = digits_window(), X = random_normal(784, size(state), rng)] { return unfold(w, X); };
  });
  measure("10.5 fold", batch, [](benchmark::State& state) {
    Rng rng(1);
    per_second(state, "samples", double(size(state)));
    return [w = digits_window(), P = random_normal(25, 24 * 24 * size(state), rng)] { return fold(w, P); };
  });
  measure("10.6 conv_forward", filters_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [w = digits_window(), l = layered(state)] { return conv_forward(w, l.W, l.b, l.X); };
  });
  measure("10.6 conv_backward", filters_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [w = digits_window(), l = layered(state)] { return conv_backward(w, l.W, l.X, l.Z); };
  });
  measure("10.7 max_pool", filters_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [w = digits_window(), Z = layered(state).Z] { return max_pool(w, Z); };
  });
  measure("10.7 max_pool_backward", filters_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [w = digits_window(), pooled = max_pool(digits_window(), layered(state).Z)] {
      return max_pool_backward(w, pooled.winner, pooled.Z);
    };
  });
});

const Benchmarks networks([] {
  const Sizes batch = {{"batch", {10, 50, 100}}};
  measure("10.8 conv_trace", batch, [](benchmark::State& state) {
    Rng rng(1);
    per_second(state, "samples", double(size(state)));
    return [network = small_network(rng), X = gather(noise_images(size(state)), first(size(state))).X] {
      return conv_trace(network, X);
    };
  });
  measure("10.8 conv_backprop", batch, [](benchmark::State& state) {
    Rng rng(1);
    const ConvNetwork network = small_network(rng);
    const Batch samples = gather(noise_images(size(state)), first(size(state)));
    per_second(state, "samples", double(size(state)));
    return [=, trace = conv_trace(network, samples.X)] {
      return conv_backprop(network, trace, samples.X, samples.T, Loss::cross_entropy);
    };
  });
  measure("10.9 conv_epoch", no_sizes, [](benchmark::State& state) {
    per_second(state, "samples", 500);
    Rng rng(1);
    Recipe recipe;
    recipe.options.rate = real(1e-3), recipe.method.rule = Rule::adam;
    const std::vector<uvec> batches = shuffled_batches(first(500), 50, rng);
    return [=, data = noise_images(500), network = small_network(rng)]() mutable {
      return conv_epoch({network, {}, {}, 0, 0}, data, batches, recipe, 10, rng);
    };
  });
  measure("10.9 conv_accuracy", no_sizes, [](benchmark::State& state) {
    per_second(state, "samples", 500);
    Rng rng(1);
    return
        [data = noise_images(500), network = small_network(rng)] { return conv_accuracy(network, data, first(500)); };
  });
});

}  // namespace
}  // namespace nn
