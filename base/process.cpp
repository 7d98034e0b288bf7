#include "base/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "base/supervise.hpp"

namespace base {

namespace {

/// How a program ended, as its supervisor writes it into a pipe.
struct Report {
  int error;  ///< errno when it could not be started
  Supervised end;
};

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int both[2];
    if (pipe2(both, O_CLOEXEC) != 0)
      throw EnvironmentError(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
    read = both[0];
    write = both[1];
  }
};

void send(int pipe, const Report& report) { [[maybe_unused]] const auto n = write(pipe, &report, sizeof report); }

// In the child: becomes the command, or reports errno and leaves.
[[noreturn]] void become(const Command& command, Process::Place place, int output, int report) {
  std::vector<char*> argv;
  for (const std::string& argument : command.argv) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  if (output >= 0) {
    dup2(output, 1);
    dup2(output, 2);
  }
  if (place != Process::Place::foreground) {
    setpgid(0, 0);
    dup2(command.channel >= 0 ? command.channel : open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
    if (command.channel >= 0) dup2(command.channel, 1);
  }
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
  const bool ready = command.folder.empty() || chdir(command.folder.c_str()) == 0;
  for (const auto& [name, value] : command.environment) setenv(name.c_str(), value.c_str(), 1);
  if (ready) execvp(argv[0], argv.data());
  send(report, {errno, {}});
  _exit(127);
}

// In the supervisor: starts the command, waits for it, cleans up after it, and says how it ended.
[[noreturn]] void run_supervisor(const Command& command, Process::Place place, int output, int report, pid_t parent,
                                 const SupervisorSignals& signals) {
  const bool foreground = place == Process::Place::foreground;
  if (!foreground) setpgid(0, 0);
  const pid_t self = getpid(), child = fork();
  if (child < 0) {
    send(report, {errno, {}});
    _exit(1);
  }
  if (child == 0) {
    signals.become_child(self);
    become(command, place, output, report);
  }
  if (output >= 0) close(output);
  // a trainer saves what it has learned when it is asked to stop; ninja removes what it has half written
  const double grace = foreground ? 3 : 0.5;
  send(report, {0, supervise(child, parent, {command.seconds.value_or(0), grace, false})});
  _exit(0);
}

}  // namespace

Process::Process(const Command& command, Place place) : command_(command), begun_(Clock::now()) {
  std::fflush(nullptr);
  const Pipe report;
  report_ = report.read;
  int output = -1;
  if (place == Place::captured) {
    const Pipe pipe;
    output_ = pipe.read;
    output = pipe.write;
    fcntl(output_, F_SETFL, O_NONBLOCK);
  }
  const pid_t parent = getpid();
  const SupervisorSignals signals;  // before the fork: a stop() that comes early is not lost
  supervisor_ = fork();
  if (supervisor_ == 0) run_supervisor(command, place, output, report.write, parent, signals);
  if (supervisor_ < 0) error_ = errno;
  signals.restore();
  close(report.write);
  if (output >= 0) close(output);
}

// Reads what has come, waiting for up to `patience` milliseconds; true when it has ended.
bool Process::take(int patience) {
  if (supervisor_ < 0) return true;
  pollfd ready[2] = {{report_, POLLIN, 0}, {output_, POLLIN, 0}};
  poll(ready, 2, patience);
  char buffer[1 << 16];
  const auto read_output = [&] {
    const auto n = output_ < 0 ? 0 : read(output_, buffer, sizeof buffer);
    if (n > 0) outcome_.output.append(buffer, std::min(std::size_t(n), command_.most_output - outcome_.output.size()));
    return n;
  };
  if (ready[1].revents && read_output() == 0) {
    close(output_);
    output_ = -1;
  }
  if (!ready[0].revents) return false;
  while (read_output() > 0) {}  // every writer has exited
  Report report{0, {}};
  if (read(report_, &report, sizeof report) != sizeof report) report.end.status = SIGKILL;  // it was killed itself
  waitpid(supervisor_, nullptr, 0);
  supervisor_ = -1;
  close(report_);
  if (output_ >= 0) close(output_);
  error_ = report.error;
  const int status = report.end.status;
  outcome_.timed_out = report.end.how == End::timed_out;
  outcome_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  outcome_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + outcome_.signal;
  outcome_.seconds = seconds_since(begun_);
  return true;
}

Outcome Process::wait() {
  while (!take(command_.watch ? 1000 : -1))
    if (command_.watch) command_.watch(outcome_.output);
  if (error_ != 0) throw EnvironmentError(fmt::format("cannot start {}: {}", command_.argv[0], std::strerror(error_)));
  return outcome_;
}

void Process::stop() {
  if (supervisor_ > 0) kill(supervisor_, SIGTERM);
  while (!take(-1)) {}
}

Outcome capture(const Command& command) { return Process(command, Process::Place::captured).wait(); }

Outcome pass_through(const Command& command) {
  struct Ignore {  // Ctrl-C is the child's; its exit code tells us
    void (*old)(int) = std::signal(SIGINT, SIG_IGN);
    ~Ignore() { std::signal(SIGINT, old); }
  } ignore;
  return Process(command, Process::Place::foreground).wait();
}

}  // namespace base
