// A second root of the course for checks that need a student: everything in it is a link to the real one but
// exercises/, build/ and the progress, so that nobody's files are touched and the build is kept from one run to the
// next. Its path holds a space.
#pragma once

#include <string>

#include "base/process.hpp"
#include "base/project.hpp"

namespace course {

class Rehearsal {
 public:
  /// With every exercise an untouched stub and no progress.
  explicit Rehearsal(const fs::path& real_root);

  const fs::path& program() const { return program_; }
  const fs::path& root() const { return root_; }
  Project project() const { return Project::load(root_); }
  fs::path exercise(const std::string& lesson) const;  ///< its first file

  /// Puts `body` where the stub of `function` has its todo(...).
  void write(const std::string& lesson, const std::string& function, const std::string& body) const;
  /// The whole lesson as we would write it.
  void solve(const std::string& lesson) const;
  void reset(const std::string& lesson) const;

  /// The course program with these arguments; what it prints, not to a terminal.
  Outcome course(const std::vector<std::string>& arguments, double seconds = 300) const;
  /// ctest in the student's build tree, without the course program; the tree is there after the first `course run`.
  Outcome ctest(const std::vector<std::string>& arguments) const;

 private:
  fs::path root_, program_;
};

}  // namespace course
