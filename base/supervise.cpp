#include "base/supervise.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace base {

static double now() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

static constexpr int watched[] = {SIGCHLD, SIGTERM, SIGHUP, SIGINT, SIGQUIT};

static sigset_t watched_set() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : watched) sigaddset(&set, signal);
  return set;
}

SupervisorSignals::SupervisorSignals() {
  const sigset_t set = watched_set();
  pthread_sigmask(SIG_BLOCK, &set, &before_);
}

void SupervisorSignals::become_child(pid_t supervisor) const {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(1);  // it died before we asked to be told
  restore();
}

void SupervisorSignals::restore() const { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

// The parent of a process, read from /proc/PID/stat: "PID (NAME) STATE PARENT ..."; the name may hold anything.
static pid_t parent_of(const char* pid) {
  char path[64], text[512];
  std::snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  const ssize_t n = read(file, text, sizeof text - 1);
  close(file);
  if (n <= 0) return -1;
  text[n] = 0;
  const char* name_end = std::strrchr(text, ')');
  return name_end && std::strlen(name_end) > 4 ? std::atoi(name_end + 4) : -1;
}

static void signal_children(int signal) {
  DIR* processes = opendir("/proc");
  if (!processes) return;
  while (const dirent* entry = readdir(processes))
    if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9' && parent_of(entry->d_name) == getpid())
      kill(std::atoi(entry->d_name), signal);
  closedir(processes);
}

// Takes note of all children that have ended, adopted orphans too, which would stay as zombies. True when `child` is
// among them.
static bool reaped(pid_t child, int& status) {
  bool found = false;
  int its_status = 0;
  for (pid_t ended; (ended = waitpid(-1, &its_status, WNOHANG)) > 0;)
    if (ended == child) {
      status = its_status;
      found = true;
    }
  return found;
}

// An orphan becomes a child of this process (PR_SET_CHILD_SUBREAPER): when no child is left, nothing is.
static void end_children(pid_t child, int& status, double grace) {
  static constexpr double given_up = 5;  // for a process that not even SIGKILL ends: it waits for a disk
  const double begun = now();
  for (double waited = 0; waited < grace + given_up; waited = now() - begun) {
    int its_status = 0;
    pid_t ended;
    while ((ended = waitpid(-1, &its_status, WNOHANG)) > 0)
      if (ended == child) status = its_status;
    if (ended < 0) return;
    signal_children(waited < grace ? SIGTERM : SIGKILL);
    usleep(waited < 0.05 ? 1'000 : 10'000);
  }
}

// The CPU time of a process and its threads; 0 once it has ended.
static double cpu_time(pid_t process) {
  clockid_t clock{};
  timespec t{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &t) != 0) return 0;
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

namespace {

// Keeps a child's CPU time.
class Computing {
 public:
  Computing(pid_t child, double limit) : child_(child), limit_(limit) {}
  bool over() {
    if (limit_ <= 0) return false;
    const double cpu = cpu_time(child_), time = now();
    if (cpu > cpu_ + 0.01) cpu_ = cpu, last_ = time;
    return cpu >= limit_ || (time - begun_ >= limit_ && time - last_ >= 3);
  }

 private:
  const pid_t child_;
  const double limit_, begun_ = now();
  double cpu_ = 0, last_ = begun_;
};

}  // namespace

Supervised supervise(pid_t child, pid_t parent, const Supervision& how) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const sigset_t set = watched_set();
  const double begun = now();
  Computing computing(child, how.cpu_seconds);
  Supervised result;
  for (;;) {
    timespec patience{0, 100'000'000};  // to notice a parent that is no more
    if (how.seconds > 0) {
      const double left = how.seconds - (now() - begun);
      if (left <= 0) {
        result.how = End::timed_out;
        break;
      }
      if (left < 0.1) patience.tv_nsec = long(left * 1e9) + 1;
    }
    const int signal = sigtimedwait(&set, nullptr, &patience);
    if (reaped(child, result.status)) break;
    if (computing.over()) {
      result.how = End::timed_out;
      break;
    }
    const bool from_user = signal == SIGINT || signal == SIGQUIT;
    if (getppid() != parent || signal == SIGTERM || signal == SIGHUP || (from_user && how.interrupted_by_user)) {
      result.how = End::stopped;
      result.signal = signal > 0 ? signal : 0;
      break;
    }
  }
  if (getpgid(child) == child) kill(-child, result.how == End::stopped && how.grace > 0 ? SIGTERM : SIGKILL);
  end_children(child, result.status, result.how == End::stopped ? how.grace : 0);
  return result;
}

}  // namespace base
