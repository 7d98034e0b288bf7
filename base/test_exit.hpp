// The exit codes of a test program, by which ./course and CTest tell what happened.
#pragma once

namespace base {

enum TestExit : int {
  tests_passed = 0,
  tests_failed = 42,
  tests_not_written = 43,  ///< nothing failed but what is not written yet
  tests_timed_out = 44,    ///< NN_SECONDS of CPU time were not enough
  tests_left_early = 45    ///< the student's code ended the program before the last check
};

/// After so many times NN_SECONDS on the wall a test program ends, whatever it computed: no machine is that busy.
constexpr int wall_factor = 30;

}  // namespace base
