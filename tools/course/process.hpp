// Other programs: run one, with or without its output caught, with a time limit, and never leave it behind.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "tools/course/project.hpp"

namespace course {

struct Command {
  std::vector<std::string> argv;  ///< the program (looked up in PATH) and its arguments; no shell is involved
  fs::path folder = {};           ///< working directory; empty for the current one
  std::vector<std::pair<std::string, std::string>> environment = {};  ///< added to ours
  std::optional<double> seconds = {};                                 ///< wall time after which it is killed
  std::size_t most_output = 64 << 20;                                 ///< bytes kept; the rest is read and dropped
};

struct Outcome {
  int exit_code = -1;      ///< 128 + signal when a signal ended it
  int signal = 0;          ///< 0 when it ended by itself
  bool timed_out = false;  ///< killed by the time limit
  std::string output;      ///< stdout and stderr as they came, for `capture`
  double seconds = 0;      ///< wall time

  bool ok() const { return exit_code == 0 && !timed_out; }
};

/// Runs to the end and returns what it printed. Its whole process group ends with it. Throws EnvironmentError when it cannot be started.
Outcome capture(const Command& command);
/// Runs to the end with our terminal as its own.
Outcome pass_through(const Command& command);

}  // namespace course
