// What a student reads: verdicts, the reason for the first that is not passed, and the next step.
#pragma once

#include "tools/course/progress.hpp"

namespace course {

/// What is shown of a lesson besides its verdicts.
struct Shown {
  bool every_check = false;  ///< each failed check in full, else the smallest one
  bool next_step = true;
};
/// A lesson just graded: one line a task, details of the first failure (of a task that was asked for alone), the next
/// step.
void show_lesson(const Project& project, const Lesson& lesson, const LessonResult& result, const Progress& progress,
                 const Shown& shown = {});

/// All lessons: tasks, points, minutes, the next step.
void show_status(const Project& project, const Progress& progress);

/// What a student has who has written every task: all lessons, what each one stands on, and what it gave; the programs
/// that they end in; and what can now be read.
void show_map(const Project& project);

}  // namespace course
