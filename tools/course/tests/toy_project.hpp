// A repository of one lesson, made by ./course new and filled in, in a temporary folder: for the checks of the
// repository's own files.
#pragma once

#include "base/project.hpp"
#include "tools/staff/promises.hpp"

namespace course {

class ToyProject {
 public:
  /// With lesson 01-toy, complete as far as its files say.
  ToyProject();
  ~ToyProject();
  ToyProject(const ToyProject&) = delete;
  ToyProject& operator=(const ToyProject&) = delete;

  Project load() const { return Project::load(root); }
  /// Another lesson as ./course new writes it, filled in.
  void add(const std::string& name, const std::vector<std::string>& requires_lessons) const;
  /// Replaces the first `what` of a file; throws when there is none.
  void change(const fs::path& file, const std::string& what, const std::string& instead) const;

  fs::path root;
};

/// Whether there is exactly one problem and it holds `text`.
bool only_problem(const Findings& found, const std::string& text);

}  // namespace course
