// Markdown for a step summary or a comment: a table of the lessons, then what is not passed, folded away.
#include <fmt/format.h>

#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"

namespace grader {

namespace {

constexpr std::size_t largest_markdown = std::size_t{1000} << 10;  // GitHub takes 1 MiB for a step

std::string details(const LessonReport& lesson, const TaskReport& task) {
  return fmt::format("<details><summary>{} {}: {} of {} points, {}</summary>\n\n<pre>{}</pre>\n\n</details>\n\n",
                     markup(task.id), markup(task.title), task.score(), task.points, words(task.verdict),
                     markup(explanation(lesson, task)));
}

}  // namespace

std::string as_markdown(const Report& report) {
  const bool graded = !report.infrastructure_failed();
  std::string out =
      graded ? fmt::format("## {}: {} of {} points\n\n", markdown(report.submission), report.score(), report.points())
             : fmt::format("## {}: not graded\n\n{}\n\n", markdown(report.submission), not_graded_sentence(report));
  out += "| lesson | points | tasks |\n|---|---:|---|\n";
  for (const LessonReport& lesson : report.lessons) {
    std::string tasks;
    for (const TaskReport& task : lesson.tasks)
      tasks += fmt::format("{}{} {}", tasks.empty() ? "" : ", ", markdown(task.id), words(task.verdict));
    out += fmt::format("| {} {} | {} / {} | {} |\n", markdown(lesson.number), markdown(lesson.title),
                       graded ? std::to_string(lesson.score()) : "not graded", lesson.points(), tasks);
  }
  out += '\n';
  int left_out = 0;
  for (const LessonReport& lesson : report.lessons)
    for (const TaskReport& task : lesson.tasks) {
      if (task.verdict == Verdict::passed || !graded) continue;
      const std::string more = details(lesson, task);
      if (out.size() + more.size() > largest_markdown) ++left_out;
      else out += more;
    }
  if (left_out) out += fmt::format("{} tasks more are left out here: the text would be too long.\n\n", left_out);
  for (const std::string& note : report.notes)
    if (out.size() < largest_markdown) out += fmt::format("- note: {}\n", markdown(shortened(note, 1000)));
  return out;
}

}  // namespace grader
