// A student at a terminal: a program behind a real pseudo-terminal, what it prints, and keys that are pressed.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace base {

class TerminalSession {
 public:
  TerminalSession(const std::vector<std::string>& argv,
                  const std::vector<std::pair<std::string, std::string>>& environment, int columns = 80);
  ~TerminalSession();
  TerminalSession(const TerminalSession&) = delete;
  TerminalSession& operator=(const TerminalSession&) = delete;

  void press(const std::string& keys);
  /// Waits until `text` has been printed after what was waited for before; false when it has not come within the time.
  bool sees(const std::string& text, double seconds = 120);
  void resize(int columns);
  /// Closes the terminal, as a window is closed.
  void hang_up();
  /// The exit code, 128 + signal; -1 when it has not ended within the time.
  int wait(double seconds = 10);
  pid_t process() const { return child_; }
  const std::string& printed() const { return printed_; }

 private:
  bool read_some(double seconds);

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string printed_;
  std::size_t seen_ = 0;
};

}  // namespace base
