// What a step gives back, the next one asks for again. glibc would return it to the system after every step, and each
// page of it would come back anew: a third to a half of the time of filters that learn.
#pragma once

#include <cstdint>
#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

namespace base {

/// From now on memory stays with this program, the first of it in large pages where the system offers them: the
/// matrices of a step are megabytes, and walks through tables of small pages cost a tenth of its time.
inline void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#ifdef MADV_HUGEPAGE
  constexpr std::uintptr_t some = 64 << 20, page = 4096;
  if (void* const lump = std::malloc(some)) {
    const auto first = (reinterpret_cast<std::uintptr_t>(lump) + page - 1) / page * page;
    (void)madvise(reinterpret_cast<void*>(first), some - page, MADV_HUGEPAGE);
    std::free(lump);  // stays, as all that is given back
  }
#endif
#endif
}

}  // namespace base
