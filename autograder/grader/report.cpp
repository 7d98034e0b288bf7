#include "autograder/grader/report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "autograder/grader/formats/escape.hpp"

namespace grader {

/// The text's lines after a margin, none longer than 80 characters where it has spaces to be broken at.
static void indented(std::string& out, const std::string& text, const std::string& margin) {
  std::istringstream lines(no_commands(text));
  for (std::string line; std::getline(lines, line);) {
    std::string before = margin;
    while (before.size() + line.size() > 80) {
      const std::size_t words = line.find_first_not_of(' ');
      std::size_t at = line.rfind(' ', 80 - before.size());
      if (at == std::string::npos || at <= words) at = line.find(' ', words);
      if (at == std::string::npos) break;
      out += before + line.substr(0, at) + '\n';
      line.erase(0, at + 1);
      before = margin + "  ";
    }
    out += before + line + '\n';
  }
}

std::string as_text(const Report& report) {
  std::string out;
  indented(out, report.submission, "");
  for (const LessonReport& lesson : report.lessons) {
    out += fmt::format("\n{}  {}: {} of {} points\n", lesson.number, lesson.title, lesson.score(), lesson.points());
    for (const TaskReport& task : lesson.tasks) {
      if (task.withheld) {
        out += fmt::format("          {} {}: hidden for now\n", task.id, task.title);
        continue;
      }
      out +=
          fmt::format("  {:>3}/{:<3} {} {}: {}\n", task.score(), task.points, task.id, task.title, words(task.verdict));
      if (lesson.compiler.empty() && !task.reason.empty()) indented(out, task.reason, "          ");
      for (const std::string& failure : task.failures) indented(out, failure, "          ");
      if (!task.mistake.empty()) indented(out, "-> " + task.mistake, "          ");
    }
    if (!lesson.compiler.empty()) {
      indented(out, lesson.tasks.empty() ? "" : lesson.tasks[0].reason, "  ");
      indented(out, lesson.compiler, "    ");
    }
  }
  out += '\n';
  for (const std::string& note : report.notes) indented(out, "note: " + note, "");
  if (report.late && report.late->days > 0)
    out += fmt::format("late: {} of the {} days are free; penalty {} % of {} points\n", report.late->free_days,
                       report.late->days, report.late->penalty, report.earned());
  if (report.by_hand && report.by_hand->score)
    indented(out, fmt::format("the score was set by hand: {}", report.by_hand->reason), "");
  if (report.by_hand && !report.by_hand->comment.empty()) indented(out, "comment: " + report.by_hand->comment, "");
  if (report.best_before && *report.best_before == report.score())
    out += "the earlier grading was better, and stands\n";
  if (!report.infrastructure_failed()) out += fmt::format("score: {} of {}\n", report.score(), report.points());
  else if (report.unclear) out += "NOT GRADED: see the note\n";
  else out += "NOT GRADED: the grader itself failed (see the tasks marked infrastructure)\n";
  if (report.lessons.empty()) return out;
  indented(out,
           fmt::format("sandbox: {}; seed {}; content {}; {:.1f} s", report.sandbox, report.seed,
                       report.content.substr(0, 16), report.seconds),
           "");
  return out;
}

std::string as_json(const Report& report) {
  using json = nlohmann::ordered_json;
  json lessons = json::array();
  for (const LessonReport& lesson : report.lessons) {
    json tasks = json::array();
    for (const TaskReport& task : lesson.tasks)
      tasks.push_back({{"id", task.id},
                       {"title", task.title},
                       {"verdict", words(task.verdict)},
                       {"score", task.score()},
                       {"points", task.points},
                       {"reason", task.reason},
                       {"failures", task.failures},
                       {"mistake", task.mistake},
                       {"checks", task.checks},
                       {"failed_checks", task.failed_checks},
                       {"visibility", words(task.visibility)},
                       {"seconds", task.seconds}});
    lessons.push_back({{"lesson", lesson.number},
                       {"name", lesson.name},
                       {"title", lesson.title},
                       {"score", lesson.score()},
                       {"points", lesson.points()},
                       {"compiler", lesson.compiler},
                       {"tasks", tasks},
                       {"seconds", lesson.compile_seconds}});
  }
  json all = {{"schema", "nand2mnist/report/v1"}, {"submission", report.submission},
              {"content", report.content},        {"seed", report.seed},
              {"sandbox", report.sandbox},        {"graded", !report.infrastructure_failed()}};
  if (!report.infrastructure_failed()) {
    all["score"] = report.score();
    all["earned"] = report.earned();
  }
  if (report.late)
    all["late"] = {{"submitted", report.late->submitted},
                   {"due", report.late->due},
                   {"days", report.late->days},
                   {"free_days", report.late->free_days},
                   {"penalty", report.late->penalty}};
  if (report.best_before) all["best_before"] = *report.best_before;
  if (report.by_hand)
    all["by_hand"] = {{"score", report.by_hand->score ? json(*report.by_hand->score) : json()},
                      {"reason", report.by_hand->reason},
                      {"comment", report.by_hand->comment}};
  all["points"] = report.points();
  all["notes"] = report.notes;
  all["lessons"] = lessons;
  all["seconds"] = report.seconds;
  return all.dump(2) + "\n";
}

}  // namespace grader
