#include "tools/blas_kernel/proof.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace nn::detail {

namespace {

using Int = std::int64_t;  // read as 32 or as 64 bits by the library: on a little-endian machine both are right

template <class R>
class Blas {
  void* handle_;

  template <class F>
  F* find(const char* name) const {
    return reinterpret_cast<F*>(dlsym(handle_, ((sizeof(R) == 4 ? "s" : "d") + std::string(name)).c_str()));
  }

 public:
  explicit Blas(const OpenBlas& blas) : handle_(blas.handle) {}

  using Gemm = void(const char*, const char*, const Int*, const Int*, const Int*, const R*, const R*, const Int*,
                    const R*, const Int*, const R*, R*, const Int*, std::size_t, std::size_t);
  using Gemv = void(const char*, const Int*, const Int*, const R*, const R*, const Int*, const R*, const Int*, const R*,
                    R*, const Int*, std::size_t);
  using Syrk = void(const char*, const char*, const Int*, const Int*, const R*, const R*, const Int*, const R*, R*,
                    const Int*, std::size_t, std::size_t);
  using Dot = R(const Int*, const R*, const Int*, const R*, const Int*);
  using Sum = R(const Int*, const R*, const Int*);

  Gemm* const gemm = find<Gemm>("gemm_");
  Gemv* const gemv = find<Gemv>("gemv_");
  Syrk* const syrk = find<Syrk>("syrk_");
  Dot* const dot = find<Dot>("dot_");
  Sum* const asum = find<Sum>("asum_");
  Sum* const nrm2 = find<Sum>("nrm2_");
};

/// Numbers in (-1, 1), the same every time.
template <class R>
std::vector<R> numbers(Int count) {
  static std::uint32_t state = 1;
  std::vector<R> all(static_cast<std::size_t>(count));
  for (R& x : all) x = R(std::int32_t(state = state * 1664525u + 1013904223u) / 2147483648.0);
  return all;
}

/// A matrix by columns, each `stride` after the one before: longer than the column, as in a part of a larger matrix.
template <class R>
struct Matrix {
  Matrix(Int n_rows, Int n_cols)
      : rows(n_rows), cols(n_cols), stride(n_rows + 3), entries(numbers<R>(stride * n_cols)) {}
  double at(Int i, Int j, bool transposed) const {
    return double(entries[std::size_t(transposed ? j + i * stride : i + j * stride)]);
  }

  Int rows, cols, stride;
  std::vector<R> entries;
};

/// A sum, and how far from it another order of adding may end by rounding: errors of either sign add up to the root of
/// the number of terms.
template <class R>
class Expected {
 public:
  void add(double term) {
    sum_ += term;
    size_ += std::abs(term);
    ++terms_;
  }
  /// Whether `found` is factor * sum + before. A NaN is not.
  bool is(double found, double factor = 1, double before = 0) const {
    const double rounding = 4 * std::sqrt(terms_ + 4) * double(std::numeric_limits<R>::epsilon());
    return std::abs(found - factor * sum_ - before) <= rounding * (std::abs(factor) * size_ + std::abs(before));
  }

 private:
  double sum_ = 0, size_ = 0, terms_ = 0;
};

template <class R>
bool gemm_right(const Blas<R>& blas, Int m, Int n, Int k, bool at, bool bt) {
  const Matrix<R> A(at ? k : m, at ? m : k), B(bt ? n : k, bt ? k : n), before(m, n);
  Matrix<R> product = before, added = before;
  const auto multiply = [&](R alpha, R beta, Matrix<R>& C) {
    blas.gemm(at ? "T" : "N", bt ? "T" : "N", &m, &n, &k, &alpha, A.entries.data(), &A.stride, B.entries.data(),
              &B.stride, &beta, C.entries.data(), &C.stride, 1, 1);
  };
  multiply(1, 0, product);
  multiply(R(-0.5), 1, added);
  for (Int j = 0; j < n; ++j) {
    for (Int i = 0; i < m; ++i) {
      Expected<R> expected;
      for (Int l = 0; l < k; ++l) expected.add(A.at(i, l, at) * B.at(l, j, bt));
      if (!expected.is(product.at(i, j, false)) || !expected.is(added.at(i, j, false), -0.5, before.at(i, j, false)))
        return false;
    }
    for (Int i = m; i < before.stride; ++i)  // what lies between the columns is not to be written
      if (product.at(i, j, false) != before.at(i, j, false) || added.at(i, j, false) != before.at(i, j, false))
        return false;
  }
  return true;
}

template <class R>
bool gemv_right(const Blas<R>& blas, Int m, Int n, bool transposed) {
  const Matrix<R> A(m, n);
  const Int in = transposed ? m : n, out = transposed ? n : m, one = 1;
  const R alpha = R(-0.5), beta = 1;
  const std::vector<R> x = numbers<R>(in), before = numbers<R>(out);
  std::vector<R> y = before;
  blas.gemv(transposed ? "T" : "N", &m, &n, &alpha, A.entries.data(), &A.stride, x.data(), &one, &beta, y.data(), &one,
            1);
  for (Int i = 0; i < out; ++i) {
    Expected<R> expected;
    for (Int l = 0; l < in; ++l) expected.add(A.at(i, l, transposed) * double(x[std::size_t(l)]));
    if (!expected.is(double(y[std::size_t(i)]), double(alpha), double(before[std::size_t(i)]))) return false;
  }
  return true;
}

template <class R>
bool syrk_right(const Blas<R>& blas, Int n, Int k, bool transposed) {
  const Matrix<R> A(transposed ? k : n, transposed ? n : k);
  Matrix<R> C(n, n);
  const R alpha = 1, beta = 0;
  blas.syrk("U", transposed ? "T" : "N", &n, &k, &alpha, A.entries.data(), &A.stride, &beta, C.entries.data(),
            &C.stride, 1, 1);
  for (Int j = 0; j < n; ++j)
    for (Int i = 0; i <= j; ++i) {
      Expected<R> expected;
      for (Int l = 0; l < k; ++l) expected.add(A.at(i, l, transposed) * A.at(j, l, transposed));
      if (!expected.is(C.at(i, j, false))) return false;
    }
  return true;
}

template <class R>
bool sums_right(const Blas<R>& blas, Int n, std::string& wrong) {
  const std::vector<R> x = numbers<R>(n), y = numbers<R>(n);
  const Int one = 1;
  Expected<R> dot, asum;
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    dot.add(double(x[i]) * double(y[i]));
    asum.add(std::abs(double(x[i])));
    squares += double(x[i]) * double(x[i]);
  }
  Expected<R> nrm2;
  nrm2.add(std::sqrt(squares));
  for (Int i = 1; i < n; ++i) nrm2.add(0);
  if (!dot.is(double(blas.dot(&n, x.data(), &one, y.data(), &one)))) wrong = "dot";
  if (!asum.is(double(blas.asum(&n, x.data(), &one)))) wrong = "asum";
  if (!nrm2.is(double(blas.nrm2(&n, x.data(), &one)))) wrong = "nrm2";
  return wrong.empty();
}

// Around the sizes of vectors and blocks, odd ones, and those of the course: 784 pixels, 100 units, 10 digits.
constexpr Int shapes[][3] = {{1, 1, 1},    {2, 3, 5},     {7, 5, 9},      {8, 8, 8},      {15, 17, 16}, {31, 33, 29},
                             {64, 64, 64}, {10, 32, 100}, {100, 33, 784}, {129, 65, 257}, {1, 48, 97},  {97, 1, 48}};

template <class R>
std::optional<std::string> first_wrong_of(const OpenBlas& library) {
  const Blas<R> blas(library);
  if (!blas.gemm || !blas.gemv || !blas.syrk || !blas.dot || !blas.asum || !blas.nrm2) return "symbols";
  std::string wrong;
  for (const auto& [m, n, k] : shapes) {
    for (const bool at : {false, true}) {
      for (const bool bt : {false, true})
        if (!gemm_right<R>(blas, m, n, k, at, bt)) return "gemm";
      if (!gemv_right<R>(blas, m, k, at)) return "gemv";
      if (!syrk_right<R>(blas, m, k, at)) return "syrk";
    }
    if (!sums_right<R>(blas, m * k, wrong)) return wrong;
  }
  return std::nullopt;
}

template <class R>
double best_of(const OpenBlas& library) {
  using Clock = std::chrono::steady_clock;
  const Blas<R> blas(library);
  const Int units = 100, pixels = 784, samples = 64;
  const Matrix<R> W(units, pixels), X(pixels, samples), D(units, samples);
  Matrix<R> Z(units, samples), dW(units, pixels);
  const R one = 1, zero = 0;
  double best = std::numeric_limits<double>::infinity();
  for (int run = 0; run < 20; ++run) {
    const Clock::time_point begin = Clock::now();
    blas.gemm("N", "N", &units, &samples, &pixels, &one, W.entries.data(), &W.stride, X.entries.data(), &X.stride,
              &zero, Z.entries.data(), &Z.stride, 1, 1);
    blas.gemm("N", "T", &units, &pixels, &samples, &one, D.entries.data(), &D.stride, X.entries.data(), &X.stride,
              &zero, dW.entries.data(), &dW.stride, 1, 1);
    best = std::min(best, std::chrono::duration<double>(Clock::now() - begin).count());
  }
  return best;
}

}  // namespace

std::optional<std::string> first_wrong(const OpenBlas& blas) {
  if (const auto wrong = first_wrong_of<float>(blas)) return "s" + *wrong;
  if (const auto wrong = first_wrong_of<double>(blas)) return "d" + *wrong;
  return std::nullopt;
}

double seconds_for_products(const OpenBlas& blas) { return best_of<float>(blas) + best_of<double>(blas); }

}  // namespace nn::detail
