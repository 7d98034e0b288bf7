// Builds a student's lesson, runs its tasks and says of each what it is.
#pragma once

#include <map>

#include "tools/course/trees.hpp"

namespace course {

enum class Verdict { passed, wrong, wrong_shape, not_a_number, not_written, does_not_compile, crashed, timed_out };

/// "wrong shape", as it is printed.
const char* words(Verdict verdict);

struct TaskResult {
  Verdict verdict = Verdict::wrong;
  std::vector<std::string> failures;  ///< what was expected and found, one text a failed check, the smallest first
  std::string mistake;                ///< the sentence of the known mistake that behaves the same, or empty
  std::string claim;                  ///< what the smallest failed check shows not to hold: the name of its test
  bool only_claim = false;            ///< the other tests of the task hold
  std::vector<std::string> claims;    ///< the names of all tests that fail, in their order
  std::vector<std::string> clues;     ///< what the failed checks have in common, sentences
  std::string helper;                 ///< that it calls a function whose own task fails, or empty
  std::string place;  ///< "exercises/03-activations/activations.cpp:27", where the code threw or crashed, or empty
  int failed_checks = 0, checks = 0;
};

struct LessonResult {
  std::map<std::string, TaskResult> tasks;  ///< by id; every task that was asked for
  std::string build_error;                  ///< why nothing could be run: the compiler's or linker's words, or empty
  std::string warnings;                     ///< what the compiler said of code that compiles, or empty
  double build_seconds = 0, run_seconds = 0;
};

/// `ids` empty means every task of the lesson. All tasks run in one process; only when that crashes or hangs does each
/// get its own.
LessonResult grade(const Project& project, const Tree& tree, const Lesson& lesson,
                   const std::vector<std::string>& ids = {});

/// The student's build tree, configured on first use and again when a file has come or gone.
Tree student_tree(const Project& project);

}  // namespace course
