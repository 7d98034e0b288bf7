// What a capstone promises, and whether it held.
#pragma once

#include <fmt/format.h>

#include <string>

namespace trainer {

class Claims {
 public:
  void add(const std::string& says, bool holds) {
    fmt::print("{}  {}\n", holds ? "holds:" : "FAILS:", says);
    held_ += holds, ++all_;
  }
  double percent() const { return 100.0 * held_ / all_; }

 private:
  int held_ = 0, all_ = 0;
};

}  // namespace trainer
