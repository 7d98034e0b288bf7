// JUnit XML, in the members that CI systems agree on: a lesson is a suite, a task a case, its points are properties of
// the suite (Jenkins's schema knows none of a case).
#include <fmt/format.h>

#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"

namespace grader {

namespace {

struct Counts {
  int tests = 0, failures = 0, errors = 0;
  double seconds = 0;
};

/// What went wrong on the student's side is a failure, what went wrong on ours an error: no CI system counts that as
/// passed.
const char* element(Verdict verdict) { return verdict == Verdict::infrastructure ? "error" : "failure"; }

Counts counts(const LessonReport& lesson) {
  Counts all{int(lesson.tasks.size()), 0, 0, lesson.compile_seconds};
  for (const TaskReport& task : lesson.tasks) {
    if (task.verdict == Verdict::infrastructure) ++all.errors;
    else if (task.verdict != Verdict::passed) ++all.failures;
    all.seconds += task.seconds;
  }
  return all;
}

std::string attributes(const Counts& all) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3f}\"", all.tests, all.failures, all.errors,
                     all.seconds);
}

std::string first_line(const std::string& text) { return shortened(text.substr(0, text.find('\n')), 200); }

}  // namespace

std::string as_junit(const Report& report) {
  Counts total;
  std::string suites;
  for (const LessonReport& lesson : report.lessons) {
    const Counts here = counts(lesson);
    total = {total.tests + here.tests, total.failures + here.failures, total.errors + here.errors,
             total.seconds + here.seconds};
    suites += fmt::format("  <testsuite name=\"{}\" {} skipped=\"0\">\n", markup(lesson.name), attributes(here));
    suites += "    <properties>\n";
    const auto property = [&](const TaskReport& task, const char* what, int value) {
      suites += fmt::format("      <property name=\"{} {}\" value=\"{}\"/>\n", markup(task.id), what, value);
    };
    for (const TaskReport& task : lesson.tasks) {
      if (task.verdict != Verdict::infrastructure) property(task, "score", task.score());
      property(task, "points", task.points);
    }
    suites += "    </properties>\n";
    for (const TaskReport& task : lesson.tasks) {
      suites += fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"{:.3f}\">\n", markup(name_of(task)),
                            markup(lesson.name), task.seconds);
      const std::string why = explanation(lesson, task);
      if (task.verdict != Verdict::passed)
        suites += fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element(task.verdict),
                              words(task.verdict), markup(first_line(why)), markup(why));
      suites += "    </testcase>\n";
    }
    suites += "  </testsuite>\n";
  }
  if (report.lessons.empty()) {  // no suite at all would pass for a success
    total.tests = total.errors = 1;
    const std::string why = report.notes.empty() ? "" : no_commands(report.notes[0]);
    suites = fmt::format(
        "  <testsuite name=\"grader\" {}>\n    <testcase name=\"grading\" classname=\"grader\" time=\"0\">\n"
        "      <error type=\"infrastructure\" message=\"{}\">{}</error>\n    </testcase>\n  </testsuite>\n",
        attributes(total), not_graded_sentence(report), markup(why));
  }
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" {}>\n{}</testsuites>\n",
                     markup(report.submission), attributes(total), suites);
}

}  // namespace grader
