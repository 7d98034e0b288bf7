// What a submission comes to: a verdict for each task, and how it was reached.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace grader {

enum class Verdict {
  passed,
  wrong,
  not_written,
  not_compiling,
  crashed,
  timed_out,
  out_of_memory,
  too_much_output,
  forbidden,
  infrastructure,  ///< ours, not the student's: never a score
};

/// "not written", as it is printed and stands in JSON.
const char* words(Verdict verdict);

struct TaskReport {
  std::string id, title;
  int points = 0;
  Verdict verdict = Verdict::infrastructure;
  std::string reason;                 ///< one sentence, for every verdict but passed, wrong and not written
  std::vector<std::string> failures;  ///< the student's own diagnostics, the first ones
  std::string mistake;                ///< the sentence of a known mistake that behaves the same
  int checks = 0, failed_checks = 0;
  bool late = false;  ///< the wall clock decided, not the work done
  double seconds = 0;

  int score() const { return verdict == Verdict::passed ? points : 0; }
};

struct LessonReport {
  std::string number, name, title;
  std::vector<TaskReport> tasks;
  std::string compiler;  ///< what the compiler or linker said when it refused
  double compile_seconds = 0;

  int score() const;
  int points() const;
};

struct Report {
  std::string submission, content, sandbox;  ///< name; SHA-256 of what was taken in; level
  std::uint64_t seed = 0;                    ///< what the tests drew their numbers from; give it again for a regrade
  std::vector<std::string> notes;            ///< what was ignored or refused
  std::vector<LessonReport> lessons;
  double seconds = 0;

  int score() const;
  int points() const;
  bool infrastructure_failed() const;
};

}  // namespace grader
