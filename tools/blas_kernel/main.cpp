// Prints what programs here compute their products with, in one line; with --environment, the variables that bring it
// about.
#include <dlfcn.h>

#include <cstdio>
#include <cstring>

#include "tools/blas_kernel/kernel.hpp"

int main(int argc, char** argv) {
  if (!dlsym(RTLD_DEFAULT, "dgemm_")) {  // compiled without a BLAS: with the one that the system would give
    if (!dlopen("libblas.so.3", RTLD_NOW | RTLD_GLOBAL)) return std::fprintf(stderr, "%s\n", dlerror()), 1;
    nn::choose_blas_kernel(argv);
  }
  if (argc > 1 && std::strcmp(argv[1], "--environment") == 0)
    for (const std::string& variable : nn::blas_kernel_environment()) std::puts(variable.c_str());
  else std::puts(nn::blas_kernel_line().c_str());
}
