#include "autograder/grader/formats/formats.hpp"

#include <fmt/format.h>

#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/report.hpp"
#include "base/project.hpp"

namespace grader {

const std::vector<Format>& formats() {
  using Text = std::optional<std::string>;
  static const std::vector<Format> all = {
      {"text", "people", false, [](const Report& r) { return Text(as_text(r)); }},
      {"json", "programs: the whole report, nand2mnist/report/v1", false,
       [](const Report& r) { return Text(as_json(r)); }},
      {"gradescope", "Gradescope: results.json, with a visibility for each test", false, as_gradescope},
      {"classroom50", "Classroom 50: result.json", true, as_classroom50},
      {"prairielearn", "PrairieLearn: results.json", true, as_prairielearn},
      {"junit", "CI systems: JUnit XML", true, [](const Report& r) { return Text(as_junit(r)); }},
      {"markdown", "GitHub's step summary", true, [](const Report& r) { return Text(as_markdown(r)); }},
      {"html", "a page for the student", true, [](const Report& r) { return Text(as_html(r)); }},
      {"csv", "spreadsheets: a gradebook of one line", false, [](const Report& r) { return Text(gradebook_csv({r})); }},
  };
  return all;
}

const Format& format(const std::string& name) {
  std::string known;
  for (const Format& each : formats()) {
    if (each.name == name) return each;
    known += std::string(known.empty() ? "" : ", ") + each.name;
  }
  throw base::UsageError(fmt::format("no format {}; there are {}", name, known));
}

std::vector<Wanted> wanted(const std::vector<std::string>& names, const std::vector<std::string>& outputs) {
  std::vector<Wanted> all;
  if (outputs.size() != names.size() && !(names.size() == 1 && outputs.empty()))
    throw base::UsageError(
        fmt::format("{} --format, {} --output: give one --output FILE for each --format, in the same order",
                    names.size(), outputs.size()));
  for (std::size_t i = 0; i < names.size(); ++i) all.push_back({&format(names[i]), outputs.empty() ? "-" : outputs[i]});
  return all;
}

Report without_withheld(Report report) {
  for (LessonReport& lesson : report.lessons)
    std::erase_if(lesson.tasks, [](const TaskReport& task) { return task.withheld; });
  return report;
}

void write(const Report& report, const Report& shown, const std::vector<Wanted>& all) {
  for (const Wanted& each : all) {
    const std::optional<std::string> text =
        each.format->write(each.format->for_students ? without_withheld(shown) : report);
    std::error_code ignored;
    if (!text && each.output != "-") std::filesystem::remove(each.output, ignored);
    if (!text)
      fmt::print(stderr, "{}: not graded, so nothing is written for {}\n", report.submission, each.format->name);
    else if (each.output == "-")
      fmt::print("{}", text->front() == '{' ? no_commands_in_json(*text) : no_commands(*text));
    else base::write_file(each.output, *text);
  }
}

std::string name_of(const TaskReport& task) { return task.id + " " + task.title; }

static const char* const grader_failed =
    "The grader itself failed, so there is no score. This is not about your work; it will be graded again.";

const char* not_graded_sentence(const Report& report) {
  return report.unclear ? "What was handed in could not be graded as it is, so there is no score: see the note."
                        : grader_failed;
}

std::string explanation(const LessonReport& lesson, const TaskReport& task) {
  if (task.verdict == Verdict::passed) return "";
  std::string out = task.reason;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : "\n") + text;
  };
  if (task.verdict == Verdict::infrastructure) return grader_failed;
  if (task.verdict == Verdict::not_written && out.empty()) add("not written yet");
  add(lesson.compiler);
  for (const std::string& failure : task.failures) add(failure);
  if (!task.mistake.empty()) add("-> " + task.mistake);
  return no_commands(out);
}

}  // namespace grader
