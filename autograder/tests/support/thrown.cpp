// Remembers where the last exception came from, so that a student reads the line of their own file and not "an
// exception".
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>

#include "autograder/tests/support/report.hpp"

static void* frames[24];
static int frame_count = 0;

// Stands before the runtime's own function of this name, which it calls.
extern "C" [[noreturn]] void __cxa_throw(void* object, void* type, void (*destructor)(void*)) {
  using Throw = void (*)(void*, void*, void (*)(void*));
  static const auto real = reinterpret_cast<Throw>(dlsym(RTLD_NEXT, "__cxa_throw"));
  frame_count = backtrace(frames, int(sizeof frames / sizeof *frames));
  real(object, type, destructor);
  __builtin_unreachable();
}

namespace nn {

static std::size_t load_address() {
  std::size_t base = 0;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* out) {
        *static_cast<std::size_t*>(out) = info->dlpi_addr;
        return 1;  // the first is the program itself
      },
      &base);
  return base;
}

static std::vector<std::size_t>& kept() {
  static std::vector<std::size_t> offsets;
  return offsets;
}

void keep_throw() {
  kept().clear();
  for (int i = 1; i < frame_count; ++i) kept().push_back(reinterpret_cast<std::size_t>(frames[i]) - load_address() - 1);
}

std::vector<std::size_t> kept_throw() { return kept(); }

}  // namespace nn
