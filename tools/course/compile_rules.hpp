// The compile errors of this course in a student's words: tables of what the compiler says and what helps.
#pragma once

#include <string>

#include "base/project.hpp"

namespace course {

/// A sentence for the compiler's `error` (with plain quotes) at the source line `source`; "" where no rule fits.
std::string in_words(const Project& project, const Lesson& lesson, const std::string& error, const std::string& source);
/// The same for a warning.
std::string warning_in_words(const std::string& warning);

}  // namespace course
