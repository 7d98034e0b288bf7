// What the compiler says of a student's file, in plain words and with the student's own line.
#pragma once

#include <set>
#include <string>

#include "base/project.hpp"

namespace course {

/// What the compiler or the linker said, as a student needs it: the file, line and column, the line itself, the error,
/// and for the commonest errors of this course a sentence on what to do.
std::string explained_build(const Project& project, const Lesson& lesson, const std::string& output);
/// The same where several lessons were built: of the first that has an error, or that lacks a function. Where none
/// does, the output as it is.
std::string explained_build(const Project& project, const std::string& output);

/// The warnings in a student's files, each as explained_build() shows an error, at most `most` of them: those within
/// `first` first, none of those within `without`. Empty when there is none.
std::string explained_warnings(const Project& project, const Lesson& lesson, const std::string& output,
                               const std::set<std::string>& first, const std::set<std::string>& without,
                               std::size_t most);

}  // namespace course
