// How far a batch is: a bar on a terminal, a line for each submission elsewhere.
#pragma once

#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "base/progress_line.hpp"

namespace grader {

class Progress {
 public:
  /// `done` of `all` were there before.
  Progress(int done, int all);
  /// One more; `what` is its line: "alice: 640 of 700".
  void step(const std::string& what);

 private:
  void draw(const std::string& what);

  std::mutex mutex_;
  int before_, done_, all_;
  base::Clock::time_point begun_ = base::Clock::now();
  base::ProgressLine line_;
};

}  // namespace grader
