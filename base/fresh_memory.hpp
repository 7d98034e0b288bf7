// What malloc gives holds absurd numbers, so that code that reads what nobody wrote is wrong every time and not right
// by luck. The compiler does the same for local variables (-ftrivial-auto-var-init=pattern).
#pragma once

#include <malloc.h>

namespace base {

/// Every byte is 0xfe from now on: -5.3e303 as a double.
inline void fill_fresh_memory() { mallopt(M_PERTURB, 1); }

}  // namespace base
