// How far a batch is: a bar on a terminal, a line for each submission elsewhere.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace grader {

class Progress {
 public:
  /// `done` of `all` were there before.
  Progress(int done, int all);
  ~Progress();
  /// One more; `what` is its line: "alice: 640 of 700".
  void step(const std::string& what);

 private:
  void draw(const std::string& what);

  std::mutex mutex_;
  int before_, done_, all_;
  bool bar_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace grader
