// The OpenBLAS that is loaded in this process, and the instruction sets of its kernels and of the CPU.
#pragma once

#include <string>
#include <vector>

namespace nn::detail {

struct OpenBlas {
  void* handle = nullptr;  ///< for dlsym; null where OpenBLAS is not loaded
  std::string file;        ///< of the shared library
  std::string config;      ///< "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ..."
  std::string version;     ///< "0.3.21"
  std::string kernel;      ///< "Haswell"
};

OpenBlas loaded_openblas();

/// Generations of vector instructions: each kernel needs one, each CPU has one.
enum class Vectors { sse, avx, avx2, avx512, avx512_bf16 };

Vectors cpu_vectors();
/// Of a kernel that is not in our table: the best, so that we never replace what we do not know.
Vectors kernel_vectors(const std::string& kernel);
/// Kernels that this CPU can run and that use more of it than `kernel` does.
std::vector<std::string> better_kernels(const std::string& kernel);

/// Model name and signature of the CPU.
std::string cpu_model();

}  // namespace nn::detail
