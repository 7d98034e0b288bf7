// The first error of a build, in plain words and with the student's own line.
#pragma once

#include <string>

#include "base/project.hpp"

namespace course {

/// What the compiler or the linker said, as a student needs it: the file, line and column, the line itself, the error,
/// and for the commonest errors of this course a sentence on what to do.
std::string explained_build(const Project& project, const Lesson& lesson, const std::string& output);
/// The same where several lessons were built: of the first that has an error. Where none has, the output as it is.
std::string explained_build(const Project& project, const std::string& output);

}  // namespace course
