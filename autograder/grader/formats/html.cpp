// A page for one student: the score, a table of tasks in words (never by colour alone), what the tests said.
#include <fmt/format.h>

#include "autograder/grader/class_report/class_report.hpp"
#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"

namespace grader {

static std::string rows_of(const LessonReport& lesson, bool graded) {
  std::string out;
  for (const TaskReport& task : lesson.tasks) {
    const std::string more = graded ? explanation(lesson, task) : "";
    out += fmt::format("<tr><td>{} {}{}</td><td>{}</td><td class=\"n\">{} / {}</td></tr>\n", markup(task.id),
                       markup(task.title),
                       more.empty() ? "" : fmt::format("<pre>{}</pre>", markup(shortened(more, 20'000))),
                       words(task.verdict), graded ? std::to_string(task.score()) : "-", task.points);
  }
  return out;
}

std::string as_html(const Report& report) {
  const bool graded = !report.infrastructure_failed();
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}: {2}</h1>\n",
      markup(report.submission), page_style,
      graded ? fmt::format("{} of {} points", report.score(), report.points()) : "not graded");
  if (!graded) out += fmt::format("<p>{}</p>\n", not_graded_sentence(report));
  if (report.late && report.late->days > 0)
    out += fmt::format("<p>Late: {} days begun, {} of them free; {} % of {} points.</p>\n", report.late->days,
                       report.late->free_days, report.late->penalty, report.earned());
  if (report.by_hand && report.by_hand->score)
    out += fmt::format("<p>The score was set by hand: {}</p>\n", markup(report.by_hand->reason));
  if (report.by_hand && !report.by_hand->comment.empty())
    out += fmt::format("<p>Comment: {}</p>\n", markup(report.by_hand->comment));
  for (const LessonReport& lesson : report.lessons)
    out += fmt::format(
        "<h2>{} {}: {} of {} points</h2>\n<table>\n<tr><th scope=\"col\">task</th><th scope=\"col\">verdict</th>"
        "<th scope=\"col\" class=\"n\">points</th></tr>\n{}</table>\n",
        markup(lesson.number), markup(lesson.title), graded ? std::to_string(lesson.score()) : "-", lesson.points(),
        rows_of(lesson, graded));
  for (const std::string& note : report.notes) out += fmt::format("<p>Note: {}</p>\n", markup(shortened(note, 1000)));
  return out + "</body>\n</html>\n";
}

}  // namespace grader
