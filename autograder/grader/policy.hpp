// When a submission was handed in, and what that costs; what a regrade keeps.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "autograder/grader/verdict.hpp"

namespace grader {

using Time = std::int64_t;  ///< seconds since 1970, UTC

struct LatePolicy {
  std::optional<Time> due;
  Time grace = 0;     ///< seconds after `due` that cost nothing
  int penalty = 0;    ///< percent of the earned points for each day that has begun after `due`
  int most = 100;     ///< percent at most
  int free_days = 0;  ///< days that this student may still be late without a penalty
};

/// Nothing when there is no due date or nobody said when it was handed in.
std::optional<Lateness> lateness(const LatePolicy& policy, std::optional<Time> submitted);

/// "2026-11-21T23:59:00+01:00", "2026-11-21T22:59:00Z"; throws base::UsageError that says what was expected.
Time parse_time(const std::string& text);

/// What a regrade takes from the report of an earlier grading (as_json): when the work was handed in, and its score.
struct Earlier {
  std::optional<Time> submitted;
  std::optional<int> score;  ///< nothing when it was not graded
};
/// Throws base::UsageError when this is no report of ours.
Earlier read_earlier(const std::filesystem::path& report);

}  // namespace grader
