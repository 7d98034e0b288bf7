// A few threads that take parts of one piece of work.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace nn {

/// Meant for pieces of work that take less than a millisecond and follow each other closely: a helper that finds
/// nothing to do polls for a millisecond, yielding its core, before it sleeps. Parts are claimed dynamically, so that a
/// helper that has been descheduled delays the result only if it has already started a part.
class Crew {
 public:
  explicit Crew(int helpers);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// part(0), ..., part(parts - 1), each once, here and on the helpers; returns when all are done. `part` does not
  /// throw. One call at a time.
  void run(int parts, const std::function<void(int)>& part);

 private:
  void take_parts();
  void help();

  const std::function<void(int)>* part_ = nullptr;
  std::atomic<int> to_take_{0}, to_finish_{0}, calls_{0};
  std::atomic<bool> over_{false};
  std::vector<std::thread> helpers_;
};

}  // namespace nn
