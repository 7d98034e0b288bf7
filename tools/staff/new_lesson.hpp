// ./course new 19-name: the skeleton of a lesson, every file that it needs and nothing else.
#pragma once

#include "base/project.hpp"

namespace course {

/// What is still to be filled in says so by this.
inline constexpr const char* fill_in = "FILL IN";

/// Writes them and returns their paths below the root. `requires_lessons` are numbers or names; none: the lesson that
/// ends in the first capstone, or else the lesson before. Throws UsageError when the name or the number cannot be or is
/// taken, or one of the files is there.
std::vector<fs::path> new_lesson(const Project& project, const std::string& name,
                                 const std::vector<std::string>& requires_lessons);

/// ./course new
int run_new(const Project& project, const std::string& name, const std::string& requires_lessons);

}  // namespace course
