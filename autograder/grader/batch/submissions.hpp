// A class as it was handed in: a folder or an archive for each student, as a person, Moodle, Canvas or Gradescope lays
// them out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader {

namespace fs = std::filesystem;

struct Handed {
  std::string name;  ///< of its folder, or of its archive without the ending; printable, no two alike
  fs::path path;     ///< to be taken in
};

/// Whether the folder holds several submissions rather than being one.
bool is_class(const fs::path& folder);
/// By name. Throws course::UsageError when there is none.
std::vector<Handed> submissions_in(const fs::path& folder);

}  // namespace grader
