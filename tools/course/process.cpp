#include "tools/course/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace course {

using Clock = std::chrono::steady_clock;

static double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// In the child: becomes the command, or reports errno through `report` and leaves.
[[noreturn]] static void become(const Command& command, int output, int report) {
  std::vector<char*> argv;
  for (const std::string& argument : command.argv) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  if (output >= 0) {
    setpgid(0, 0);  // a group of its own, so that all it starts can be ended
    dup2(output, 1);
    dup2(output, 2);
    const int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
  }
  std::signal(SIGINT, SIG_DFL);
  const bool ready = command.folder.empty() || chdir(command.folder.c_str()) == 0;
  for (const auto& [name, value] : command.environment) setenv(name.c_str(), value.c_str(), 1);
  if (ready) execvp(argv[0], argv.data());
  const int error = errno;
  [[maybe_unused]] const auto written = write(report, &error, sizeof error);
  _exit(127);
}

// Starts the command; throws when it could not become one.
static pid_t start(const Command& command, int output) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0)
    throw EnvironmentError(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  const pid_t child = fork();
  if (child < 0) throw EnvironmentError(fmt::format("cannot start {}: {}", command.argv[0], std::strerror(errno)));
  if (child == 0) become(command, output, report[1]);
  close(report[1]);
  int error = 0;
  const bool broken = read(report[0], &error, sizeof error) == sizeof error;
  close(report[0]);
  if (broken) {
    waitpid(child, nullptr, 0);
    throw EnvironmentError(fmt::format("cannot start {}: {}", command.argv[0], std::strerror(error)));
  }
  return child;
}

static void take_status(Outcome& outcome, int status) {
  outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + outcome.signal;
}

Outcome capture(const Command& command) {
  int output[2];
  if (pipe2(output, O_CLOEXEC) != 0)
    throw EnvironmentError(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  const auto begun = Clock::now();
  const pid_t child = start(command, output[1]);
  close(output[1]);
  Outcome outcome;
  int status = 0;
  bool ended = false, open = true;
  char buffer[1 << 16];
  while (!ended || open) {
    pollfd ready{open ? output[0] : -1, POLLIN, 0};
    poll(&ready, 1, ended ? 0 : 20);
    const auto n = ready.revents ? read(output[0], buffer, sizeof buffer) : 0;
    if (n > 0)
      outcome.output.append(buffer, std::min<std::size_t>(std::size_t(n), command.most_output - outcome.output.size()));
    if (ready.revents && n <= 0) open = false;
    if (!ended && waitpid(child, &status, WNOHANG) == child) ended = true;
    if (ended && n <= 0) break;  // what the child left running may hold the pipe; its own output has been read
    if (!ended && command.seconds && since(begun) > *command.seconds) {
      outcome.timed_out = true;
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
      ended = true;
    }
  }
  kill(-child, SIGKILL);  // whatever it started and left behind
  close(output[0]);
  take_status(outcome, status);
  outcome.seconds = since(begun);
  return outcome;
}

Outcome pass_through(const Command& command) {
  struct Ignore {  // Ctrl-C is the child's; its exit code tells us
    void (*old)(int) = std::signal(SIGINT, SIG_IGN);
    ~Ignore() { std::signal(SIGINT, old); }
  } ignore;
  std::fflush(nullptr);
  const auto begun = Clock::now();
  const pid_t child = start(command, -1);
  Outcome outcome;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  take_status(outcome, status);
  outcome.seconds = since(begun);
  return outcome;
}

}  // namespace course
