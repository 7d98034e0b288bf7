// The commands of instructors and contributors. They are a program of their own, tools/staff/, which is built when one
// of them is first asked for: a student does not wait for it.
#pragma once

#include "base/project.hpp"

namespace course {

struct StaffCommand {
  const char *name, *group, *description;
};

inline constexpr StaffCommand staff_commands[] = {
    {"grade", "For instructors", "grade a submission or a class, in a sandbox"},
    {"export", "For instructors", "a repository for students: export --through 3 DIR"},
    {"test", "For contributors", "everything this repository promises, tested"},
    {"check", "For contributors", "the quick part of ./course test"},
    {"stubs", "For contributors", "write anew what is made from the lessons: the stubs, README.md's table"},
    {"new", "For contributors", "the skeleton of a lesson: ./course new 19-name"},
    {"figures", "For contributors", "a lesson's figures and their numbers anew, from our solution"},
    {"bench", "For contributors", "how fast: our trainer beside the frameworks that are here"},
};

/// Becomes that program. Throws UsageError in a student's repository, EnvironmentError when the program was not built.
int run_staff(const Project& project, const std::string& command, std::vector<std::string> arguments);

/// ./course play, a program of its own too (tools/play/server/). Throws as run_staff does.
int run_play(const Project& project, const std::vector<std::string>& arguments);

/// Throws UsageError in a student's repository (./course export), which holds none of this.
void require_whole_course(const Project& project, const std::string& command);

}  // namespace course
