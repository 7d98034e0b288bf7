// Runs choose_blas_kernel() before main, and before the program's other constructors. Linked by name
// (nn_choose_blas_kernel).
#include "tools/blas_kernel/kernel.hpp"

extern "C" __attribute__((constructor(101))) void nn_choose_blas_kernel(int, char** argv, char**) {
  nn::choose_blas_kernel(argv);
}
