// The engine as a child process: one question at a time, a limit for each answer, and a new child after a crash.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "base/process.hpp"

namespace play {

/// What the engine is asked and answers: a text and bytes (tools/play/pipe_main.cpp).
struct Frame {
  std::string text, bytes;
};

class EngineChild {
 public:
  EngineChild(base::fs::path program, double seconds) : program_(std::move(program)), seconds_(seconds) {}

  /// Starts the program when it does not run. Throws std::runtime_error, in words for a student, when it does not
  /// answer in time or ends; the next question has a new child. May be called from several threads.
  Frame ask(const Frame& question);
  /// Ends the child: the next question goes to the program as it is by then.
  void end();

 private:
  using Deadline = base::Clock::time_point;
  void start();
  void stop();
  void send(const std::string& bytes, Deadline deadline);
  std::string receive(std::size_t size, Deadline deadline);
  void wait_for(short event, Deadline deadline);
  [[noreturn]] void fail_ended();

  std::mutex mutex_;
  base::fs::path program_;
  double seconds_;
  std::optional<base::Process> process_;
  int socket_ = -1;
};

}  // namespace play
