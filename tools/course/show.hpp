// What a student reads: verdicts, the reason for the first that is not passed, and the next step.
#pragma once

#include "tools/course/progress.hpp"

namespace course {

/// A lesson just graded: one line a task, details of the first failure (of every task when only one was asked for), the next step.
void show_lesson(const Project& project, const Lesson& lesson, const LessonResult& result, const Progress& progress,
                 bool says_next = true);

/// All lessons: tasks, points, minutes, the next step.
void show_status(const Project& project, const Progress& progress);

/// The programs that the lessons end in, a line each.
void show_capstones(const Project& project);

}  // namespace course
