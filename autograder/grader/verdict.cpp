#include "autograder/grader/verdict.hpp"

#include <algorithm>

namespace grader {

const char* words(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::wrong: return "wrong";
    case Verdict::not_written: return "not written";
    case Verdict::not_compiling: return "not compiling";
    case Verdict::crashed: return "crashed";
    case Verdict::timed_out: return "timed out";
    case Verdict::out_of_memory: return "out of memory";
    case Verdict::too_much_output: return "too much output";
    case Verdict::forbidden: return "forbidden";
    case Verdict::infrastructure: return "infrastructure";
  }
  return "infrastructure";
}

int LessonReport::score() const {
  int sum = 0;
  for (const TaskReport& task : tasks) sum += task.score();
  return sum;
}

int LessonReport::points() const {
  int sum = 0;
  for (const TaskReport& task : tasks) sum += task.points;
  return sum;
}

const char* words(Visibility visibility) {
  switch (visibility) {
    case Visibility::visible: return "visible";
    case Visibility::after_due_date: return "after_due_date";
    case Visibility::after_published: return "after_published";
    case Visibility::hidden: return "hidden";
  }
  return "hidden";
}

int Report::earned() const {
  int sum = 0;
  for (const LessonReport& lesson : lessons) sum += lesson.score();
  return sum;
}

int Report::score() const {
  if (by_hand && by_hand->score) return *by_hand->score;
  const int kept = (earned() * (100 - (late ? late->penalty : 0)) + 50) / 100;  // rounded to whole points
  return best_before ? std::max(kept, *best_before) : kept;
}

int Report::points() const {
  int sum = 0;
  for (const LessonReport& lesson : lessons) sum += lesson.points();
  return sum;
}

bool Report::infrastructure_failed() const {
  for (const LessonReport& lesson : lessons)
    for (const TaskReport& task : lesson.tasks)
      if (task.verdict == Verdict::infrastructure) return true;
  return lessons.empty();
}

Report seen_by_student(Report report, bool due_date_passed, bool published) {
  for (LessonReport& lesson : report.lessons)
    for (TaskReport& task : lesson.tasks) {
      const bool now = task.visibility == Visibility::visible ||
                       (task.visibility == Visibility::after_due_date && (due_date_passed || published)) ||
                       (task.visibility == Visibility::after_published && published);
      if (now || task.verdict == Verdict::infrastructure) continue;
      task.withheld = true;
      task.points = 0;
      task.verdict = Verdict::not_written;
      task.checks = task.failed_checks = 0;
      task.seconds = 0;
      report.best_before.reset();  // it may hold points of the very task
    }
  return report;
}

}  // namespace grader
