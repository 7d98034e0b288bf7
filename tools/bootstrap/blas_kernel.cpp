// Prints what libblas.so.3 is on this machine: the name and version of OpenBLAS and the kernel it chose, or not-OpenBLAS.
#include <dlfcn.h>

#include <cstdio>

int main() {
  void* blas = dlopen("libblas.so.3", RTLD_NOW);
  if (!blas) return std::fprintf(stderr, "%s\n", dlerror()), 1;
  const auto config = reinterpret_cast<char* (*)()>(dlsym(blas, "openblas_get_config"));
  const auto kernel = reinterpret_cast<char* (*)()>(dlsym(blas, "openblas_get_corename"));
  if (!config || !kernel) return std::puts("not-OpenBLAS"), 0;
  char name[32] = "", version[32] = "";
  std::sscanf(config(), "%31s %31s", name, version);
  std::printf("%s %s %s\n", name, version, kernel());
}
