// A job from its start to its end.
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "autograder/sandbox/sandbox.hpp"

namespace grader {

std::atomic<bool> interrupted{false};

Running::Running(Running&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      status_(std::exchange(other.status_, -1)),
      uid_(std::move(other.uid_)),
      done_(other.done_),
      stopped_(other.stopped_),
      why_killed_(other.why_killed_),
      begun_(other.begun_),
      limits_(other.limits_),
      ended_(std::move(other.ended_)),
      status_text_(std::move(other.status_text_)),
      level_(other.level_) {}

Running::~Running() {
  if (pid_ > 0 && !done_) {
    kill_all();
    waitpid(pid_, nullptr, 0);
    done_ = true;
    uid_.kill_all();  // what was started while we killed
  }
  if (output_ >= 0) close(output_);
  if (status_ >= 0) close(status_);
}

// bubblewrap's end is the end of its process namespace, once it has come far enough to have one; so its child is ended
// by name as well. A job with a uid of its own is ended by that, too.
void Running::kill_all() {
  read_status();
  if (!done_) kill(pid_, SIGKILL);
  if (level_ == Level::landlock) kill(-pid_, SIGKILL);  // its session, which seccomp lets none of it leave
  const auto child = status_text_.find("\"child-pid\": ");
  if (level_ == Level::bubblewrap && !done_ && child != std::string::npos) {
    const int inner = std::atoi(status_text_.c_str() + child + 13);
    if (inner > 1) kill(inner, SIGKILL);
  }
  uid_.kill_all();
}

void Running::read_status() {
  char buffer[4096];
  for (ssize_t n = 0; (n = read(status_, buffer, sizeof buffer)) > 0;) status_text_.append(buffer, std::size_t(n));
}

void Running::read_output() {
  char buffer[1 << 16];
  while (output_ >= 0) {
    const ssize_t n = read(output_, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
      close(output_);
      output_ = -1;
      return;
    }
    const std::size_t room = limits_.output - ended_.output.size();
    ended_.output.append(buffer, std::min(room, std::size_t(n)));
    if (std::size_t(n) > room) {
      if (!why_killed_) why_killed_ = End::output_limit;
      kill_all();
      close(output_);
      output_ = -1;
    }
  }
}

struct Usage {
  double cpu_seconds = 0;
  int threads = 0;
};

/// What these processes, all their threads together, have computed so far.
static Usage usage_of(const std::vector<pid_t>& processes) {
  double ticks = 0;
  Usage usage;
  for (const pid_t pid : processes) {
    std::string line, word;
    std::getline(std::ifstream("/proc/" + std::to_string(pid) + "/stat"), line);
    const auto name_ends = line.rfind(") ");  // the name before may hold anything
    if (name_ends == std::string::npos) continue;
    std::istringstream fields(line.substr(name_ends + 2));
    for (int i = 3; i < 14; ++i) fields >> word;  // up to utime and stime, fields 14 and 15
    double user = 0, system = 0;
    int threads = 0;
    if (fields >> user >> system >> word >> word >> word >> word >> threads)
      ticks += user + system, usage.threads += threads;
  }
  usage.cpu_seconds = ticks / double(sysconf(_SC_CLK_TCK));
  return usage;
}

/// bubblewrap does not wait for what it started, so that the kernel does not add its time up for us; and without a uid
/// of its own RLIMIT_NPROC does not bind a job.
void Running::measure() {
  constexpr int of_bubblewrap = 3;
  const Usage usage = usage_of(processes());
  ended_.cpu_seconds = std::max(ended_.cpu_seconds, usage.cpu_seconds);
  if (usage.threads <= limits_.processes + of_bubblewrap || why_killed_) return;
  why_killed_ = End::forbidden;
  kill_all();
}

bool Running::poll() {
  if (done_) return true;
  if (interrupted) throw Unavailable("interrupted");
  read_output();
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun_;
  if (passed.count() > limits_.wall_seconds && !why_killed_) {
    why_killed_ = End::wall_limit;
    kill_all();
  }
  if (passed.count() - ended_.seconds > 0.05) {
    ended_.seconds = passed.count();
    measure();
  }
  int status = 0;
  rusage used{};
  if (wait4(pid_, &status, WNOHANG, &used) != pid_) return false;
  read_output();
  done_ = true;
  ended_.seconds = passed.count();
  const double waited_for =
      double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  ended_.cpu_seconds = std::max(ended_.cpu_seconds, waited_for);
  if (level_ == Level::landlock || why_killed_) kill_all();  // what it left running
  read_status();
  take_status(status);
  return true;
}

JobResult Running::wait() {
  while (!poll()) {
    pollfd ready{output_, POLLIN, 0};
    ::poll(&ready, 1, output_ >= 0 ? 20 : 1);
  }
  return ended_;
}

void Running::stop() {
  if (poll()) return;
  stopped_ = true;
  kill_all();
  wait();
}

void Running::end_because(End why) {
  if (poll()) return;
  why_killed_ = why;
  kill_all();
  wait();
}

std::vector<pid_t> Running::processes() const {
  std::vector<pid_t> all = {pid_};
  for (std::size_t i = 0; i < all.size() && all.size() < 64; ++i) {
    std::ifstream children("/proc/" + std::to_string(all[i]) + "/task/" + std::to_string(all[i]) + "/children");
    for (pid_t child = 0; children >> child;) all.push_back(child);
  }
  return all;
}

bool Running::busy() const {
  if (done_) return false;
  std::error_code ignored;
  for (const pid_t pid : processes())
    for (const auto& thread : fs::directory_iterator("/proc/" + std::to_string(pid) + "/task", ignored)) {
      std::string line;
      std::getline(std::ifstream(thread.path() / "stat"), line);
      const auto name_ends = line.rfind(") ");  // the name before may hold anything
      // running or waiting for a CPU; waiting for the disk
      if (name_ends != std::string::npos && (line[name_ends + 2] == 'R' || line[name_ends + 2] == 'D')) return true;
    }
  return false;
}

bool IdleClock::over(double seconds, std::initializer_list<const Running*> jobs) {
  const auto now = std::chrono::steady_clock::now();
  const double passed = std::chrono::duration<double>(now - last_).count();
  if (passed < 0.05) return false;
  last_ = now;
  const bool busy = std::any_of(jobs.begin(), jobs.end(), [](const Running* job) { return job->busy(); });
  if (!busy) idle_ += std::min(passed, 0.2);  // of a longer time nobody knows: we were kept from looking
  return idle_ > seconds;
}

void Running::take_status(int status) {
  if (why_killed_) {
    ended_.how = *why_killed_;
    return;
  }
  if (stopped_) {
    ended_.how = End::exited;
    ended_.exit_code = 0;
    return;
  }
  int code = 0;
  if (level_ == Level::bubblewrap) {
    const auto found = status_text_.rfind("\"exit-code\": ");
    if (found == std::string::npos ||
        !WIFEXITED(status)) {  // bubblewrap never got as far as running the program, or was killed
      ended_.how = End::infrastructure;
      return;
    }
    code = std::atoi(status_text_.c_str() + found + 13);
  } else {
    if (!status_text_.empty()) {
      ended_.how = End::infrastructure;
      ended_.output = status_text_;
      return;
    }
    code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
  ended_.exit_code = code;
  ended_.signal = code > 128 && code < 128 + 65 ? code - 128 : 0;
  const bool used_up = ended_.cpu_seconds + 0.1 >= limits_.cpu_seconds;
  switch (ended_.signal) {
    case 0: ended_.how = End::exited; break;
    case SIGXCPU: ended_.how = End::cpu_limit; break;
    case SIGXFSZ: ended_.how = End::file_limit; break;
    case SIGSYS: ended_.how = End::forbidden; break;
    case SIGKILL: ended_.how = used_up ? End::cpu_limit : End::killed; break;
    default: ended_.how = End::signalled;
  }
}

}  // namespace grader
