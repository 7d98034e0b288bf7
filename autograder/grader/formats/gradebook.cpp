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

/// As the platform spells it: the report's own name is one that no other has.
std::string name_in(const Report& report) {
  return report.person.name.empty() ? report.submission : report.person.name;
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

/// What can be had at most.
int points_in(const std::vector<Report>& reports) {
  const Report* columns = fullest(reports);
  return columns ? columns->points() : 0;
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
  out += ",seed,content,id,email,submitted,late days,penalty,by hand,comment,notes\r\n";
  for (const Report& report : reports) {
    const bool graded = !report.infrastructure_failed();
    out += fmt::format("{},{},{},{}", csv(report.submission),
                       graded           ? "graded"
                       : report.missing ? "missing"
                                        : "not graded",
                       score_cell(report), graded ? std::to_string(report.points()) : "");
    for (const LessonReport& column : columns->lessons) {
      const LessonReport* lesson = graded ? lesson_of(report, column.number) : nullptr;
      out += lesson ? fmt::format(",{}", lesson->score()) : ",";
      for (const TaskReport& task : column.tasks) out += "," + task_cell(lesson, task.id);
    }
    std::string notes;
    for (const std::string& note : report.notes) notes += (notes.empty() ? "" : "; ") + note;
    const ByHand by_hand = report.by_hand.value_or(ByHand{});
    const Lateness late = report.late.value_or(Lateness{});
    out += fmt::format(",{},{},{},{},{},{},{},{},{},{}\r\n", report.seed, csv(report.content), csv(report.person.id),
                       csv(report.person.email), late.submitted, report.late ? std::to_string(late.days) : "",
                       report.late ? std::to_string(late.penalty) : "", csv(by_hand.reason), csv(by_hand.comment),
                       csv(notes));
  }
  return out;
}

std::string canvas_csv(const std::vector<Report>& reports, const std::string& assignment) {
  std::string out = fmt::format("Student,ID,SIS User ID,SIS Login ID,Section,{}\r\n    Points Possible,,,,,{}\r\n",
                                csv(assignment), points_in(reports));
  for (const Report& report : reports) {
    const Person& who = report.person;
    const std::string login =
        who.login.empty() && who.id.empty() && who.canvas_id.empty() ? report.submission : who.login;
    out += fmt::format("{},{},{},{},{},{}\r\n", csv(name_in(report)), csv(who.canvas_id), csv(who.id), csv(login),
                       csv(who.section), score_cell(report));
  }
  return out;
}

std::string gradescope_csv(const std::vector<Report>& reports) {
  std::string out = "Name,SID,Email,Total Score,Max Points,Status\r\n";
  for (const Report& report : reports)
    out += fmt::format("{},{},{},{},{},{}\r\n", csv(name_in(report)),
                       csv(report.person.id.empty() ? report.submission : report.person.id), csv(report.person.email),
                       score_cell(report), points_in(reports),
                       report.missing                   ? "Missing"
                       : report.infrastructure_failed() ? "Ungraded"
                                                        : "Graded");
  return out;
}

std::string moodle_csv(const std::vector<Report>& reports) {
  std::string out = "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Feedback comments\r\n";
  for (const Report& report : reports) {
    const Person& who = report.person;
    const std::string participant = who.moodle_id.empty() ? "" : "Participant " + who.moodle_id;
    out += fmt::format("{},{},{},{},{},{},{},{}\r\n", csv(participant), csv(name_in(report)), csv(who.id),
                       csv(who.email), report.missing ? "No submission" : "Submitted for grading", score_cell(report),
                       points_in(reports), csv(report.by_hand ? report.by_hand->comment : ""));
  }
  return out;
}

}  // namespace grader
