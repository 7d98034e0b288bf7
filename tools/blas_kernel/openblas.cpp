#include "tools/blas_kernel/openblas.hpp"

#include <dlfcn.h>
#include <strings.h>

#include <cstdio>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace nn::detail {

namespace {

struct Kernel {
  const char* name;
  Vectors vectors;
};

constexpr Kernel kernels[] = {
    {"Katmai", Vectors::sse},
    {"Coppermine", Vectors::sse},
    {"Northwood", Vectors::sse},
    {"Banias", Vectors::sse},
    {"Prescott", Vectors::sse},
    {"Core2", Vectors::sse},
    {"Penryn", Vectors::sse},
    {"Dunnington", Vectors::sse},
    {"Nehalem", Vectors::sse},
    {"Atom", Vectors::sse},
    {"Nano", Vectors::sse},
    {"Athlon", Vectors::sse},
    {"Opteron", Vectors::sse},
    {"Opteron_SSE3", Vectors::sse},
    {"Barcelona", Vectors::sse},
    {"Bobcat", Vectors::sse},
    {"Generic", Vectors::sse},
    {"Sandybridge", Vectors::avx},
    {"Bulldozer", Vectors::avx},
    {"Piledriver", Vectors::avx},
    {"Steamroller", Vectors::avx},
    {"Excavator", Vectors::avx2},
    {"Haswell", Vectors::avx2},
    {"Zen", Vectors::avx2},
    {"SkylakeX", Vectors::avx512},
    {"Cooperlake", Vectors::avx512_bf16},
    {"SapphireRapids", Vectors::avx512_bf16},
};

/// Those that we try; of older CPUs OpenBLAS knows every one.
constexpr const char* candidates[] = {"SapphireRapids", "Cooperlake", "SkylakeX", "Zen", "Haswell", "Sandybridge"};

std::string text_of(void* handle, const char* name) {
  const auto function = reinterpret_cast<char* (*)()>(dlsym(handle, name));
  const char* const text = function ? function() : nullptr;
  return text ? text : "";
}

}  // namespace

OpenBlas loaded_openblas() {
  OpenBlas blas;
  Dl_info where{};
  void* const symbol = dlsym(RTLD_DEFAULT, "openblas_get_corename");
  if (!symbol || !dladdr(symbol, &where) || !where.dli_fname) return blas;
  blas.handle = dlopen(where.dli_fname, RTLD_NOW | RTLD_NOLOAD);
  if (!blas.handle) return blas;  // linked statically: its symbols are found, but no other library can be asked for
  blas.file = where.dli_fname;
  blas.config = text_of(blas.handle, "openblas_get_config");
  blas.kernel = text_of(blas.handle, "openblas_get_corename");
  char name[32] = "", version[32] = "";
  std::sscanf(blas.config.c_str(), "%31s %31s", name, version);
  blas.version = version;
  return blas;
}

Vectors cpu_vectors() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
  unsigned a = 0, b = 0, c = 0, d = 0;
  const bool bf16 = __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & (1u << 5));
  if (avx2 && avx512) return bf16 ? Vectors::avx512_bf16 : Vectors::avx512;
  if (avx2) return Vectors::avx2;
  if (__builtin_cpu_supports("avx")) return Vectors::avx;
#endif
  return Vectors::sse;
}

Vectors kernel_vectors(const std::string& kernel) {
  for (const Kernel& each : kernels)
    if (strcasecmp(each.name, kernel.c_str()) == 0) return each.vectors;
  return Vectors::avx512_bf16;
}

std::vector<std::string> better_kernels(const std::string& kernel) {
  std::vector<std::string> better;
#if defined(__x86_64__)
  // What bfloat16 adds to a kernel does nothing for float and double: such a kernel is tried, but lacking it is no
  // reason to look.
  const auto useful = [](Vectors vectors) { return vectors > Vectors::avx512 ? Vectors::avx512 : vectors; };
  if (useful(kernel_vectors(kernel)) >= useful(cpu_vectors())) return better;
  for (const char* const name : candidates)
    if (kernel_vectors(name) > kernel_vectors(kernel) && kernel_vectors(name) <= cpu_vectors())
      better.emplace_back(name);
#else
  (void)kernel;
#endif
  return better;
}

std::string cpu_model() {
#if defined(__x86_64__)
  unsigned brand[12] = {}, signature = 0, b = 0, c = 0, d = 0;
  for (unsigned i = 0; i < 3; ++i)
    __get_cpuid(0x80000002u + i, &brand[4 * i], &brand[4 * i + 1], &brand[4 * i + 2], &brand[4 * i + 3]);
  __get_cpuid(1, &signature, &b, &c, &d);
  char text[sizeof brand + 1] = "", number[16];
  std::memcpy(text, brand, sizeof brand);
  std::snprintf(number, sizeof number, " %06x", signature);
  const char* first = text;
  while (*first == ' ') ++first;
  return std::string(first) + number;
#else
  return "";
#endif
}

}  // namespace nn::detail
