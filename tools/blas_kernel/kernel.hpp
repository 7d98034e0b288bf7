// Which of OpenBLAS's kernels this program computes with.
//
// OpenBLAS picks a kernel for the CPU while it is loaded. For a CPU newer than itself it may pick one of its oldest,
// two to three times slower. So before main, every program that links nn::arma compares the kernel with what the CPU
// can do. Where the two do not match it finds the fastest kernel that computes right (proof.hpp), remembers it in the
// user's cache folder, and starts itself once more with OPENBLAS_CORETYPE set, since OpenBLAS reads that variable only
// while it is loaded. A value that the user has set is obeyed. Where kernel and CPU match, or the BLAS is another one,
// nothing happens.
#pragma once

#include <string>
#include <vector>

namespace nn {

struct BlasKernel {
  std::string blas;        ///< "OpenBLAS 0.3.21"; empty where another BLAS, or none, is loaded
  std::string name;        ///< of the kernel in use, "Haswell"
  std::string instead_of;  ///< what OpenBLAS picked by itself, where we have chosen another; else empty
};

BlasKernel blas_kernel();

/// The same in one line: "OpenBLAS 0.3.21, kernel Haswell instead of its own Prescott".
std::string blas_kernel_line();

/// The variables, as "NAME=value", that give a program with an environment of its own the same kernel as this one. A
/// program that has them looks for no other: in a sandbox it could not.
std::vector<std::string> blas_kernel_environment();

/// What happens before main. `argv` is that of the program, which may start once more; then this does not return.
void choose_blas_kernel(char** argv);

}  // namespace nn
