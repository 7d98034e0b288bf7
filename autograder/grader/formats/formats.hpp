// One report, as each of those reads it who want to know: people, CI systems, learning platforms, spreadsheets.
//
// A submission that could not be graded for a reason of ours has no score in any of them; where a format has no way to
// say so, there is no file, which its reader takes for a failure of the grader.
#pragma once

#include <optional>

#include "autograder/grader/verdict.hpp"

namespace grader {

struct Format {
  const char* name;   ///< as given to --format
  const char* what;   ///< who reads it
  bool for_students;  ///< what a student must not see yet is left out
  /// Nothing when this format can say "not graded" only by having no file.
  std::optional<std::string> (*write)(const Report& report);
};

/// text, json, gradescope, classroom50, prairielearn, junit, markdown, html, csv.
const std::vector<Format>& formats();
/// Throws base::UsageError that lists what there is.
const Format& format(const std::string& name);

/// Where a format goes: a file, or "-" for standard output.
struct Wanted {
  const Format* format;
  std::string output;
};
/// From --format and --output as they were given, in their order; one format alone goes to standard output.
std::vector<Wanted> wanted(const std::vector<std::string>& names, const std::vector<std::string>& outputs);
/// Writes each; `shown` is what a student may see of the report. A file of an earlier run that must not stand for this
/// one is removed.
void write(const Report& report, const Report& shown, const std::vector<Wanted>& all);
/// The report without the tasks that seen_by_student withheld: for formats that know no such thing.
Report without_withheld(Report report);

/// A report that as_json wrote; throws std::runtime_error that says what is wrong with it.
Report read_report(const std::string& json);

/// What a student is told of a task that is not passed: the reason, the failures, the known mistake. Empty when passed.
std::string explanation(const LessonReport& lesson, const TaskReport& task);
/// "3.2 sigmoid"
std::string name_of(const TaskReport& task);

/// Why there is no score, for the student.
const char* not_graded_sentence(const Report& report);

std::optional<std::string> as_gradescope(const Report& report);
std::optional<std::string> as_classroom50(const Report& report);
std::optional<std::string> as_prairielearn(const Report& report);
std::string as_junit(const Report& report);
std::string as_markdown(const Report& report);
std::string as_html(const Report& report);

/// The gradebook, one line for each report; canvas and gradescope in the columns that those import.
std::string gradebook_csv(const std::vector<Report>& reports);
std::string canvas_csv(const std::vector<Report>& reports, const std::string& assignment);
std::string gradescope_csv(const std::vector<Report>& reports);
/// Moodle's grading worksheet.
std::string moodle_csv(const std::vector<Report>& reports);

}  // namespace grader
