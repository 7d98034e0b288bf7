// Runs one program that is not to be trusted, and says how it ended.
//
//   Sandbox sandbox(Level::bubblewrap);  // throws Unavailable where the host lacks this level: never a weaker one
//   Running compiler = sandbox.start({.argv = {"/usr/bin/g++", ...}, .shown = {{kit / "include"}}, .limits = {...}});
//   JobResult ended = compiler.wait();
//
// bubblewrap   own namespaces for files, processes, network, users and IPC: an empty root that holds what the job
// names;
//              no capabilities, a seccomp deny-list, rlimits; when the grader is root, a uid that nobody else has
// landlock     for machines that forbid namespaces (containers, Ubuntu 24.04): Landlock for files, seccomp for
//              everything else, rlimits; when the grader is root, a uid that nobody else has
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "autograder/sandbox/own_uid.hpp"

namespace grader {

namespace fs = std::filesystem;

enum class Level { landlock = 1, bubblewrap = 2 };
const char* name_of(Level level);

/// The host lacks a feature that the sandbox needs. Reported as an error; never affects a score.
struct Unavailable : std::runtime_error {
  using runtime_error::runtime_error;
};

/// Set by a signal: every job under way is then ended, and Unavailable thrown to its owner.
extern std::atomic<bool> interrupted;

struct Limits {
  double cpu_seconds = 10;                    ///< of each process, all its threads together
  double wall_seconds = 30;                   ///< of the whole job; a machine that is busy stretches it without bound
  std::size_t memory = std::size_t{1} << 30;  ///< address space of each process
  std::size_t file_size = 0;                  ///< of each file that it writes; 0: it writes none
  int processes = 16;                         ///< and threads, all together
  int open_files = 128;
  std::size_t output = std::size_t{256} << 10;  ///< bytes on stdout and stderr
};

/// What a job may do beside computing: what it sees of the system, which system calls end it.
enum class Rights {
  worker,    ///< system libraries; it starts no process and writes no file
  linker,    ///< system libraries; it writes files in its output folder and starts no process, so no second compiler
  compiler,  ///< the system's programs and headers; it starts processes and writes files in its output folder
};

struct Job {
  std::vector<std::string> argv;  ///< argv[0] is a path
  /// Files and folders that it may read, beside the system's own: at the same path, or what lies in `base` relative to
  /// that.
  std::vector<fs::path> shown;
  /// A folder that relative words in `argv` start from; the job does not learn where it is (bubblewrap: it is /course).
  std::optional<fs::path> base;
  std::optional<fs::path> output_folder;  ///< the one place that it may write to, its TMPDIR
  Rights rights = Rights::worker;
  std::vector<std::pair<int, int>>
      descriptors;                       ///< ours -> its; stdin is empty unless given, stdout and stderr are collected
  std::vector<std::string> environment;  ///< "NAME=value"; nothing else is inherited
  Limits limits;
};

enum class End {
  exited,     ///< normally, see exit_code
  signalled,  ///< see signal
  killed,     ///< SIGKILL, and not by itself: it cannot; the kernel does so when memory ends
  cpu_limit,
  wall_limit,
  idle_limit,  ///< killed by its owner after waiting for input that never came (IdleClock)
  output_limit,
  file_limit,
  forbidden,       ///< killed by seccomp for a system call that it may not make
  infrastructure,  ///< the sandbox could not be set up
};

struct JobResult {
  End how = End::infrastructure;
  int exit_code = -1, signal = 0;
  std::string output;  ///< the first bytes of stdout and stderr, as they came
  double seconds = 0, cpu_seconds = 0;

  bool ok() const { return how == End::exited && exit_code == 0; }
};

/// A job under way. It is killed, and all it has started, when this goes out of scope.
class Running {
 public:
  Running(Running&& other) noexcept;
  Running& operator=(Running&&) = delete;
  ~Running();

  /// Reads output and looks at the clock. True when the job has ended; call it often.
  bool poll();
  JobResult wait();
  /// Ends it now, its work being done; `ended` then tells how it had ended by itself, or exited with 0.
  void stop();
  /// Ends it now, for this reason.
  void end_because(End why);
  /// Whether it computes, or would if the machine let it, as far as can be seen in this moment.
  bool busy() const;
  /// What can be waited for with poll(2), -1 when closed.
  int descriptor() const { return output_; }
  const JobResult& ended() const { return ended_; }

 private:
  friend class Sandbox;
  Running() = default;
  void kill_all();
  void take_status(int status);
  void read_output();
  void read_status();
  std::vector<pid_t> processes() const;
  void measure();

  pid_t pid_ = -1;
  int output_ = -1, status_ = -1;  // pipes: what it says, and what bubblewrap says of it
  OwnUid uid_;
  bool done_ = false, stopped_ = false;
  std::optional<End> why_killed_;
  std::chrono::steady_clock::time_point begun_;
  Limits limits_;
  JobResult ended_;
  std::string status_text_;
  Level level_ = Level::bubblewrap;
};

/// How long jobs that wait for each other have all been waiting, for nothing: a clock that stands still while any of
/// them computes, or is kept from it by a busy machine.
class IdleClock {
 public:
  /// Looks at the jobs now and then, whenever it is called; true once they have waited so long.
  bool over(double seconds, std::initializer_list<const Running*> jobs);

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  double idle_ = 0;
};

class Sandbox {
 public:
  /// Tries the level out; throws Unavailable with the reason.
  explicit Sandbox(Level level);
  /// The strongest level that works here; throws Unavailable when none does.
  static Sandbox strongest();

  Level level() const { return level_; }
  std::string description() const;
  Running start(const Job& job) const;

 private:
  Level level_;
};

/// The deny-list as a BPF program in a file of its own (an anonymous one); the caller closes it. That of Landlock holds
/// `own_pid` in the place of the number of the process that it is put in force for.
int seccomp_program(Rights rights, Level level);
constexpr std::uint32_t own_pid = 0x7ead9e17;  // no process has such a number

/// The calling process can only read, run and list `readable`, and also write in `writable`, from now on. Called
/// between fork and exec: returns what failed, or nullptr.
const char* restrict_with_landlock(const std::vector<std::string>& readable, const std::vector<std::string>& writable);

}  // namespace grader
