// Processes by the user that they run as: what an earlier grader left when it was killed, and whether a uid is free.
#pragma once

#include <sys/types.h>

#include <functional>

namespace grader {

/// Whether any process on this machine has this uid.
bool has_processes(uid_t uid);

/// Ends what a grader that was killed left running: a bubblewrap that was started by one and waits for it for ever.
/// `abandoned` says so of the uid that it has.
void end_orphans(const std::function<bool(uid_t)>& abandoned);

}  // namespace grader
