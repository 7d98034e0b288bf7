// Lesson 14: memories of n units, and machines that see digits of 28 x 28.
#include "nn/energy.hpp"

#include "benchmarks/contracts/bench.hpp"

namespace nn {
namespace {

const Sizes units = {{"units", {100, 500}}};

mat patterns(uword n, uword p) {
  Rng rng(1);
  mat P(n, p);
  for (real& entry : P) entry = rng.below(2) ? 1 : -1;
  return P;
}

const Benchmarks memory([] {
  measure("14.1 energy", units, [](benchmark::State& state) {
    const mat P = patterns(size(state), 10);
    return [W = store(P), s = vec(P.col(0))] { return energy(W, s); };
  });
  measure("14.1 store", units,
          [](benchmark::State& state) { return [P = patterns(size(state), size(state) / 10)] { return store(P); }; });
  measure("14.2 store_projection", units, [](benchmark::State& state) {
    return [P = patterns(size(state), size(state) / 10)] { return store_projection(P); };
  });
  measure("14.3 recall", units, [](benchmark::State& state) {
    const mat P = patterns(size(state), size(state) / 10);
    return [W = store(P), s = vec(patterns(size(state), 1))] {
      Rng rng(2);
      return recall(W, s, rng, 1);
    };
  });
  measure("14.4 remembered", units, [](benchmark::State& state) {
    return [n = size(state)] {
      Rng rng(1);
      return remembered(n, n / 20, real(0.1), rng);
    };
  });
});

/// A machine of so many hidden units, and what it sees.
struct Seen {
  Rbm r;
  mat V, H;
};

Seen seen(const benchmark::State& state) {
  Rng rng(1);
  const mat V = random_uniform(784, size(state, 1), 0, 1, rng);
  return {start_rbm(V, size(state), rng), V, random_uniform(size(state), size(state, 1), 0, 1, rng)};
}

const Benchmarks machines([] {
  const Sizes hidden_and_batch = {{"hidden", {100}}, {"batch", {20, 100}}};
  measure("14.5 hidden", hidden_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [s = seen(state)] { return hidden(s.r, s.V); };
  });
  measure("14.5 visible", hidden_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [s = seen(state)] { return visible(s.r, s.H); };
  });
  measure("14.5 draw", hidden_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [s = seen(state)] {
      Rng rng(1);
      return draw(s.V, rng);
    };
  });
  measure("14.6 free_energy", hidden_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [s = seen(state)] { return free_energy(s.r, s.V); };
  });
  measure("14.7 start_rbm", hidden_and_batch, [](benchmark::State& state) {
    return [s = seen(state)] {
      Rng rng(1);
      return start_rbm(s.V, s.r.c.n_elem, rng);
    };
  });
  measure("14.7 contrastive_divergence", hidden_and_batch, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [s = seen(state)] {
      Rng rng(1);
      return contrastive_divergence(s.r, s.V, 1, rng);
    };
  });
  measure("14.7 train_rbm", {{"hidden", {100}}, {"samples", {500}}}, [](benchmark::State& state) {
    per_second(state, "samples", double(size(state, 1)));
    return [s = seen(state)] {
      Rng rng(1);
      return train_rbm(s.r, s.V, 1, 1, 20, real(0.1), rng);
    };
  });
  measure("14.8 stack", no_sizes, [](benchmark::State& state) {
    Rng rng(1);
    per_second(state, "samples", 200);
    return [V = random_uniform(784, 200, 0, 1, rng)] {
      Rng drawn(1);
      return stack(V, {100, 100}, 1, 20, real(0.1), drawn);
    };
  });
  measure("14.8 pretrained", no_sizes, [](benchmark::State&) {
    Rng rng(1);
    const Rbm low = start_rbm(mat(784, 1, arma::fill::ones), 100, rng),
              high = start_rbm(mat(100, 1, arma::fill::ones), 100, rng);
    return [machines = std::vector<Rbm>{low, high}] {
      Rng drawn(1);
      return pretrained(machines, 10, drawn);
    };
  });
});

}  // namespace
}  // namespace nn
