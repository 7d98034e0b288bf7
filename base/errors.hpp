// How a program of the course ends, and the two errors that it tells apart.
#pragma once

#include <stdexcept>

namespace base {

/// Exit codes of every command.
enum Exit : int { passed = 0, failed = 1, usage = 2, environment = 3 };

/// What the user asked for cannot be meant: exit code 2.
struct UsageError : std::runtime_error {
  using runtime_error::runtime_error;
};

/// The machine lacks something (a tool, a file, disk): exit code 3, never a grade.
struct EnvironmentError : std::runtime_error {
  using runtime_error::runtime_error;
};

}  // namespace base

namespace course {
using namespace base;  // the program behind ./course speaks of all this as its own
}
