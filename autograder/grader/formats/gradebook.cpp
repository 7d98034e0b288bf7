// Gradebooks as CSV (RFC 4180). Who has no score has an empty cell, never a 0.
#include <fmt/format.h>

#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"

namespace grader {

namespace {

/// A cell that holds the score, or nothing.
std::string score_cell(const Report& report) {
  return report.infrastructure_failed() ? "" : std::to_string(report.score());
}

/// The report with the most tasks: one that was never begun has none to name columns by.
const Report* fullest(const std::vector<Report>& reports) {
  const auto tasks = [](const Report& report) {
    std::size_t sum = 0;
    for (const LessonReport& lesson : report.lessons) sum += lesson.tasks.size();
    return sum;
  };
  const Report* best = nullptr;
  for (const Report& report : reports)
    if (!best || tasks(report) > tasks(*best)) best = &report;
  return best;
}

/// The cell of a task: its score, or nothing where the report has no such task.
std::string task_cell(const LessonReport* lesson, const std::string& id) {
  for (const TaskReport& task : lesson ? lesson->tasks : std::vector<TaskReport>{})
    if (task.id == id) return std::to_string(task.score());
  return "";
}

const LessonReport* lesson_of(const Report& report, const std::string& number) {
  for (const LessonReport& lesson : report.lessons)
    if (lesson.number == number) return &lesson;
  return nullptr;
}

}  // namespace

std::string gradebook_csv(const std::vector<Report>& reports) {
  const Report* columns = fullest(reports);
  std::string out = "student,status,score,points";
  for (const LessonReport& lesson : columns ? columns->lessons : std::vector<LessonReport>{}) {
    out += "," + csv("lesson " + lesson.number);
    for (const TaskReport& task : lesson.tasks) out += "," + csv(name_of(task));
  }
  out += ",seed,content,notes\r\n";
  for (const Report& report : reports) {
    const bool graded = !report.infrastructure_failed();
    out += fmt::format("{},{},{},{}", csv(report.submission), graded ? "graded" : "not graded", score_cell(report),
                       graded ? std::to_string(report.points()) : "");
    for (const LessonReport& column : columns->lessons) {
      const LessonReport* lesson = graded ? lesson_of(report, column.number) : nullptr;
      out += lesson ? fmt::format(",{}", lesson->score()) : ",";
      for (const TaskReport& task : column.tasks) out += "," + task_cell(lesson, task.id);
    }
    std::string notes;
    for (const std::string& note : report.notes) notes += (notes.empty() ? "" : "; ") + note;
    out += fmt::format(",{},{},{}\r\n", report.seed, csv(report.content), csv(notes));
  }
  return out;
}

std::string canvas_csv(const std::vector<Report>& reports, const std::string& assignment) {
  const Report* columns = fullest(reports);
  std::string out = fmt::format("Student,ID,SIS User ID,SIS Login ID,Section,{}\r\n    Points Possible,,,,,{}\r\n",
                                csv(assignment), columns ? columns->points() : 0);
  for (const Report& report : reports)
    out += fmt::format("{},,,{},,{}\r\n", csv(report.submission), csv(report.submission), score_cell(report));
  return out;
}

std::string gradescope_csv(const std::vector<Report>& reports) {
  std::string out = "Name,SID,Email,Total Score,Max Points,Status\r\n";
  for (const Report& report : reports)
    out += fmt::format("{},{},,{},{},{}\r\n", csv(report.submission), csv(report.submission), score_cell(report),
                       report.points(), report.infrastructure_failed() ? "Ungraded" : "Graded");
  return out;
}

}  // namespace grader
