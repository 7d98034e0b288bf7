// What a student hands in, in one archive: the files that the lessons name, as UTF-8, and nothing else.
#pragma once

#include <string>
#include <vector>

#include "base/project.hpp"

namespace course {

struct Packed {
  std::vector<std::string> paths;  ///< below exercises/, sorted
  std::string manifest;            ///< "SHA-256  path" of each
  std::string content;             ///< SHA-256 of that: the grader's report calls the same files by it
};

/// What an instructor's compiler will miss: a file that this one includes and that is not one of the lesson's; empty
/// when there is none.
std::string includes_of_its_own(const Project& project, const Lesson& lesson, const std::string& file);

/// Throws UsageError when there is no file to pack, or one that cannot compile without what is not packed.
Packed pack(const Project& project, const std::vector<const Lesson*>& lessons, const fs::path& archive);

}  // namespace course
