// A second root of the course for tests that need a student: everything is a link to the real one but exercises/, build/ and the
// progress, so that nobody's files are touched and the build is kept from one run to the next.
#pragma once

#include <string>

#include "tools/course/process.hpp"

namespace course {

class Rehearsal {
 public:
  /// The root, with every exercise an untouched stub and no progress. `name` may hold a space.
  explicit Rehearsal(const std::string& name);

  const fs::path& root() const { return root_; }
  Project project() const { return Project::load(root_); }
  fs::path exercise(const std::string& lesson) const;

  /// Puts `body` where the stub of `function` has its todo(...).
  void write(const std::string& lesson, const std::string& function, const std::string& body) const;
  /// The whole lesson as we would write it.
  void solve(const std::string& lesson) const;
  void reset(const std::string& lesson) const;

  /// ./course with these arguments; what it prints, not to a terminal.
  Outcome course(const std::vector<std::string>& arguments, double seconds = 300) const;

 private:
  fs::path root_;
};

}  // namespace course
