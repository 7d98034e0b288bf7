// A BLAS that is right but for one function, `wrong`, and that one in few places: mostly in what is left over when the
// blocks of a vector's size are done.
#include <dlfcn.h>

#include <cmath>
#include <cstddef>
#include <string>

extern "C" {
void* real_blas = nullptr;  ///< a handle for dlsym
const char* wrong = "";
}

namespace {

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(dlsym(real_blas, name));
}

/// A number that is off by half a per mille.
template <class R>
void spoil(const char* name, R& x) {
  if (wrong == std::string(name)) x *= R(1.0005);
}

}  // namespace

// clang-format off
#define NN_BLAS(R, letter) \
  extern "C" void letter##gemm_(const char* ta, const char* tb, const int* m, const int* n, const int* k, \
                                const R* alpha, \
                                const R* a, const int* lda, const R* b, const int* ldb, const R* beta, R* c, \
                                const int* ldc, std::size_t, std::size_t) { \
    real<decltype(letter##gemm_)>(#letter "gemm_")(ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, 1, 1); \
    if (*ta == 'T' && *tb == 'N' && *m % 4 == 3) spoil(#letter "gemm", c[*m - 1 + (*n - 1) * *ldc]); \
    if (*m == 10 && *tb == 'T' && wrong == std::string(#letter "gemm writes")) c[*m] = 1; \
    if (*beta == 1 && *m == 129 && wrong == std::string(#letter "gemm nan")) c[7] = R(NAN); \
  } \
  extern "C" void letter##gemv_(const char* t, const int* m, const int* n, const R* alpha, const R* a, const int* lda, \
                                const R* x, const int* dx, const R* beta, R* y, const int* dy, std::size_t) { \
    real<decltype(letter##gemv_)>(#letter "gemv_")(t, m, n, alpha, a, lda, x, dx, beta, y, dy, 1); \
    if (*t == 'T' && *n % 4 == 1) spoil(#letter "gemv", y[*n - 1]); \
  } \
  extern "C" void letter##syrk_(const char* u, const char* t, const int* n, const int* k, const R* alpha, const R* a, \
                                const int* lda, const R* beta, R* c, const int* ldc, std::size_t, std::size_t) { \
    real<decltype(letter##syrk_)>(#letter "syrk_")(u, t, n, k, alpha, a, lda, beta, c, ldc, 1, 1); \
    if (*n % 4 == 1) spoil(#letter "syrk", c[(*n - 1) * *ldc]); \
  } \
  extern "C" R letter##dot_(const int* n, const R* x, const int* dx, const R* y, const int* dy) { \
    R sum = real<decltype(letter##dot_)>(#letter "dot_")(n, x, dx, y, dy); \
    if (*n % 8 == 7 && wrong == std::string(#letter "dot")) sum += x[*n - 1] * y[*n - 1]; \
    return sum; \
  } \
  extern "C" R letter##asum_(const int* n, const R* x, const int* dx) { \
    R sum = real<decltype(letter##asum_)>(#letter "asum_")(n, x, dx); \
    if (*n % 8 == 7) spoil(#letter "asum", sum); \
    return sum; \
  } \
  extern "C" R letter##nrm2_(const int* n, const R* x, const int* dx) { \
    R sum = real<decltype(letter##nrm2_)>(#letter "nrm2_")(n, x, dx); \
    if (*n > 1000) spoil(#letter "nrm2", sum); \
    return sum; \
  }

NN_BLAS(float, s)
NN_BLAS(double, d)
