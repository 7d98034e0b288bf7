// A right answer on a wrong one: which of the functions that a task calls fail their own tasks.
#pragma once

#include <functional>
#include <set>

#include "tools/course/grade.hpp"

namespace course {

/// The functions that `function` calls in this code, and those that they call.
std::set<std::string> reached(const std::string& code, const std::string& function);

/// Says of each failed task which earlier task of the same lesson its code calls that fails itself. `passes(id)` is
/// asked of tasks that were not graded.
void name_helpers(const std::string& code, const Lesson& lesson, LessonResult& result,
                  const std::function<bool(const std::string&)>& passes);

/// Whether the code of a task, or what it calls in its file, uses .at(), which looks at no bounds.
bool reads_unchecked(const std::string& code, const Task& task);

}  // namespace course
