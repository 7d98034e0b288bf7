#include "base/tests/terminal_session.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace base {

using Clock = std::chrono::steady_clock;

static double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

TerminalSession::TerminalSession(const std::vector<std::string>& argv,
                                 const std::vector<std::pair<std::string, std::string>>& environment, int columns) {
  winsize size{24, static_cast<unsigned short>(columns), 0, 0};
  child_ = forkpty(&terminal_, nullptr, nullptr, &size);
  if (child_ < 0) throw std::runtime_error("no pseudo-terminal to be had");
  if (child_ > 0) return;
  setenv("TERM", "xterm", 1);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> args;
  for (const std::string& argument : argv) args.push_back(const_cast<char*>(argument.c_str()));
  args.push_back(nullptr);
  execvp(args[0], args.data());
  _exit(127);
}

TerminalSession::~TerminalSession() {
  hang_up();
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
}

void TerminalSession::press(const std::string& keys) {
  if (write(terminal_, keys.data(), keys.size()) != ssize_t(keys.size()))
    throw std::runtime_error("the terminal took no keys");
}

bool TerminalSession::read_some(double seconds) {
  pollfd ready{terminal_, POLLIN, 0};
  if (poll(&ready, 1, int(seconds * 1000)) <= 0) return true;
  char buffer[4096];
  const auto n = read(terminal_, buffer, sizeof buffer);
  if (n <= 0) return false;
  printed_.append(buffer, std::size_t(n));
  return true;
}

bool TerminalSession::sees(const std::string& text, double seconds) {
  for (const auto begun = Clock::now(); since(begun) < seconds;) {
    if (const auto at = printed_.find(text, seen_); at != std::string::npos) {
      seen_ = at + text.size();
      return true;
    }
    if (!read_some(0.1)) break;
  }
  return printed_.find(text, seen_) != std::string::npos;
}

void TerminalSession::resize(int columns) {
  winsize size{24, static_cast<unsigned short>(columns), 0, 0};
  ioctl(terminal_, TIOCSWINSZ, &size);
}

void TerminalSession::hang_up() {
  if (terminal_ >= 0) close(terminal_);
  terminal_ = -1;
}

int TerminalSession::wait(double seconds) {
  int status = 0;
  for (const auto begun = Clock::now(); since(begun) < seconds;) {
    if (waitpid(child_, &status, WNOHANG) == child_) {
      child_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    if (terminal_ < 0) usleep(20'000);
    else read_some(0.05);
  }
  return -1;
}

}  // namespace base
