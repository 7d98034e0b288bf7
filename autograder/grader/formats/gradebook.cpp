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

/// The report with the most lessons: one that was never begun has none to name columns by.
const Report* fullest(const std::vector<Report>& reports) {
  const Report* best = nullptr;
  for (const Report& report : reports)
    if (!best || report.lessons.size() > best->lessons.size()) best = &report;
  return best;
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
      for (std::size_t i = 0; i < column.tasks.size(); ++i)
        out += lesson && i < lesson->tasks.size() ? fmt::format(",{}", lesson->tasks[i].score()) : ",";
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
