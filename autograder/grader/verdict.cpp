#include "autograder/grader/verdict.hpp"

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

int Report::score() const {
  int sum = 0;
  for (const LessonReport& lesson : lessons) sum += lesson.score();
  return sum;
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

}  // namespace grader
