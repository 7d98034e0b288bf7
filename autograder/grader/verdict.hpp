// What a submission comes to: a verdict for each task, and how it was reached.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "autograder/grader/person.hpp"

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

/// When a student may see what became of a task; the words are Gradescope's.
enum class Visibility { visible, after_due_date, after_published, hidden };
/// "after_due_date", as it stands in JSON.
const char* words(Visibility visibility);

struct TaskReport {
  std::string id, title;
  int points = 0;
  Verdict verdict = Verdict::infrastructure;
  std::string reason;                 ///< one sentence, for every verdict but passed, wrong and not written
  std::vector<std::string> failures;  ///< the student's own diagnostics, the first ones
  std::string mistake;                ///< the sentence of a known mistake that behaves the same
  int checks = 0, failed_checks = 0;
  bool late = false;    ///< the wall clock or the machine decided, not the work done
  bool costly = false;  ///< what came back took our tests half of what they may compute
  double seconds = 0;
  Visibility visibility = Visibility::visible;  ///< of a hidden test nothing but its name is ever said
  bool withheld = false;  ///< hidden from the student for now: reported without points and verdict

  int score() const { return verdict == Verdict::passed && !withheld ? points : 0; }
};

struct LessonReport {
  std::string number, name, title;
  std::vector<TaskReport> tasks;
  std::string compiler;  ///< what the compiler or linker said when it refused
  double compile_seconds = 0;

  int score() const;
  int points() const;
};

/// What being late costs (policy.hpp).
struct Lateness {
  std::string submitted, due;  ///< UTC, "2026-11-21T22:59:00Z"
  int days = 0;                ///< begun after the due date, grace apart
  int free_days = 0;           ///< of these, paid for with the student's late days
  int penalty = 0;             ///< percent of what was earned
};

/// What a person decided.
struct ByHand {
  std::optional<int> score;
  std::string reason, comment;
};

struct Report {
  std::string submission, content, sandbox;  ///< name; SHA-256 of what was taken in; level
  std::uint64_t seed = 0;                    ///< what the tests drew their numbers from; give it again for a regrade
  std::vector<std::string> notes;            ///< what was ignored or refused
  std::vector<LessonReport> lessons;
  double seconds = 0;
  std::optional<Lateness> late;
  std::optional<int> best_before;  ///< a regrade that keeps the best: the score of the earlier grading
  std::optional<ByHand> by_hand;   ///< its score counts instead of ours
  Person person;                   ///< whose it is, as far as a class knows
  bool missing = false;            ///< nothing was handed in
  bool unclear = false;            ///< it was not graded, and a person must look at it: see the notes

  int earned() const;  ///< the tasks' points
  int score() const;   ///< what counts: by hand; or earned, less the penalty, or the better one of before
  int points() const;
  bool infrastructure_failed() const;
};

/// The report that a student may read now: what is not for these eyes yet has no verdict and no points, and no total
/// tells of it.
Report seen_by_student(Report report, bool due_date_passed, bool published);

}  // namespace grader
