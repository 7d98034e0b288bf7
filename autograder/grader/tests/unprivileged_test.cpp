// grader_unprivileged: an ordinary user grades where namespaces are forbidden (Ubuntu 24.04, containers), and a job,
// whose uid is then the user's own, cannot touch what is the user's.
//
//   grader_unprivileged COURSE_GRADE REPOSITORY
//   grader_unprivileged --touch WHAT PID FILE    (inside the sandbox, and outside to see that it would work)
#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>

#include "autograder/grader/kit.hpp"
#include "autograder/grader/tests/tally.hpp"
#include "base/process.hpp"

namespace grader {
namespace {

/// What a program of the same uid can do to a process and to a file.
int touch(const std::string& what, pid_t pid, const char* file) {
  siginfo_t info{};
  info.si_code = SI_QUEUE;
  const rlimit least{16, 16};
  const timespec long_ago[2] = {{1, 0}, {1, 0}};
  if (what == "kill") return kill(pid, SIGKILL);
  if (what == "kill all") return kill(-1, SIGKILL);
  if (what == "tkill") return int(syscall(SYS_tkill, pid, SIGKILL));
  if (what == "tgkill") return int(syscall(SYS_tgkill, pid, pid, SIGTERM));
  if (what == "rt_sigqueueinfo") return int(syscall(SYS_rt_sigqueueinfo, pid, SIGTERM, &info));
  if (what == "prlimit") return prlimit(pid, RLIMIT_NOFILE, &least, nullptr);
  if (what == "setpriority") return setpriority(PRIO_PROCESS, id_t(pid), 19);
  if (what == "chmod") return chmod(file, 0777);
  if (what == "fchmodat2") return int(syscall(452, AT_FDCWD, file, 0777, AT_SYMLINK_NOFOLLOW));
  if (what == "utimensat") return utimensat(AT_FDCWD, file, long_ago, 0);
  if (what == "setxattr") return setxattr(file, "user.touched", "1", 1, 0);
  if (what == "a signal by a pipe") {
    int ends[2];
    if (pipe(ends) != 0 || fcntl(ends[0], F_SETOWN, pid) != 0 || fcntl(ends[0], F_SETSIG, SIGTERM) != 0) return 1;
    return fcntl(ends[0], F_SETFL, O_ASYNC) != 0 || write(ends[1], "x", 1) != 1;
  }
  return 2;
}

/// A process and a file of the user's.
class Victim {
 public:
  explicit Victim(const fs::path& folder) : file_(folder / "file") {
    fs::remove(file_);
    base::write_file(file_, "precious\n");
    chmod(file_.c_str(), 0600);
    pid_ = fork();
    if (pid_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      for (;;) pause();
    }
    before_ = state();
  }
  Victim(const Victim&) = delete;
  ~Victim() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  pid_t pid() const { return pid_; }
  const fs::path& file() const { return file_; }
  bool touched() const { return state() != before_; }

 private:
  std::string state() const {
    struct stat info {};
    rlimit files{};
    char value[8];
    stat(file_.c_str(), &info);
    prlimit(pid_, RLIMIT_NOFILE, nullptr, &files);
    const bool alive = waitpid(pid_, nullptr, WNOHANG) == 0;
    return fmt::format("{} {} {} {:o} {} {}", alive, files.rlim_cur, getpriority(PRIO_PROCESS, id_t(pid_)),
                       info.st_mode, info.st_mtime, getxattr(file_.c_str(), "user.touched", value, sizeof value));
  }

  fs::path file_;
  pid_t pid_ = 0;
  std::string before_;
};

void jobs_touch_nothing(const fs::path& folder) {
  const Sandbox sandbox(Level::landlock);
  const fs::path self = fs::read_symlink("/proc/self/exe");
  int possible = 0;
  for (const char* what : {"kill", "tkill", "tgkill", "rt_sigqueueinfo", "prlimit", "setpriority", "chmod", "fchmodat2",
                           "utimensat", "setxattr", "a signal by a pipe", "kill all"}) {
    const auto words = [&](const Victim& victim) -> std::vector<std::string> {
      return {self.string(), "--touch", what, std::to_string(victim.pid()), victim.file().string()};
    };
    if (what != std::string("kill all")) {  // which would take this program along
      const Victim outside(folder);
      base::capture({words(outside)});
      usleep(20'000);
      if (!outside.touched()) {
        fmt::print("(this system does not have {})\n", what);
        continue;
      }
    }
    ++possible;
    for (const Rights rights : {Rights::worker, Rights::linker, Rights::compiler}) {
      const Victim victim(folder);
      Job job;
      job.argv = words(victim);
      job.shown = {self};
      job.rights = rights;
      const JobResult ended = sandbox.start(job).wait();
      usleep(20'000);
      expect(!victim.touched() && ended.how != End::infrastructure,
             fmt::format("{} by a job of rights {} touches nothing of the user's", what, int(rights)), ended.output);
    }
  }
  expect(possible >= 8, "outside of the sandbox nearly all of it works");
}

/// As where AppArmor, a sysctl or a container's filter says no.
void forbid_namespaces() {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  const bool made = filter && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 0) == 0 &&
                    seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
                    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                     SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)) == 0 &&
                    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                     SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWNS, CLONE_NEWNS)) == 0;
  if (!made || seccomp_load(filter) != 0) throw Unavailable("no filter against namespaces");
  seccomp_release(filter);
}

void grades_without_namespaces(const fs::path& program, const fs::path& submission, const fs::path& folder) {
  const auto grade = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {program.string(), submission.string(), "--lesson", "1", "--seed", "5", "--json",
                               (folder / "report.json").string()});
    return base::capture({more, {}, {{"TMPDIR", folder.string()}}, 300.0});
  };
  const base::Outcome graded = grade({});
  expect(graded.ok(), "it grades", graded.output);
  const auto report = nlohmann::json::parse(base::read_file(folder / "report.json"), nullptr, false);
  expect(report.is_object() && report.at("score") == report.at("points"), "a right answer earns everything",
         graded.output);
  expect(report.is_object() && report.at("sandbox").get<std::string>().starts_with("landlock"),
         "and the report says by which sandbox", report.dump());
  const base::Outcome refused = grade({"--sandbox", "bubblewrap"});
  expect(refused.exit_code == base::environment, "a stronger sandbox that was asked for is not replaced",
         refused.output);
}

void as_a_user(const fs::path& program, const fs::path& root, const WorkFolder& work) {
  const fs::path submission = work.path() / "submission", folder = work.make("folder");
  fs::create_directories(submission / "exercises");
  fs::copy(root / "solutions/01-perceptron", submission / "exercises/01-perceptron", fs::copy_options::recursive);
  static const OwnUid own = OwnUid::take();
  if (const uid_t uid = own.get(); uid != 0) {
    const auto give = [&](const fs::path& path) {
      if (lchown(path.c_str(), uid, uid) != 0) throw Unavailable("no folder can be given away");
    };
    give(work.path().parent_path());
    give(work.path());
    for (const auto& each : fs::recursive_directory_iterator(work.path())) give(each.path());
    if (setgroups(0, nullptr) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0)
      throw Unavailable("root cannot become a user");
  }
  jobs_touch_nothing(folder);
  forbid_namespaces();
  grades_without_namespaces(program, submission, folder);
}

int run(const fs::path& program, const fs::path& root) {
  umask(022);
  std::optional<WorkFolder> work(std::in_place);
  const fs::path outer = work->path().parent_path();
  as_a_user(program, root, *work);
  work.reset();
  expect(!fs::exists(outer), "the user can clear all of it away");
  fmt::print("{} of {} as they must be; uid {}\n", right, right + wrong, geteuid());
  return wrong == 0 && right > 0 ? 0 : 1;
}

}  // namespace
}  // namespace grader

int main(int argc, char* argv[]) {
  if (argc == 5 && argv[1] == std::string("--touch"))
    return grader::touch(argv[2], std::atoi(argv[3]), argv[4]) == 0 ? 0 : 1;
  if (argc != 3) return fmt::print(stderr, "grader_unprivileged COURSE_GRADE REPOSITORY\n"), 2;
  try {
    return grader::run(argv[1], argv[2]);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 3;
  }
}
