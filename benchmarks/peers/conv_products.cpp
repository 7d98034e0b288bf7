// The bound: the eleven matrix products of each step of lesson 10's network, at their shapes and in their order, and
// nothing else.
#include "base/kept_memory.hpp"
#include "benchmarks/peers/blas.hpp"
#include "benchmarks/peers/task.hpp"
#include "nn/support/idx.hpp"

int main(int argc, char** argv) {
  const peers::Task task = peers::task(argc, argv);
  using R = nn::real;
  base::keep_memory();  // for its large pages, as the others
  const nn::Dataset train = nn::read_dataset(task.data, nn::Part::train);
  const int n = peers::filter_batch, h = task.hidden, steps = int(train.size()) / n;
  const auto numbers = [](int rows, int cols) {
    return std::vector<R>(std::size_t(rows) * std::size_t(cols), R(1e-3));
  };
  const int p1 = 24 * 24 * n, p2 = 8 * 8 * n;  // places of the filters
  std::vector<R> F1 = numbers(8, 25), F2 = numbers(16, 200), W1 = numbers(h, 256), W2 = numbers(10, h),
                 P1 = numbers(25, p1), Z1 = numbers(8, p1), P2 = numbers(200, p2), Z2 = numbers(16, p2),
                 X = numbers(256, n), A = numbers(h, n), Y = numbers(10, n), D1 = F1, D2 = F2, dW1 = W1, dW2 = W2,
                 Z = A, dX = X, dP = P2, S1 = Z1, S2 = Z2;
  peers::Readings readings;
  for (int e = 0; e < task.epochs; ++e)
    readings.time([&] {
      for (int s = 0; s < steps; ++s) {
        peers::gemm(false, false, 8, p1, 25, 1, F1.data(), P1.data(), 0, S1.data());
        peers::gemm(false, false, 16, p2, 200, 1, F2.data(), P2.data(), 0, S2.data());
        peers::gemm(false, false, h, n, 256, 1, W1.data(), X.data(), 0, Z.data());
        peers::gemm(false, false, 10, n, h, 1, W2.data(), A.data(), 0, Z.data());
        peers::gemm(true, false, h, n, 10, 1, W2.data(), Y.data(), 0, Z.data());
        peers::gemm(false, true, 10, h, n, 1, Y.data(), A.data(), 0, dW2.data());
        peers::gemm(false, true, h, 256, n, 1, A.data(), X.data(), 0, dW1.data());
        peers::gemm(true, false, 256, n, h, 1, W1.data(), A.data(), 0, dX.data());
        peers::gemm(false, true, 16, 200, p2, 1, Z2.data(), P2.data(), 0, D2.data());
        peers::gemm(true, false, 200, p2, 16, 1, F2.data(), Z2.data(), 0, dP.data());
        peers::gemm(false, true, 8, 25, p1, 1, Z1.data(), P1.data(), 0, D1.data());
      }
    });
  readings.print(-1);
}
