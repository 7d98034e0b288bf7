// What a grading changed: who gains, who loses, and by which tasks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "autograder/grader/kit.hpp"

namespace grader {

/// What counted after the last grading, by student; kept in OUT/scores.json.
struct Before {
  std::optional<int> score;
  std::map<std::string, std::string> verdicts;  ///< by task
  std::map<std::string, int> worth;             ///< each task's points
  int points = 0, penalty = 0;                  ///< in percent

  /// Otherwise its score says nothing about this report's.
  bool is_of_lessons_of(const Report& report) const;
};
using Scores = std::map<std::string, Before>;

Scores read_scores(const std::string& json);
std::string scores_json(const std::vector<Report>& reports);

/// A line for each student whose score is another one: "ada: 80 -> 100 (+20): 1.2 wrong -> passed". Losses come first.
/// Where other lessons are graded than before, a task that both had counts alone.
std::vector<std::string> changes(const Scores& before, const std::vector<Report>& reports);

/// Says it when the grading before in `out` had hidden tests that are not there now: forgotten, most likely.
void warn_of_lost_tests(const Kit& kit, const fs::path& out);

}  // namespace grader
