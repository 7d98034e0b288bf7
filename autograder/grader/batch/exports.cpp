#include "autograder/grader/batch/exports.hpp"

#include <regex>

namespace grader {

namespace {

struct Pattern {
  const char* platform;
  const char* regex;
  int student, late, id, file;  ///< groups of the expression; 0: it has none
};

constexpr Pattern patterns[] = {
    // Ada Lovelace_657717_assignsubmission_file_, with or without the file's own name
    {"Moodle", R"((.+)_(\d+)_assignsubmission_(?:file|onlinetext)_?(.*))", 1, 0, 2, 3},
    // hw1_ada_attempt_2026-06-01-11-59-00_hw1.zip
    {"Blackboard", R"(.+_([^_]+)_attempt_\d{4}(?:-\d\d){5}_?(.*))", 1, 0, 1, 2},
    // lovelaceada_12345_67890_hw1.zip, lovelaceada_LATE_12345_67890_hw1.zip
    {"Canvas", R"(([^_]+)_(?:(LATE|late)_)?(\d+)_(?:\d+)_(.+))", 1, 2, 3, 4},
    // submission_1234567, beside submission_metadata.yml
    {"Gradescope", R"(submission_(\d+))", 0, 0, 1, 0},
};

}  // namespace

std::optional<ExportName> export_name(const std::string& entry) {
  for (const Pattern& pattern : patterns) {
    std::smatch m;
    if (!std::regex_match(entry, m, std::regex(pattern.regex))) continue;
    const auto group = [&](int number) { return number ? m[std::size_t(number)].str() : std::string(); };
    return ExportName{pattern.platform, group(pattern.student), group(pattern.id), group(pattern.file),
                      !group(pattern.late).empty()};
  }
  return {};
}

}  // namespace grader
