// What an unwritten task does, so that "not written yet" never looks like "wrong".
#pragma once

#include <stdexcept>
#include <string>

namespace nn {

/// Thrown by a task that is not written yet; `task()` is its number and name, as in "3.2 sigmoid".
class not_implemented : public std::logic_error {
 public:
  explicit not_implemented(const std::string& task) : std::logic_error("not written yet: " + task), task_(task) {}
  const std::string& task() const { return task_; }

 private:
  std::string task_;
};

/// Stands in every stub where your code goes.
[[noreturn]] inline void todo(const std::string& task) { throw not_implemented(task); }

}  // namespace nn
