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
double most_at_once = 0;  // multiplications; 0: any number
std::atomic<unsigned long long> seen = 0;

/// What a product is cut along: rows or columns of C, or the k terms of each of its sums.
enum class Along { rows, columns, terms };

/// C = alpha op(A) op(B) + beta C, as the BLAS is asked for it.
template <class R>
struct Product {
  Gemm<R>* blas;
  const char *op_a, *op_b;
  int m, n, k;
  R alpha;
  const R* a;
  int lda;
  const R* b;
  int ldb;
  R beta;
  R* c;
  int ldc;

  bool a_transposed() const { return *op_a != 'N' && *op_a != 'n'; }
  bool b_transposed() const { return *op_b != 'N' && *op_b != 'n'; }
  double multiplications() const { return double(m) * double(n) * double(k); }
  int length(Along along) const { return along == Along::rows ? m : along == Along::columns ? n : k; }
  Along longest() const { return k > m && k > n ? Along::terms : m > n ? Along::rows : Along::columns; }
  /// Two short sides and a long one, and not C alone is long: copying A and B costs as much as multiplying them.
  bool is_thin() const {
    const int most = length(longest());
    return most > 2048 && multiplications() / most <= 4096 && k >= std::min(m, n);
  }

  Product part(Along along, std::int64_t first, std::int64_t size) const {
    Product p = *this;
    if (along != Along::columns) p.a += first * (a_transposed() == (along == Along::rows) ? lda : 1);
    if (along != Along::rows) p.b += first * (b_transposed() == (along == Along::columns) ? 1 : ldb);
    if (along != Along::terms) p.c += first * (along == Along::rows ? 1 : ldc);
    (along == Along::rows ? p.m : along == Along::columns ? p.n : p.k) = int(size);
    return p;
  }

  void compute() const {
    const Along along = longest();
    const bool pieces = most_at_once > 0 && is_thin();
    const int size = pieces ? int(most_at_once * length(along) / multiplications()) : length(along);
    Product p = *this;
    int first = 0;
    do {
      const Product now = p.part(along, first, std::min(size, length(along) - first));
      blas(op_a, op_b, &now.m, &now.n, &now.k, &alpha, now.a, &lda, now.b, &ldb, &now.beta, now.c, &ldc, 1, 1);
      if (along == Along::terms) p.beta = 1;  // the other terms are added
    } while ((first += size) < length(along));
  }
};

/// Columns lie together in memory. Where A is the largest of the three, its columns are cut: in training it is W, and
/// each core finds in its cache, forward, those columns of W that were its part of the update.
template <class R>
Along cut(const Product<R>& p) {
  if (p.is_thin()) return p.longest();
  const bool a_is_largest = p.m > p.n && p.k > p.n;
  return !a_is_largest ? Along::columns : p.a_transposed() ? Along::rows : Along::terms;
}

template <class R>
void multiply(const Product<R>& product) {
  ++seen;
  const Along along = cut(product);
  const int length = product.length(along);
  const int parts = int(std::min({double(most_parts), product.multiplications() / worth_a_thread, double(length)}));
  const std::unique_lock ours(crew_at_work, std::try_to_lock);
  if (parts < 2 || !ours) return product.compute();

  static std::vector<R> sums;  // of the terms of all parts but the last, which adds to C
  const std::size_t m = std::size_t(product.m), entries = m * std::size_t(product.n);
  if (along == Along::terms) sums.resize(std::size_t(parts - 1) * entries);
  const auto part = [&](int i) {
    const std::int64_t first = std::int64_t(length) * i / parts, next = std::int64_t(length) * (i + 1) / parts;
    Product<R> p = product.part(along, first, next - first);
    if (along == Along::terms && i < parts - 1) p.beta = 0, p.c = &sums[std::size_t(i) * entries], p.ldc = p.m;
    p.compute();
  };
  crew->run(parts, std::ref(part));
  if (along == Along::terms)
    for (int i = 0; i < parts - 1; ++i)
      for (int j = 0; j < product.n; ++j) {
        const R* const column = &sums[std::size_t(i) * entries + std::size_t(j) * m];
        R* const into = product.c + std::int64_t(j) * product.ldc;
        std::transform(column, column + m, into, into, std::plus<>());
      }
}

template <class R>
Gemm<R>& next_gemm(const char* name) {
  if (auto* const blas = reinterpret_cast<Gemm<R>*>(dlsym(RTLD_NEXT, name))) return *blas;
  std::fprintf(stderr, "this program was started without a BLAS: no library behind it has %s\n", name);
  std::abort();
}

}  // namespace

void cut_products(int parts, double at_once) {
  most_parts = parts;
  most_at_once = at_once;
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
  nn::multiply(nn::Product{&blas, op_a, op_b, *m, *n, *k, *alpha, a, *lda, b, *ldb, *beta, c, *ldc});
}

void dgemm_(const char* op_a, const char* op_b, const int* m, const int* n, const int* k, const double* alpha,
            const double* a, const int* lda, const double* b, const int* ldb, const double* beta, double* c,
            const int* ldc, std::size_t, std::size_t) {
  static auto& blas = nn::next_gemm<double>("dgemm_");
  nn::multiply(nn::Product{&blas, op_a, op_b, *m, *n, *k, *alpha, a, *lda, b, *ldb, *beta, c, *ldc});
}
}
