// What the build made for the grader once (cmake/nn_grader.cmake): the headers a student's code may see, the workers it
// is linked with, the tests that ask them.
#pragma once

#include <map>

#include "autograder/grader/verdict.hpp"
#include "autograder/sandbox/sandbox.hpp"
#include "base/project.hpp"

namespace grader {

/// A test that the repository does not hold (-DNN_HIDDEN=DIR, DIR/hidden.json).
struct HiddenTask {
  base::Task task;
  Visibility visibility = Visibility::hidden;
};

struct Kit {
  fs::path root;
  base::Project project;                    ///< from copies of lessons/*/lesson.json
  std::vector<std::string> compiler;        ///< the program and its first arguments, relative to `root`
  std::vector<std::string> linker;          ///< the whole command, with {objects} and {program} in it
  std::vector<std::string> quick_compiler;  ///< one that takes half the time; empty where there is none
  std::map<std::string, std::vector<HiddenTask>> hidden = {};  ///< by lesson's number

  /// Throws Unavailable when something is missing.
  static Kit load(const fs::path& root);
  /// Throws Unavailable when this lesson was not built.
  void require(const base::Lesson& lesson) const;

  fs::path headers() const { return root / "include"; }
  fs::path precompiled() const { return root / "precompiled"; }
  fs::path workers() const { return root / "workers"; }
  /// What the quick compiler made of its precompiled header's functions, and leaves out of each file.
  fs::path quick_object() const { return workers() / "common_expressions.o"; }
  fs::path worker(const base::Lesson& lesson) const { return workers() / ("libworker_" + lesson.number + ".a"); }
  fs::path tests(const base::Lesson& lesson) const { return root / "graded" / ("graded_" + lesson.number); }
  fs::path hidden_tests(const base::Lesson& lesson) const { return root / "graded" / ("hidden_" + lesson.number); }
  fs::path support() const { return workers() / "libnn_support.a"; }
  fs::path unpack() const { return root / "unpack_submission"; }
};

/// A command as the kit holds it, a word a line.
std::vector<std::string> command_of(const fs::path& file);

/// A folder of our own, gone when this goes out of scope. Its name cannot be guessed and what is in it cannot be
/// listed, but a job's user can reach what it is told of.
class WorkFolder {
 public:
  WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  ~WorkFolder();
  const fs::path& path() const { return path_; }
  /// A new folder inside.
  fs::path make(const std::string& name) const;

 private:
  fs::path outer_, path_;
  Descriptor lock_;
};

/// The kit itself, or a copy of it in `folder` when a job's user could not reach it where it is.
Kit reachable(Kit kit, const WorkFolder& folder);

}  // namespace grader
