// How the benchmark of a contract function is written:
//
//   measure("3.6 softmax", {{"units", {30, 100, 800}}, {"batch", {100}}}, [](benchmark::State& state) {
//     Rng rng(1);
//     const mat Z = random_normal(state.range(0), state.range(1), rng);   // made once
//     return [=] { return softmax(Z); };                                  // measured: 3.6 softmax/units:30/batch:100
//     ...
//   });
//
// A name is the task's id and the function's name, and a remark after them where one function is measured twice.
#pragma once

#include <benchmark/benchmark.h>

#include <string>
#include <utility>
#include <vector>

#include "nn/support/dataset.hpp"
#include "nn/support/random.hpp"
#include "nn/types.hpp"

namespace nn {

/// Announces a lesson's benchmarks to the program: make one, const and global, in benchmarks/contracts/NN-name.cpp.
struct Benchmarks {
  explicit Benchmarks(void (*announce)()) { announce(); }
};

/// The arguments of a benchmark and the values that each takes; every combination is measured.
using Sizes = std::vector<std::pair<std::string, std::vector<std::int64_t>>>;

inline const Sizes no_sizes;
inline const Sizes layer_sizes = {{"units", {30, 100, 800}}, {"batch", {100}}};

/// Measures what `prepare` returns: a function without arguments, called again and again. Its result is kept.
template <typename Prepare>
void measure(const std::string& name, const Sizes& sizes, Prepare prepare) {
  const auto run = [prepare](benchmark::State& state) {
    auto work = prepare(state);
    for ([[maybe_unused]] auto _ : state) {
      auto&& result = work();
      const void* kept = &result;  // a matrix itself is read-only to DoNotOptimize: its sizes are const members
      benchmark::DoNotOptimize(kept);
    }
  };
  benchmark::internal::Benchmark* added = benchmark::RegisterBenchmark(name.c_str(), run);
  if (sizes.empty()) return;
  std::vector<std::string> names;
  std::vector<std::vector<std::int64_t>> values;
  for (const auto& [argument, its_values] : sizes) names.push_back(argument), values.push_back(its_values);
  added->ArgNames(names)->ArgsProduct(values);
}

/// One more column of the report: so many `things` are dealt with in each call.
inline void per_second(benchmark::State& state, const std::string& things, double each_call) {
  state.counters[things] = benchmark::Counter(each_call, benchmark::Counter::kIsIterationInvariantRate);
}

inline uword size(const benchmark::State& state, std::size_t i = 0) { return uword(state.range(i)); }

/// rows x cols zeros, but for a one in each column.
inline mat some_targets(uword rows, uword cols) {
  mat T(rows, cols, arma::fill::zeros);
  for (uword j = 0; j < cols; ++j) T(j % rows, j) = 1;
  return T;
}

/// 784-units-10, as the digits are read with.
inline Network digit_network(uword units, Activation hidden = Activation::relu) {
  Rng rng(1);
  return {{random_normal(units, 784, rng) / 20, vec(units, arma::fill::zeros), hidden},
          {random_normal(10, units, rng) / 20, vec(10, arma::fill::zeros), Activation::softmax}};
}

/// n images of noise, 28 x 28, in 10 classes.
inline Dataset noise_images(uword n) {
  Dataset data{bytes(784, n), uvec(n), 28, 28, 10};
  Rng rng(1);
  data.images.imbue([&] { return std::uint8_t(rng()); });
  for (uword j = 0; j < n; ++j) data.labels(j) = j % 10;
  return data;
}

}  // namespace nn
