// What no honest compiler or exercise asks the kernel for. Asking ends the process with SIGSYS, so that it is seen and
// named.
#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <memory>
#include <string>

#include "autograder/sandbox/sandbox.hpp"

namespace grader {

static const char* const never[] = {
    // other processes
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "kcmp",
    "process_madvise",
    // the network, and every other way to talk to somebody
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "sendmsg",
    "sendmmsg",
    "recvmsg",
    "shmget",
    "shmat",
    "shmctl",
    "msgget",
    "msgsnd",
    "semget",
    "semop",
    "semctl",
    "mq_open",
    // the file system's shape, and ways around paths
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "open_tree",
    "move_mount",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "name_to_handle_at",
    "open_by_handle_at",
    "mknod",
    "mknodat",
    "quotactl",
    "swapon",
    "swapoff",
    "fanotify_init",
    "inotify_init",
    "inotify_init1",
    "memfd_secret",
    // namespaces, keys, users
    "unshare",
    "setns",
    "add_key",
    "request_key",
    "keyctl",
    "setuid",
    "setgid",
    "setreuid",
    "setregid",
    "setresuid",
    "setresgid",
    "setgroups",
    "setfsuid",
    "setfsgid",
    "capset",
    "personality",
    // large and buggy parts of the kernel
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "io_setup",
    "vmsplice",
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "reboot",
    "syslog",
    "acct",
    "iopl",
    "ioperm",
    "modify_ldt",
    "lookup_dcookie",
    "nfsservctl",
    "uselib",
    "ustat",
    "sysfs",
    "_sysctl",
    "vhangup",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "sethostname",
    "setdomainname",
    "migrate_pages",
    "move_pages",
    "seccomp",
};
// What honest libraries try and can do without: OpenBLAS asks for memory near its processor; clone3 hides its flags
// from a filter, and libraries fall back to clone. A job that gives way to all others would be waited for without end.
static const char* const declined[] = {"mbind",          "set_mempolicy",      "set_mempolicy_home_node",
                                       "clone3",         "setpriority",        "ioprio_set",
                                       "sched_setparam", "sched_setscheduler", "sched_setattr"};
// A linker starts no process: whatever its input asks for, no compiler or assembler runs for it.
static const char* const never_in_a_linker[] = {"fork", "vfork", "setsid", "setpgid"};
// A worker computes: beyond that it writes no file and sends no signal to others.
static const char* const never_in_a_worker[] = {"memfd_create", "mkdir",  "mkdirat",     "symlink", "symlinkat",
                                                "link",         "linkat", "creat",       "unlink",  "rename",
                                                "flock",        "alarm",  "timer_create"};

// What only somebody else may do to a job, so that it is never taken for the job's own doing: SIGKILL, and the exit
// code that bubblewrap reports for it (which is refused: the C library then crashes).
static const struct {
  const char* name;
  unsigned argument;
} signals[] = {{"kill", 1}, {"tkill", 1}, {"tgkill", 2}, {"rt_sigqueueinfo", 1}, {"rt_tgsigqueueinfo", 2}};

namespace {

void check(int result, const char* what) {
  if (result < 0) throw Unavailable(std::string("seccomp: cannot deny ") + what);
}

}  // namespace

static constexpr scmp_arg_cmp first_is_not(scmp_datum_t value) { return {0, SCMP_CMP_NE, value, 0}; }

/// Where no namespace hides other processes, and Landlock does not guard a file's rights, owner, times and attributes:
/// of an ordinary user's job these are the user's own. `rule` adds one for a system call by name.
template <class Rule>
static void leave_others_alone(Rights rights, Rule rule) {
  const std::uint32_t decline = SCMP_ACT_ERRNO(EPERM);
  for (const auto& [name, argument] : signals) {
    if (rights == Rights::compiler) {  // of several processes, whose numbers are not known; its crash is tgkill
      if (name != std::string("tgkill")) rule(decline, name);
    } else if (name == std::string("tkill")) {
      rule(SCMP_ACT_KILL_PROCESS, name);
    } else {
      rule(SCMP_ACT_KILL_PROCESS, name, first_is_not(own_pid));
    }
  }
  for (const char* name : {"setsid", "setpgid"}) rule(SCMP_ACT_KILL_PROCESS, name);  // by its session it is ended
  for (const char* name : {"prlimit64", "sched_setaffinity"}) rule(decline, name, first_is_not(0));
  for (const scmp_datum_t command : {F_SETOWN, F_SETOWN_EX, F_SETSIG})  // a signal by way of a descriptor
    if (command != F_SETSIG || rights != Rights::worker)
      rule(decline, "fcntl", SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, command));
  for (const char* name :
       {"chown", "fchown", "lchown", "fchownat", "utime", "utimes", "futimesat", "utimensat", "setxattr", "lsetxattr",
        "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr", "removexattrat", "file_setattr"})
    rule(decline, name);
  // a linker makes its program one that can be run; the grader does that itself
  const std::uint32_t pretend = rights == Rights::worker ? decline : SCMP_ACT_ERRNO(0);
  for (const char* name : {"chmod", "fchmod", "fchmodat", "fchmodat2"}) rule(pretend, name);
}

/// Also of those that are younger than the C library's header.
static int number_of(const std::string& name) {
  const int number = seccomp_syscall_resolve_name(name.c_str());
  if (number >= 0) return number;
  constexpr struct {
    const char* name;
    int number;
  } young[] = {{"fchmodat2", 452}, {"setxattrat", 463}, {"removexattrat", 466}, {"file_setattr", 469}};
  for (const auto& each : young)
    if (name == each.name) return each.number;
  return number;
}

int seccomp_program(Rights rights, Level level) {
  const std::unique_ptr<void, void (*)(void*)> filter(seccomp_init(SCMP_ACT_ALLOW),
                                                      [](void* f) { seccomp_release(f); });
  if (!filter) throw Unavailable("seccomp: no filter can be made");
  const auto deny = [&](const char* name) {
    const int number = seccomp_syscall_resolve_name(name);
    if (number >= 0) check(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, number, 0), name);
  };
  for (const char* name : never) deny(name);
  const int clone = SCMP_SYS(clone);
  constexpr std::uint64_t namespaces =
      CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;
  for (std::uint64_t bit = 1; bit <= namespaces; bit <<= 1)
    if (bit & namespaces)
      check(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, clone, 1, SCMP_A0(SCMP_CMP_MASKED_EQ, bit, bit)),
            "clone");
  for (const char* name : declined)
    if (const int number = seccomp_syscall_resolve_name(name); number >= 0)
      check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), number, 0), name);
  check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
                         SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, TIOCSTI)),
        "TIOCSTI");
  if (rights == Rights::worker)
    for (const char* name : never_in_a_worker) deny(name);
  if (rights == Rights::worker) {
    for (const auto& [name, argument] : signals)
      check(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, seccomp_syscall_resolve_name(name), 1,
                             SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, 0xffffffff, SIGKILL)),
            name);
    for (const int exits : {SCMP_SYS(exit), SCMP_SYS(exit_group)})
      check(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), exits, 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, 0xff, 128 + SIGKILL)),
            "exit");
    deny("setrlimit");  // a hard limit of CPU time ends in SIGKILL, and so does a signal by way of a descriptor
    check(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_NE, 0)),
          "prlimit64");
    check(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, SCMP_SYS(fcntl), 1,
                           SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, F_SETSIG)),
          "fcntl");
  }
  if (rights != Rights::compiler) {
    for (const char* name : never_in_a_linker) deny(name);
    check(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, clone, 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)),
          "fork");
  }
  if (level == Level::landlock)
    leave_others_alone(rights, [&](std::uint32_t action, const char* name, auto... conditions) {
      if (const int number = number_of(name); number >= 0)
        check(seccomp_rule_add(filter.get(), action, number, sizeof...(conditions), conditions...), name);
    });
  const int file = memfd_create("seccomp", MFD_CLOEXEC);
  if (file < 0 || seccomp_export_bpf(filter.get(), file) < 0 || lseek(file, 0, SEEK_SET) < 0)
    throw Unavailable("seccomp: the filter cannot be written");
  return file;
}

}  // namespace grader
