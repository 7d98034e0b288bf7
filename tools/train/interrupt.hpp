// Ctrl-C, once: stop cleanly after the epoch. Twice: stop at once.
#pragma once

#include <unistd.h>

#include <csignal>

namespace trainer {

inline volatile std::sig_atomic_t interrupted = 0;

/// While it lives, the first SIGINT or SIGTERM only sets `interrupted`; the second one does what it always does.
class Interruptible {
 public:
  Interruptible() {
    struct sigaction action = {};
    action.sa_handler = [](int) {
      static const char message[] = "\nstopping after this epoch; Ctrl-C again stops at once\n";
      interrupted = 1;
      [[maybe_unused]] const auto written = write(STDERR_FILENO, message, sizeof message - 1);
    };
    action.sa_flags = SA_RESTART | int(SA_RESETHAND);
    sigaction(SIGINT, &action, &old_int_);
    sigaction(SIGTERM, &action, &old_term_);
  }
  ~Interruptible() {
    sigaction(SIGINT, &old_int_, nullptr);
    sigaction(SIGTERM, &old_term_, nullptr);
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  struct sigaction old_int_ = {}, old_term_ = {};
};

}  // namespace trainer
