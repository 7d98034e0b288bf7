// A crash says little; the same run under AddressSanitizer and UndefinedBehaviorSanitizer says which line did it.
#pragma once

#include "tools/course/grade.hpp"

namespace course {

/// Runs the task again in a build whose student code is sanitized, and puts what it says, and the line of the student's
/// file, into `task`.
void explain_crash(const Project& project, const Tree& tree, const Lesson& lesson, const std::string& id, int signal,
                   TaskResult& task);

/// The same for a wrong answer whose code reads with Z.at(i, j), which looks at no bounds: a clue where it went past
/// them.
void explain_unchecked(const Project& project, const Tree& tree, const Lesson& lesson, const std::string& id,
                       TaskResult& task);

}  // namespace course
