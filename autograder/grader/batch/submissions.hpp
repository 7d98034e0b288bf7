// A class as it was handed in: a folder, an archive or loose files for each student, as a person, Moodle, Canvas or
// Gradescope lays them out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "autograder/grader/batch/exports.hpp"
#include "autograder/grader/person.hpp"
#include "autograder/grader/policy.hpp"
#include "autograder/grader/shape.hpp"

namespace grader {

namespace fs = std::filesystem;

struct SubmittedWork {
  std::string name;               ///< of the student, as the platform has it, or of the folder or archive; no two alike
  std::vector<fs::path> paths;    ///< to be taken in together
  std::string problem;            ///< why it cannot be, such as a link
  ExportName from;                ///< what a platform's name for it says
  std::vector<Person> members;    ///< whom a platform names beside it
  std::optional<Time> submitted;  ///< by the platform's clock
};

struct ClassFolder {
  std::vector<SubmittedWork> handed;  ///< by name
  std::vector<std::string> aside;     ///< files in the folder that are nobody's work: a roster, notes
};

/// Whether a folder is one submission or a class of them.
struct Layout {
  enum Kind { one, several, unclear } kind = one;
  std::string why;  ///< what makes it unclear
};
Layout layout_of(const fs::path& folder, const NamedFiles& named);
/// Everybody's; `out` is a folder of ours that may lie in it. Throws base::UsageError when there is nothing.
ClassFolder read_class(const fs::path& folder, const NamedFiles& named, const fs::path& out = {});
/// Gradescope's submission_metadata.yml, into what it speaks of. Throws base::UsageError when it cannot be read.
void read_gradescope_metadata(const fs::path& file, std::vector<SubmittedWork>& handed);

}  // namespace grader
