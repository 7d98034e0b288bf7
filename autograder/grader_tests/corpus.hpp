// Submissions that are hostile or broken, each with what it must come to. All are made from our answer to lesson 1,
// where nothing but task 1.6 (`learn`, 30 of 100 points) depends on `learn`: what is honest in a submission keeps its
// points, what is not earns none.
#pragma once

#include <set>

#include "autograder/grader/grade.hpp"

namespace grader {

/// Where canaries are planted; an attack names them as @HOME@, @ETC@, @TESTS@, @SOLUTION@, @WORLD@.
struct Places {
  fs::path home, etc, tests, solution, world;
};

struct Attack {
  std::string name;
  std::string globals;         ///< in the place of nothing, before everything
  std::string body;            ///< in the place of learn's body; empty: our own
  std::set<Verdict> expected;  ///< of task 1.6
  int score = 70;              ///< of lesson 1, all tasks together
};

/// Attacks by code: in a function, at file scope, on the compiler and linker.
std::vector<Attack> code_attacks();
/// Our answer to lesson 1 with an attack in it.
std::string attacked(const std::string& solution, const Attack& attack, const Places& places);

/// Attacks by what is handed in: makes the submission in `folder` and returns its path.
struct Parcel {
  std::string name;
  fs::path (*make)(const fs::path& folder, const std::string& honest, const Places& places);
  std::set<Verdict> expected;
  int score = 0;
  bool no_submission = false;  ///< refused as a whole: exit code 2
};
std::vector<Parcel> parcels();

}  // namespace grader
