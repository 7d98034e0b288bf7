// The commands behind the program, one function each; each returns the exit code.
#pragma once

#include "base/project.hpp"

namespace course {

/// ./course check: everything quick; or the files and this lesson; or with `files` nothing that needs a build.
int run_check(const Project& project, const std::string& which, bool files);
int run_test(const Project& project, bool again, bool times);               ///< ./course test
int run_stubs(const Project& project, const fs::path& folder);              ///< ./course stubs
int run_figures(const Project& project, const std::string& lesson);         ///< ./course figures 19
int run_bench(const Project& project, std::vector<std::string> arguments);  ///< ./course bench
int run_grade(const Project& project, std::vector<std::string> arguments);  ///< ./course grade

}  // namespace course
