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

/// How many of `at_most` threads pay for a network whose widest hidden layer has `units`: below 200, waiting for each other
/// costs two threads as much as they bring (docs/speed.md has the measurement).
inline int sensible_threads(unsigned long long units, int at_most) { return units < 200 ? 1 : at_most; }

}  // namespace nn
