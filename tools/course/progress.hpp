// How far a student is: one small readable file, .progress.json, keyed by task id.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "tools/course/grade.hpp"

namespace course {

struct Progress {
  struct Entry {
    std::string verdict;  ///< as of the last run: "passed", "wrong", ...
    bool passed = false;
    int hints = 0;  ///< how many were asked for, 0 ... 3
  };
  std::map<std::string, Entry> tasks;  ///< by id; a task that was never run is absent

  bool passed(const std::string& id) const;
  void take(const LessonResult& result);
};

/// Reads the file. A damaged or older one is kept aside under a name that is printed, and what it knew is found again
/// from the tests.
Progress read_progress(const Project& project);
/// Reads, changes and writes it while no other command does, so that commands that run at once lose nothing. Returns
/// what was written.
Progress update_progress(const Project& project, const std::function<void(Progress&)>& change);

/// Runs every lesson in which something is written, and writes down what passes. Slow: it builds them all.
Progress rebuilt_progress(const Project& project);

/// The first task that does not pass, in the order of the lessons; nothing when all do.
std::optional<std::string> next_task(const Project& project, const Progress& progress);

}  // namespace course
