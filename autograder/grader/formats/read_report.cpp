// A report back from its JSON: a batch that was killed goes on with what it had, a shard's work is merged.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "autograder/grader/formats/formats.hpp"

namespace grader {

static Verdict verdict_of(const std::string& text) {
  for (int i = 0; i <= int(Verdict::infrastructure); ++i)
    if (text == words(Verdict(i))) return Verdict(i);
  throw std::runtime_error(fmt::format("no verdict '{}'", text));
}

static Visibility visibility_of(const std::string& text) {
  for (int i = 0; i <= int(Visibility::hidden); ++i)
    if (text == words(Visibility(i))) return Visibility(i);
  throw std::runtime_error(fmt::format("no visibility '{}'", text));
}

static TaskReport read_task(const nlohmann::json& json) {
  TaskReport task;
  json.at("id").get_to(task.id);
  json.at("title").get_to(task.title);
  json.at("points").get_to(task.points);
  task.verdict = verdict_of(json.at("verdict"));
  json.at("reason").get_to(task.reason);
  json.at("failures").get_to(task.failures);
  json.at("mistake").get_to(task.mistake);
  json.at("checks").get_to(task.checks);
  json.at("failed_checks").get_to(task.failed_checks);
  json.at("seconds").get_to(task.seconds);
  task.visibility = visibility_of(json.at("visibility"));
  if (json.at("score") != task.score())
    throw std::runtime_error(fmt::format("task {}: the score is not its verdict's", task.id));
  return task;
}

Report read_report(const std::string& text) try {
  const auto json = nlohmann::json::parse(text);
  if (json.at("schema") != "nand2mnist/report/v1") throw std::runtime_error("not nand2mnist/report/v1");
  Report report;
  json.at("submission").get_to(report.submission);
  json.at("content").get_to(report.content);
  json.at("sandbox").get_to(report.sandbox);
  json.at("seed").get_to(report.seed);
  json.at("notes").get_to(report.notes);
  json.at("seconds").get_to(report.seconds);
  if (json.contains("late")) {
    const auto& late = json.at("late");
    report.late =
        Lateness{late.at("submitted"), late.at("due"), late.at("days"), late.at("free_days"), late.at("penalty")};
  }
  if (json.contains("best_before")) report.best_before = json.at("best_before").get<int>();
  for (const auto& entry : json.at("lessons")) {
    LessonReport& lesson = report.lessons.emplace_back();
    entry.at("lesson").get_to(lesson.number);
    entry.at("name").get_to(lesson.name);
    entry.at("title").get_to(lesson.title);
    entry.at("compiler").get_to(lesson.compiler);
    entry.at("seconds").get_to(lesson.compile_seconds);
    for (const auto& task : entry.at("tasks")) lesson.tasks.push_back(read_task(task));
  }
  if (json.at("graded") == report.infrastructure_failed())
    throw std::runtime_error("'graded' contradicts the verdicts");
  if (!report.infrastructure_failed() && json.at("score") != report.score())
    throw std::runtime_error("the score does not follow from the tasks' scores");
  return report;
} catch (const nlohmann::json::exception& e) {
  throw std::runtime_error(fmt::format("not a report: {}", e.what()));
}

}  // namespace grader
