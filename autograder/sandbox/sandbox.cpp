#include "autograder/sandbox/sandbox.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "autograder/sandbox/descriptors.hpp"

namespace grader {

const char* name_of(Level level) { return level == Level::bubblewrap ? "bubblewrap" : "landlock"; }

namespace {

constexpr int seccomp_fd = 3, status_fd = 4;

/// Where `base` is in a root of our own making.
const fs::path neutral = "/course";

std::vector<std::string> system_folders(Rights rights) {
  std::vector<std::string> paths = {"/usr/lib",         "/usr/lib64",        "/usr/local/lib",
                                    "/usr/local/lib64", "/etc/alternatives", "/etc/ld.so.cache"};
  if (rights == Rights::compiler)
    for (const char* folder : {"bin", "include", "libexec"})
      for (const char* where : {"/usr/", "/usr/local/"}) paths.push_back(std::string(where) + folder);
  return paths;
}

bool is_in(const fs::path& path, const fs::path& folder) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

/// Where the job finds what is `path` for us.
std::string place_of(const fs::path& path, const Job& job) {
  return job.base && is_in(path, *job.base) ? (neutral / path.lexically_relative(*job.base)).string() : path.string();
}

/// Nothing of ours may lie in what every job sees.
void require_apart(const Job& job) {
  for (const std::string& folder : system_folders(Rights::compiler))
    if (job.base && is_in(*job.base, folder))
      throw Unavailable(fmt::format(
          "the grader cannot stand in {}, which every student's program may read; build it elsewhere", folder));
}

std::vector<std::string> bubblewrap_command(const Job& job) {
  std::vector<std::string> command = {"bwrap",
                                      "--unshare-all",
                                      "--unshare-user",
                                      "--disable-userns",
                                      "--die-with-parent",
                                      "--new-session",
                                      "--clearenv",
                                      "--uid",
                                      "65534",
                                      "--gid",
                                      "65534",
                                      "--cap-drop",
                                      "ALL",
                                      "--hostname",
                                      "grader",
                                      "--seccomp",
                                      std::to_string(seccomp_fd),
                                      "--json-status-fd",
                                      std::to_string(status_fd),
                                      "--symlink",
                                      "usr/lib",
                                      "/lib",
                                      "--symlink",
                                      "usr/lib64",
                                      "/lib64",
                                      "--dev",
                                      "/dev",
                                      "--remount-ro",
                                      "/dev"};
  const auto add = [&](std::initializer_list<std::string> words) { command.insert(command.end(), words); };
  if (job.rights == Rights::compiler)
    add({"--symlink", "usr/bin", "/bin", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin"});
  for (const std::string& path : system_folders(job.rights)) add({"--ro-bind-try", path, path});
  for (const fs::path& path : job.shown) add({"--ro-bind", path.string(), place_of(path, job)});
  if (job.output_folder) add({"--bind", job.output_folder->string(), job.output_folder->string()});
  add({"--remount-ro", "/", "--chdir", job.base ? neutral.string() : "/"});
  for (const std::string& pair : job.environment)
    add({"--setenv", pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1)});
  if (job.output_folder) add({"--setenv", "TMPDIR", job.output_folder->string()});
  command.push_back("--");
  command.insert(command.end(), job.argv.begin(), job.argv.end());
  return command;
}

void limit(int resource, rlim_t soft, rlim_t hard) {
  const rlimit value{soft, hard};
  setrlimit(__rlimit_resource(resource), &value);
}

void set_limits(const Limits& limits, bool own_uid) {
  const rlim_t cpu = rlim_t(limits.cpu_seconds + 0.999);
  limit(RLIMIT_CPU, cpu, cpu + 1);
  limit(RLIMIT_AS, limits.memory, limits.memory);
  limit(RLIMIT_FSIZE, limits.file_size, limits.file_size);
  limit(RLIMIT_NOFILE, rlim_t(limits.open_files), rlim_t(limits.open_files));
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_STACK, 8 << 20, 8 << 20);
  limit(RLIMIT_MEMLOCK, 0, 0);
  limit(RLIMIT_MSGQUEUE, 0, 0);
  // counts all processes of a uid: of use only where the uid is this job's alone
  if (own_uid) limit(RLIMIT_NPROC, rlim_t(limits.processes), rlim_t(limits.processes));
}

/// Everything that the child needs, made before fork: afterwards only system calls.
struct Prepared {
  std::vector<char*> argv, environment;
  std::vector<std::pair<int, int>> descriptors;
  std::vector<std::string> readable, writable;
  std::string folder = "/";
  sock_fprog filter{};
  Limits limits;
  uid_t uid = 0;
  bool landlock = false;
};

[[noreturn]] void complain(int fd, const char* what) {
  [[maybe_unused]] const auto written = write(fd, what, std::strlen(what));
  _exit(127);
}

[[noreturn]] void become(const Prepared& p) {
  move_descriptors(p.descriptors);
  for (const int fd : {seccomp_fd, status_fd})  // for bubblewrap, which reads and closes them
    fcntl(fd, F_SETFD, p.landlock ? FD_CLOEXEC : 0);
  setsid();
  umask(022);
  for (int s = 1; s < 65; ++s) std::signal(s, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  set_limits(p.limits, p.uid != 0);
  if (p.uid != 0 && (syscall(SYS_setgroups, 0, nullptr) != 0 || syscall(SYS_setresgid, p.uid, p.uid, p.uid) != 0 ||
                     syscall(SYS_setresuid, p.uid, p.uid, p.uid) != 0))
    complain(status_fd, "error: no uid of its own");
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (p.landlock) {
    if (chdir(p.folder.c_str()) != 0) complain(status_fd, "error: no folder to start in");
    if (const char* error = restrict_with_landlock(p.readable, p.writable)) complain(status_fd, error);
    for (unsigned short i = 0; i < p.filter.len; ++i)
      if (p.filter.filter[i].k == own_pid) p.filter.filter[i].k = std::uint32_t(getpid());
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &p.filter, 0, 0) != 0)
      complain(status_fd, "error: no seccomp filter");
    execve(p.argv[0], p.argv.data(), p.environment.data());
  } else {
    execvpe(p.argv[0], p.argv.data(), p.environment.data());
  }
  complain(status_fd, "error: the program cannot be started");
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> all;
  for (const std::string& word : words) all.push_back(const_cast<char*>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

void probe(const Sandbox& sandbox) {
  Job job;
  job.argv = {"/usr/bin/true"};
  job.rights = Rights::compiler;
  job.limits.cpu_seconds = 5;
  job.limits.wall_seconds = 20;
  const JobResult ended = sandbox.start(job).wait();
  if (!ended.ok())
    throw Unavailable(fmt::format("the sandbox {} does not work here: {}", name_of(sandbox.level()), ended.output));
}

}  // namespace

Sandbox::Sandbox(Level level) : level_(level) { probe(*this); }

Sandbox Sandbox::strongest() {
  std::string why;
  for (const Level level : {Level::bubblewrap, Level::landlock}) try {
      return Sandbox(level);
    } catch (const Unavailable& e) {
      why += fmt::format("\n  {}", e.what());
    }
  throw Unavailable(
      "no sandbox works on this machine, so nothing is graded:" + why +
      "\n  `./course doctor` prints the lines that allow bubblewrap here (an AppArmor profile, a sysctl or sudo); "
      "landlock needs Linux 6.2 or newer.");
}

std::string Sandbox::description() const {
  std::string text =
      level_ == Level::bubblewrap ? "bubblewrap: namespaces, seccomp, rlimits" : "landlock: Landlock, seccomp, rlimits";
  return text + (geteuid() == 0 ? ", own uid" : level_ == Level::landlock ? ", the grader's own uid" : "");
}

Running Sandbox::start(const Job& job) const {
  require_apart(job);
  Pipe output = make_pipe(), status = make_pipe();
  const Descriptor filter(seccomp_program(job.rights, level_)), null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  std::vector<sock_filter> instructions(std::size_t(lseek(filter.get(), 0, SEEK_END)) / sizeof(sock_filter));
  if (pread(filter.get(), instructions.data(), instructions.size() * sizeof(sock_filter), 0) <= 0)
    throw Unavailable("seccomp: no filter");
  lseek(filter.get(), 0, SEEK_SET);

  Prepared p;
  p.landlock = level_ == Level::landlock;
  p.limits = job.limits;
  Running running;
  running.uid_ = OwnUid::take();
  p.uid = running.uid_.get();
  p.filter = {static_cast<unsigned short>(instructions.size()), instructions.data()};
  std::vector<std::string> command = job.argv, environment = {"PATH=/usr/local/bin:/usr/bin:/bin"};
  if (p.landlock) {
    p.readable = system_folders(job.rights);
    for (const fs::path& path : job.shown) p.readable.push_back(path.string());
    if (job.base) p.folder = job.base->string();
    environment.insert(environment.end(), job.environment.begin(), job.environment.end());
    if (job.output_folder) {
      p.writable = {job.output_folder->string()};
      environment.push_back("TMPDIR=" + job.output_folder->string());
    }
  } else {
    command = bubblewrap_command(job);  // bubblewrap itself gets an empty environment: its own is visible inside
  }
  p.argv = pointers(command);
  p.environment = pointers(environment);
  p.descriptors = {{null.get(), 0},
                   {output.write.get(), 1},
                   {output.write.get(), 2},
                   {filter.get(), seccomp_fd},
                   {status.write.get(), status_fd}};
  for (const auto& pair : job.descriptors) p.descriptors.push_back(pair);
  if (job.output_folder && p.uid != 0 && chown(job.output_folder->c_str(), p.uid, p.uid) != 0)
    throw Unavailable("the output folder cannot be given to the job's user");

  running.level_ = level_;
  running.limits_ = job.limits;
  running.begun_ = std::chrono::steady_clock::now();
  running.pid_ = fork();
  if (running.pid_ < 0) throw Unavailable(fmt::format("no process can be started: {}", std::strerror(errno)));
  if (running.pid_ == 0) become(p);
  running.output_ = output.read.release();
  running.status_ = status.read.release();
  fcntl(running.output_, F_SETFL, O_NONBLOCK);
  fcntl(running.status_, F_SETFL, O_NONBLOCK);
  return running;
}

}  // namespace grader
