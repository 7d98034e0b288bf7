#include "tools/threads/products.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "tools/threads/crew.hpp"

namespace nn {

namespace {

/// C = alpha op(A) op(B) + beta C by columns; op(A) is m x k, op(B) is k x n. The last two are the lengths of the
/// texts, as Fortran has it.
template <class R>
using Gemm = void(const char* op_a, const char* op_b, const int* m, const int* n, const int* k, const R* alpha,
                  const R* a, const int* lda, const R* b, const int* ldb, const R* beta, R* c, const int* ldc,
                  std::size_t, std::size_t);

/// Multiplications for each thread: some five microseconds of them, against the one or two that a part costs.
constexpr double worth_a_thread = 2.5e5;

std::unique_ptr<Crew> crew;
std::mutex crew_at_work;  // it serves one product at a time
int most_parts = 1;
std::atomic<unsigned long long> seen = 0;

/// What a product is cut along: rows or columns of C, or the k terms of each of its sums.
enum class Along { rows, columns, terms };

/// Columns lie together in memory. Where A is the largest of the three, its columns are cut: in training it is W, and
/// each core finds in its cache, forward, those columns of W that were its part of the update.
Along cut(bool a_transposed, double m, double n, double k) {
  const bool a_is_largest = m > n && k > n;
  return !a_is_largest ? Along::columns : a_transposed ? Along::rows : Along::terms;
}

template <class R>
void product(Gemm<R>& blas, const char* op_a, const char* op_b, const int* m, const int* n, const int* k,
             const R* alpha, const R* a, const int* lda, const R* b, const int* ldb, const R* beta, R* c,
             const int* ldc) {
  ++seen;
  const bool a_transposed = *op_a != 'N' && *op_a != 'n', b_transposed = *op_b != 'N' && *op_b != 'n';
  const Along along = cut(a_transposed, *m, *n, *k);
  const int length = along == Along::rows ? *m : along == Along::columns ? *n : *k;
  const double multiplications = double(*m) * double(*n) * double(*k);
  const int parts = int(std::min({double(most_parts), multiplications / worth_a_thread, double(length)}));
  const std::unique_lock ours(crew_at_work, std::try_to_lock);
  if (parts < 2 || !ours) return blas(op_a, op_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, 1, 1);

  static std::vector<R> sums;  // of the terms of all parts but the last, which adds to C
  const std::size_t entries = std::size_t(*m) * std::size_t(*n);
  if (along == Along::terms) sums.resize(std::size_t(parts - 1) * entries);
  const auto part = [&](int i) {
    const std::int64_t first = std::int64_t(length) * i / parts;
    const int size = int(std::int64_t(length) * (i + 1) / parts - first);
    const R nothing = 0;
    switch (along) {
      case Along::rows:
        return blas(op_a, op_b, &size, n, k, alpha, a + first * (a_transposed ? *lda : 1), lda, b, ldb, beta, c + first,
                    ldc, 1, 1);
      case Along::columns:
        return blas(op_a, op_b, m, &size, k, alpha, a, lda, b + first * (b_transposed ? 1 : *ldb), ldb, beta,
                    c + first * *ldc, ldc, 1, 1);
      case Along::terms:
        const R *columns = a + first * (a_transposed ? 1 : *lda), *rows = b + first * (b_transposed ? *ldb : 1);
        if (i == parts - 1) return blas(op_a, op_b, m, n, &size, alpha, columns, lda, rows, ldb, beta, c, ldc, 1, 1);
        return blas(op_a, op_b, m, n, &size, alpha, columns, lda, rows, ldb, &nothing, &sums[std::size_t(i) * entries],
                    m, 1, 1);
    }
  };
  crew->run(parts, std::ref(part));
  if (along == Along::terms)
    for (int i = 0; i < parts - 1; ++i)
      for (int j = 0; j < *n; ++j) {
        const R* const column = &sums[std::size_t(i) * entries + std::size_t(j) * std::size_t(*m)];
        std::transform(column, column + *m, c + std::int64_t(j) * *ldc, c + std::int64_t(j) * *ldc, std::plus<>());
      }
}

template <class R>
Gemm<R>& next_gemm(const char* name) {
  if (auto* const blas = reinterpret_cast<Gemm<R>*>(dlsym(RTLD_NEXT, name))) return *blas;
  std::fprintf(stderr, "this program was started without a BLAS: no library behind it has %s\n", name);
  std::abort();
}

}  // namespace

void cut_products(int parts) {
  most_parts = parts;
  crew = parts > 1 ? std::make_unique<Crew>(parts - 1) : nullptr;
}

unsigned long long products_seen() { return seen; }

}  // namespace nn

// The names that Armadillo calls. A program's own definitions come before those of the libraries that it is linked
// with.
extern "C" {

nn::Gemm<float> sgemm_;
nn::Gemm<double> dgemm_;

void sgemm_(const char* op_a, const char* op_b, const int* m, const int* n, const int* k, const float* alpha,
            const float* a, const int* lda, const float* b, const int* ldb, const float* beta, float* c, const int* ldc,
            std::size_t, std::size_t) {
  static auto& blas = nn::next_gemm<float>("sgemm_");
  nn::product(blas, op_a, op_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void dgemm_(const char* op_a, const char* op_b, const int* m, const int* n, const int* k, const double* alpha,
            const double* a, const int* lda, const double* b, const int* ldb, const double* beta, double* c,
            const int* ldc, std::size_t, std::size_t) {
  static auto& blas = nn::next_gemm<double>("dgemm_");
  nn::product(blas, op_a, op_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
}
