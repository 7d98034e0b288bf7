// The part of the kit that grades some lessons, with the grader, in a folder that works by itself on a machine like
// this one. It holds no source of an answer, and no answer to a lesson that it grades, not even a compiled one.
#pragma once

#include "autograder/grader/kit.hpp"

namespace grader {

/// Throws base::UsageError when a lesson needs our answers to another one of them, or `folder` is there already.
void pack_kit(const Kit& kit, const std::vector<std::string>& lessons, const fs::path& folder);

}  // namespace grader
