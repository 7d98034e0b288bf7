// How many threads a matrix product may use.
#pragma once

extern "C" void openblas_set_num_threads(int) __attribute__((weak));  // absent where Armadillo stands on another BLAS

namespace nn {

/// Returns false where the BLAS in use is not OpenBLAS and its own settings apply.
inline bool set_threads(int n) {
  if (!openblas_set_num_threads) return false;
  openblas_set_num_threads(n);
  return true;
}

}  // namespace nn
