// Google Benchmark over every contract function: bench_contracts [--benchmark_filter='3.6 '] [--benchmark_format=csv]
// ... One thread. Exit code: 0 all were run; 1 one threw; 2 usage, or no benchmark of that name.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <exception>

#include "tools/threads/threads.hpp"

int main(int argc, char** argv) {
  nn::set_threads(1);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  try {
    return benchmark::RunSpecifiedBenchmarks() > 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_contracts: the benchmark after the last one shown threw: %s\n", error.what());
    return 1;
  }
}
