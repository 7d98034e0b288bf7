// What many hand in alike (the stubs of lessons that they have not begun) is compiled twice and then never again.
#pragma once

#include <map>
#include <mutex>
#include <set>

#include "autograder/grader/compile.hpp"

namespace grader {

class CompiledBefore {
 public:
  /// This lesson of this submission; `kept` is a folder that lives as long as the workers are needed.
  Compiled compile(const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson, const Submission& submission,
                   const fs::path& folder, const fs::path& kept, Compiler first);

 private:
  std::mutex one_;
  std::set<std::string> seen_;  // kept is only what came a second time: a class has as many answers as students
  std::map<std::string, Compiled> known_;
};

}  // namespace grader
