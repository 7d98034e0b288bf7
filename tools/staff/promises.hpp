// What the repository promises about its own files, without building anything: `./course check` and `./course test`
// both begin here.
#pragma once

#include <string>
#include <vector>

#include "base/project.hpp"

namespace course {

/// What was looked at, and what is wrong with it.
struct Findings {
  int checked = 0;                    ///< single comparisons that were made
  std::vector<std::string> problems;  ///< "file: expected ..., found ...; what to do"
  std::vector<std::string> notes;     ///< informational, not a failure

  void expect(bool holds, const std::string& problem) {
    ++checked;
    if (!holds) problems.push_back(problem);
  }
};

Findings check_stubs(
    const Project& project);  ///< markers well-formed, exercises/ fresh, nothing stray in exercises/ and solutions/
Findings check_lessons(
    const Project& project);  ///< lesson.json against headers, markers, tags, README, prerequisites, hints
/// Every file that a lesson needs is there and filled in, and includes only headers of what the lesson requires.
Findings check_lesson_files(const Project& project);
/// Three known mistakes a task, no id twice; of all lessons, or of one.
Findings check_mistakes(const Project& project, const fs::path& programs, const std::string& number = "");
/// Whether a line of code leads beyond 120 characters by more than a quoted text.
bool too_long(const std::string& line);
Findings check_style(const Project& project);  ///< the length of lines, C++ as .clang-format has it, where tests are
Findings check_documents(const Project& project);  ///< links and anchors, code cut from compiled files

}  // namespace course
