// A whole class: every submission graded once, whatever happens on the way, then the gradebook, the feedback and the
// class report.
#pragma once

#include <CLI/CLI.hpp>

#include "autograder/grader/batch/roster.hpp"
#include "autograder/grader/batch/submissions.hpp"
#include "autograder/grader/class_report/class_report.hpp"
#include "autograder/grader/kit.hpp"
#include "autograder/grader/policy.hpp"
#include "autograder/grader/verdict.hpp"

namespace grader {

struct ClassOptions {
  std::string out;                   ///< empty: the class folder's name and "-graded", here
  std::string title;                 ///< of the assignment, in gradebooks; empty: the class folder's name
  std::string secret;                ///< empty: one that is kept in the folder
  std::vector<std::string> lessons;  ///< numbers; empty means all
  std::vector<std::string> formats;  ///< beside text and json
  std::string kit, sandbox;          ///< as given, for a job that starts us again
  fs::path root;                     ///< the repository
  std::string shard, engine = "local";
  int jobs = 2, pack = 25;
  std::vector<std::string> sbatch;  ///< what else Slurm is told, as "--account=cs101"
  LatePolicy policy;
  std::string times;   ///< a file with lines "student,time of handing in"
  std::string roster;  ///< a file with a line for each person
  std::string ledger;  ///< a file with the late days that each has used
  bool keep_best = false;
  bool published = false;
  bool merge = false, wait = false, of_class = false, single = false;
};

/// What is said of a class, and how it is graded.
void add_class_options(CLI::App& app, ClassOptions& options);

/// Grades what is not graded yet, in this process or by Slurm. Returns the exit code: 3 when a submission could not be
/// graded, 1 when one is for a person to look at.
int grade_class(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const fs::path& folder,
                const ClassOptions& options);

/// Files that a person writes (by_person.cpp), by index of the row that a line speaks of. They throw base::UsageError
/// for a line that is none or speaks of nobody in the class.
std::map<std::size_t, Time> read_times(const std::string& file, const std::vector<Row>& rows, const Roster& roster);
/// OUT/overrides.csv, which is made with its header alone when it is not there.
std::map<std::size_t, ByHand> read_by_hand(const fs::path& file, const std::vector<Row>& rows, const Roster& roster);

/// Late days over a whole course: a file that the gradings of all its assignments share.
class LateLedger {
 public:
  /// No file: nothing is known and nothing written.
  LateLedger(const std::string& file, const std::string& assignment);
  int used_elsewhere(const Row& row) const;
  void take(const Row& row, int days);
  void write() const;

 private:
  struct Used {
    std::string student, assignment;
    int days;
  };
  static std::string key_of(const Row& row);
  std::string file_, assignment_;
  std::vector<Used> others_, here_;
};

/// What stands for the tests and headers that were built: results of others do not count as done.
std::string fingerprint(const fs::path& kit);

/// The i-th of n parts of 0, 1, ... all-1, from "i/n". Throws base::UsageError for anything else.
struct Shard {
  std::size_t part = 0, parts = 1;
  static Shard parse(const std::string& text);
  bool holds(std::size_t index) const { return index % parts == part; }
};

/// A submission as the gradebook has it.
struct Graded {
  Report report;           ///< its lessons are empty when it could not be graded, and the first note says why
  bool nothing = false;    ///< nothing that is graded was found in it: all of it counts as not written
  bool unmatched = false;  ///< it is nobody's of the roster
  bool no_time = false;    ///< there is a due date, and nobody said when it was handed in
};

/// Writes gradebooks, feedback and the class report; prints the summary.
void finish(std::vector<Graded> graded, const Similar& similar, const fs::path& out, const ClassOptions& options);

/// Writes the job array and the job that merges, and submits both.
int submit_to_slurm(const fs::path& folder, std::size_t submissions, const fs::path& out, const ClassOptions& options);

}  // namespace grader
