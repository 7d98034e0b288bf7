// Other programs: run one, with or without its output caught, with a time limit, and never leave it behind.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/files.hpp"

namespace base {

struct Command {
  std::vector<std::string> argv;  ///< the program (looked up in PATH) and its arguments; no shell is involved
  fs::path folder = {};           ///< working directory; empty for the current one
  std::vector<std::pair<std::string, std::string>> environment = {};  ///< added to ours
  std::optional<double> seconds = {};                                 ///< wall time after which it is killed
  std::size_t most_output = 64 << 20;                                 ///< bytes kept; the rest is read and dropped
  int channel = -1;  ///< a socket that becomes its standard input and output, for Place::background
  /// Called every second at least, and whenever more has come, while we wait for captured output: all of it so far.
  std::function<void(const std::string& output)> watch = {};
};

struct Outcome {
  int exit_code = -1;      ///< 128 + signal when a signal ended it
  int signal = 0;          ///< 0 when it ended by itself
  bool timed_out = false;  ///< killed by the time limit
  std::string output;      ///< stdout and stderr as they came, for `capture`
  double seconds = 0;      ///< wall time

  bool ok() const { return exit_code == 0 && !timed_out; }
};

/// A program that was started, under a supervisor (base/supervise.hpp) that outlives us for as long as it takes to end
/// it: whatever happens to this process, SIGKILL included, the program and all that it started end too.
class Process {
 public:
  enum class Place {
    captured,    ///< no terminal: its output is kept; Ctrl-C does not reach it
    background,  ///< prints where we print, reads nothing; Ctrl-C does not reach it
    foreground   ///< our terminal is its own
  };
  Process(const Command& command, Place place);
  ~Process() { stop(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Whether it has not ended yet. Never waits.
  bool running() { return !take(0); }
  /// Waits for its end. Throws EnvironmentError when it could not be started.
  Outcome wait();
  /// Ends it and all that it started, and waits until that is done.
  void stop();

 private:
  bool take(int patience);

  Command command_;
  pid_t supervisor_ = -1;
  int report_ = -1, output_ = -1;
  int error_ = 0;  ///< why it could not be started
  Clock::time_point begun_;
  Outcome outcome_;
};

/// Runs to the end and returns what it printed. All that it started ends with it. Throws EnvironmentError when it
/// cannot be started.
Outcome capture(const Command& command);
/// Runs to the end with our terminal as its own.
Outcome pass_through(const Command& command);

}  // namespace base
