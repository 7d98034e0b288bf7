#include "tools/threads/threads.hpp"

#include <dlfcn.h>

#include <armadillo>
#include <stdexcept>
#include <string>

#include "tools/threads/products.hpp"

namespace nn {

namespace {

int told = 0;  // what set_threads was asked for; 0: nothing yet, or not available

template <class F>
F* of_openblas(const char* name) {
  return reinterpret_cast<F*>(dlsym(RTLD_DEFAULT, name));
}

/// Whether Armadillo's products come by products.cpp, in its element types and its integers.
template <class R>
bool come_by() {
  const unsigned long long before = products_seen();
  const arma::Mat<R> some(8, 8, arma::fill::ones), product = some * some;  // smaller ones never reach the BLAS
  return sizeof(arma::blas_int) == sizeof(int) && products_seen() > before && product(7, 7) == 8;
}

/// How many multiplications the BLAS makes without copying A and B into an order of its own first: OpenBLAS's kernels
/// for AVX-512 up to a million (interface/gemm.c, SMALL_MATRIX_OPT), others none.
double without_copy() {
  const auto corename = of_openblas<char*()>("openblas_get_corename");
  const std::string kernel = corename ? corename() : "";
  return kernel == "SkylakeX" || kernel == "Cooperlake" || kernel == "SapphireRapids" ? 1e6 : 0;
}

}  // namespace

int threads() {
  if (told > 0) return told;
  const auto get = of_openblas<int()>("openblas_get_num_threads");
  return get ? get() : 0;
}

bool set_threads(int n) {
  if (n < 1 || n > 1024) throw std::invalid_argument("set_threads: " + std::to_string(n) + ", expected 1 to 1024");
  const bool ours = come_by<float>() && come_by<double>();
  if (const auto set = of_openblas<void(int)>("openblas_set_num_threads")) set(ours ? 1 : n);
  cut_products(ours ? n : 1, ours ? without_copy() : 0);
  told = ours ? n : 0;
  return ours;
}

}  // namespace nn
