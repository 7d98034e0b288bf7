// The zip that is uploaded to Gradescope: this repository with setup.sh, run_autograder and a secret at its root.
#pragma once

#include <filesystem>
#include <string>

namespace grader {

/// `secret` empty: a new one. Exercises, figures and everything that git ignores are left out.
void write_gradescope_zip(const std::filesystem::path& root, const std::filesystem::path& zip,
                          const std::string& secret);

}  // namespace grader
