// How many threads a matrix product may use.
#pragma once

#include <dlfcn.h>

namespace nn {

/// What OpenBLAS says of its threads; 0 where Armadillo stands on another BLAS. (Asked for by name at run time: linkers differ in what
/// they make of a weak symbol.)
inline int threads() {
  const auto get = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_num_threads"));
  return get ? get() : 0;
}

/// Returns false where the BLAS in use is not OpenBLAS and its own settings apply.
inline bool set_threads(int n) {
  const auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  if (set) set(n);
  return set && threads() == n;
}

}  // namespace nn
