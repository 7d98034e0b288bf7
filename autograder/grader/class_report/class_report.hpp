// One page about a class, for whoever teaches it: what went well, what did not, who to talk to. One file, no scripts,
// nothing from elsewhere.
#pragma once

#include <map>
#include <set>

#include "autograder/grader/batch/submissions.hpp"
#include "autograder/grader/kit.hpp"
#include "autograder/grader/verdict.hpp"

namespace grader {

/// Two or more that have much of a lesson in common.
struct Alike {
  std::string lesson;
  std::vector<std::string> students;
  int percent = 0;  ///< the least alike of those that sim_c++ compared
};

struct Similar {
  std::string unavailable;    ///< why nothing could be compared, or empty
  std::vector<Alike> groups;  ///< the most alike first
};

/// What students added to the stubs, compared within each lesson (`lessons` by number, empty means all) by sim_c++ in
/// the sandbox. That two of `partners` (by index) are alike is no news.
Similar similar_groups(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const fs::path& root,
                       const std::vector<SubmittedWork>& submitted, const std::vector<std::string>& lessons,
                       const std::set<std::pair<int, int>>& partners);

/// Everything the page counts.
struct Statistics {
  struct OfTask {
    std::string id, title, lesson;
    int points = 0;
    std::map<Verdict, int> verdicts;
  };
  struct Mistake {
    std::string task, sentence;
    std::vector<std::string> students;
  };
  struct NotCompiling {
    std::string lesson, student, error;
  };
  int points = 0;                 ///< that could be had
  std::vector<int> scores;        ///< sorted
  std::vector<OfTask> tasks;      ///< in order
  std::vector<Mistake> mistakes;  ///< the commonest first
  std::vector<NotCompiling> broken;
  std::vector<std::string> not_graded;
  double compiling = 0, testing = 0;
};
Statistics statistics(const std::vector<Report>& reports);

/// Of sorted numbers, at least one.

std::string class_report(const std::string& title, const std::vector<Report>& reports, const Similar& similar);

/// Pieces of the page.
std::string histogram(const std::vector<int>& scores, int points);
std::string verdict_bars(const std::vector<Statistics::OfTask>& tasks);
extern const char* const page_style;

}  // namespace grader
