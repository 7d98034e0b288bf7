// The grader's build tree.
#pragma once

#include "tools/course/trees.hpp"

namespace course {

/// Configured; what only the grader needs is installed, or the line that does is printed. Throws EnvironmentError.
/// `more`: further definitions, as in {"NN_SELFTESTS=ON"}.
Tree grader_tree(const Project& project, const fs::path& hidden_tests = {}, const std::vector<std::string>& more = {});

}  // namespace course
