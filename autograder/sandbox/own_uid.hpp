// A uid that belongs to one job alone, on the whole machine, for as long as it runs.
#pragma once

#include <sys/types.h>

#include <vector>

#include "autograder/sandbox/descriptors.hpp"

namespace grader {

/// 0 when we are not root and cannot give one. No other OwnUid has the same number, in this process or another: the
/// kernel holds a name for it (an abstract socket) that can be taken once, and lets it go with the process, whatever
/// ends that.
class OwnUid {
 public:
  OwnUid() = default;
  /// Throws Unavailable when all are taken.
  static OwnUid take();

  uid_t get() const { return uid_; }
  /// Ends every process that has it: by a process of that uid, so that the kernel picks the victims and none can slip
  /// away by forking.
  void kill_all() const;

  /// All that this process ever took.
  static std::vector<uid_t> taken();

 private:
  uid_t uid_ = 0;
  Descriptor name_;
};

}  // namespace grader
