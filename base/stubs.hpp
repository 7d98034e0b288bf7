// Stubs are made from the solutions, so that the two cannot drift apart.
//
//   //> 3.6            opens the body of task 3.6; everything up to the next marker becomes  todo("3.6 softmax");
//   //- why            opens code that the stub drops altogether (helpers of our own)
//   //<                closes either
#pragma once

#include <string>
#include <vector>

#include "base/project.hpp"

namespace base {

/// A solution's text as its markers divide it.
struct Stub {
  std::string text;                ///< what the student gets
  std::vector<std::string> tasks;  ///< the ids of the bodies taken out, in order, repeated when a task has several
};

/// Throws std::runtime_error("file:line: what is wrong") for an unknown, malformed, nested, unclosed or unopened
/// marker, an unknown task or a body with nothing in it.
Stub make_stub(const Lesson& lesson, const std::string& solution, const std::string& file);

/// make_stub of solutions/NN-name/file.
Stub stub_of(const Project& project, const Lesson& lesson, const std::string& file);

/// Writes every stub to folder/NN-name/file.
void write_stubs(const Project& project, const fs::path& folder);

/// The file of the lesson in which a task is to be written.
std::string file_of(const Project& project, const Lesson& lesson, const Task& task);

/// What of a lesson, and of all that it requires, is still a todo in the student's files: "lesson 3" where that is all
/// of its tasks, else "4.2".
std::vector<std::string> still_to_write(const Project& project, const Lesson& lesson);

/// A student's file with the task's functions as they are in the stub, and all else as it is. Throws UsageError where
/// one of them cannot be found.
std::string with_stub_of(const Task& task, const std::string& text, const std::string& stub);

}  // namespace base
