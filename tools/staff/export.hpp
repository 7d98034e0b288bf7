// A repository for the students: lessons 1 ... K, or those of a list and what they require; our solutions of those
// before the last, the tests that their loop needs, and nothing else of ours.
#pragma once

#include "base/project.hpp"

namespace course {

/// ./course export --through K DIR, or --through K,L DIR. Into a new folder, or over an earlier export: then what
/// students wrote stays as it is, and what they changed of ours is kept beside.
int run_export(const Project& project, const std::string& through, const fs::path& folder);

}  // namespace course
