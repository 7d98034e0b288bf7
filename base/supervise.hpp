// A parent process that leaves nothing behind: it waits for its child, keeps the time, and at the end kills whatever
// the child had started. Knows nothing but POSIX and Linux, so that a test program may use it before its first
// constructor.
#pragma once

#include <signal.h>
#include <sys/types.h>

namespace base {

enum class End { by_itself, timed_out, stopped };

struct Supervised {
  End how = End::by_itself;
  int status = 0;  ///< of the child, as waitpid() gives it
  int signal = 0;  ///< the signal that asked to stop, if one did
};

struct Supervision {
  double seconds = 0;  ///< wall time after which everything is killed; 0 for no limit
  double grace = 0;    ///< how long, when asked to stop, SIGTERM may take before SIGKILL
  bool interrupted_by_user =
      false;  ///< whether Ctrl-C (SIGINT, SIGQUIT) asks to stop; otherwise it is left to the child
  /// How long the child itself may compute, so that a busy machine ends nothing that is right; 0 for no limit. A child
  /// that only waits is ended, too: after as long on the wall, once it has not computed for three seconds.
  double cpu_seconds = 0;
};

/// Blocks the signals that `supervise` waits for. To be constructed before the child is forked.
class SupervisorSignals {
 public:
  SupervisorSignals();
  /// In the child: the mask as it was, and death together with the supervisor.
  void become_child(pid_t supervisor) const;
  /// The mask as it was, for a process that only forked the supervisor.
  void restore() const;

 private:
  sigset_t before_;
};

/// Waits for `child`, forked by this process, until it ends, the time is over, SIGTERM or SIGHUP asks to stop, or the
/// process `parent` (this process's own parent) is no more. Then every process that the child started and left is
/// killed too, also one in a session of its own.
Supervised supervise(pid_t child, pid_t parent, const Supervision& how);

}  // namespace base
