// What the stubs promise, seen by building and running them (nothing in exercises/ is touched).
#pragma once

#include "tools/course/trees.hpp"
#include "tools/staff/promises.hpp"

namespace course {

/// Every untouched stub builds without a warning, and every task fails as not written; in a tree of our solutions.
void check_untouched(const Project& project, const Tree& tree, Findings& found);

/// A syntax error, a missing function, a missing return, a segfault and an endless loop in one lesson: that lesson
/// reports each for what it is, every other lesson's results are as before, and no stale program is run.
void check_broken_stubs(const Project& project, Findings& found);

}  // namespace course
