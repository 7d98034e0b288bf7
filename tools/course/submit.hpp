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

/// Throws UsageError when there is no file to pack.
Packed pack(const Project& project, const std::vector<const Lesson*>& lessons, const fs::path& archive);

}  // namespace course
