// The bound: the five matrix products of each step, at their shapes and in their order, and nothing else.
#include "benchmarks/peers/blas.hpp"
#include "benchmarks/peers/task.hpp"
#include "nn/support/idx.hpp"

int main(int argc, char** argv) {
  const peers::Task task = peers::task(argc, argv);
  using R = nn::real;
  const nn::Dataset train = nn::read_dataset(task.data, nn::Part::train);
  const int h = task.hidden, d = int(train.images.n_rows), k = 10, n = peers::batch, steps = int(train.size()) / n;
  const auto numbers = [](int rows, int cols) {
    return std::vector<R>(std::size_t(rows) * std::size_t(cols), R(1e-3));
  };
  std::vector<R> W1 = numbers(h, d), W2 = numbers(k, h), X = numbers(d, n), A1 = numbers(h, n), D1 = numbers(h, n),
                 D2 = numbers(k, n);
  peers::Readings readings;
  for (int e = 0; e < task.epochs; ++e)
    readings.time([&] {
      for (int s = 0; s < steps; ++s) {
        peers::gemm(false, false, h, n, d, 1, W1.data(), X.data(), 0, A1.data());
        peers::gemm(false, false, k, n, h, 1, W2.data(), A1.data(), 0, D2.data());
        peers::gemm(true, false, h, n, k, 1, W2.data(), D2.data(), 0, D1.data());
        peers::gemm(false, true, k, h, n, R(-1e-9), D2.data(), A1.data(), 1, W2.data());
        peers::gemm(false, true, h, d, n, R(-1e-9), D1.data(), X.data(), 1, W1.data());
      }
    });
  readings.print(-1);
}
