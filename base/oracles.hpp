// The tests of a lesson without what would answer it: autograder/tests/support/oracle.hpp.
#pragma once

#include <string>

namespace base {

/// `oracle<T>("name", [...] { ... })` becomes `oracle<T>("name")`. Throws std::runtime_error for one that does not end.
std::string without_oracles(const std::string& tests);

}  // namespace base
