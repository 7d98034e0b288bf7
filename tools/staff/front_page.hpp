// README.md's table of the lessons, made from their lesson.json.
#pragma once

#include "base/project.hpp"

namespace course {

/// A row for each lesson, under the title of its part where there are several.
std::string lesson_table(const Project& project);

/// The markdown with this table between <!-- lessons --> and <!-- /lessons -->. Throws std::runtime_error when there is
/// no such place.
std::string with_lesson_table(const std::string& markdown, const std::string& table);

}  // namespace course
