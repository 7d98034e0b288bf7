// The zip that is uploaded to Gradescope: this repository with setup.sh, run_autograder and a secret at its root.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader {

/// What one assignment grades.
struct Assignment {
  std::string secret;                ///< empty: a new one
  std::vector<std::string> lessons;  ///< numbers; empty: all
  std::filesystem::path hidden;      ///< a folder of hidden tests, or nothing
};

/// Exercises, figures and everything that git ignores are left out.
void write_gradescope_zip(const std::filesystem::path& root, const std::filesystem::path& zip,
                          const Assignment& assignment);

}  // namespace grader
