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

static TaskReport read_task(const nlohmann::json& node) {
  TaskReport task;
  node.at("id").get_to(task.id);
  node.at("title").get_to(task.title);
  node.at("points").get_to(task.points);
  task.verdict = verdict_of(node.at("verdict"));
  node.at("reason").get_to(task.reason);
  node.at("failures").get_to(task.failures);
  node.at("mistake").get_to(task.mistake);
  node.at("checks").get_to(task.checks);
  node.at("failed_checks").get_to(task.failed_checks);
  node.at("seconds").get_to(task.seconds);
  task.visibility = visibility_of(node.at("visibility"));
  if (node.at("score") != task.score())
    throw std::runtime_error(fmt::format("task {}: the score is not its verdict's", task.id));
  return task;
}

Report read_report(const std::string& text) try {
  const auto node = nlohmann::json::parse(text);
  if (node.at("schema") != "nand2mnist/report/v1") throw std::runtime_error("not nand2mnist/report/v1");
  Report report;
  node.at("submission").get_to(report.submission);
  node.at("content").get_to(report.content);
  node.at("sandbox").get_to(report.sandbox);
  node.at("seed").get_to(report.seed);
  node.at("notes").get_to(report.notes);
  node.at("seconds").get_to(report.seconds);
  if (node.contains("late")) {
    const auto& late = node.at("late");
    report.late =
        Lateness{late.at("submitted"), late.at("due"), late.at("days"), late.at("free_days"), late.at("penalty")};
  }
  if (node.contains("best_before")) report.best_before = node.at("best_before").get<int>();
  for (const auto& entry : node.at("lessons")) {
    LessonReport& lesson = report.lessons.emplace_back();
    entry.at("lesson").get_to(lesson.number);
    entry.at("name").get_to(lesson.name);
    entry.at("title").get_to(lesson.title);
    entry.at("compiler").get_to(lesson.compiler);
    entry.at("seconds").get_to(lesson.compile_seconds);
    for (const auto& task : entry.at("tasks")) lesson.tasks.push_back(read_task(task));
  }
  if (node.at("graded") == report.infrastructure_failed())
    throw std::runtime_error("'graded' contradicts the verdicts");
  if (!report.infrastructure_failed() && node.at("score") != report.score())
    throw std::runtime_error("the score does not follow from the tasks' scores");
  return report;
} catch (const nlohmann::json::exception& e) {
  throw std::runtime_error(fmt::format("not a report: {}", e.what()));
}

}  // namespace grader
