// Landlock by hand: the C library has no functions for it, and the header of the oldest system that we serve lacks the
// newer flags.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "autograder/sandbox/sandbox.hpp"

namespace grader {

namespace {

struct Ruleset {
  std::uint64_t files = 0, network = 0, scoped = 0;
};
struct [[gnu::packed]] PathRule {
  std::uint64_t allowed = 0;
  std::int32_t folder = -1;
};

constexpr std::uint64_t execute = 1, write_file = 2, read_file = 4, read_dir = 8, make_and_remove = 0x1ff0,
                        refer = 1 << 13, truncate = 1 << 14, ioctl_device = 1 << 15;
constexpr std::uint64_t read_only = execute | read_file | read_dir;

bool allow(int ruleset, const char* path, std::uint64_t access) {
  PathRule rule{access, open(path, O_PATH | O_CLOEXEC)};
  if (rule.folder < 0) return true;  // what is not there needs no rule
  long failed = syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0);
  if (failed) {  // a file, not a folder
    rule.allowed &= execute | write_file | read_file | truncate;
    failed = syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0);
  }
  close(rule.folder);
  return failed == 0;
}

}  // namespace

const char* restrict_with_landlock(const std::vector<std::string>& readable, const std::vector<std::string>& writable) {
  const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, 1);
  if (abi < 3) return "Landlock is missing or too old (version 3, Linux 6.2, is needed)";
  Ruleset rules{execute | write_file | read_file | read_dir | make_and_remove | refer | truncate, 0, 0};
  if (abi >= 4) rules.network = 3;  // bind and connect of TCP
  if (abi >= 5) rules.files |= ioctl_device;
  if (abi >= 6) rules.scoped = 3;  // abstract sockets and signals
  const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
  const int ruleset = int(syscall(SYS_landlock_create_ruleset, &rules, size, 0));
  if (ruleset < 0) return "Landlock refuses its rules";
  for (const std::string& path : readable)
    if (!allow(ruleset, path.c_str(), read_only)) return "Landlock refuses a rule for reading";
  for (const std::string& path : writable)
    if (!allow(ruleset, path.c_str(), read_only | write_file | truncate | make_and_remove))
      return "Landlock refuses a rule for writing";
  if (!allow(ruleset, "/dev/null", read_file | write_file)) return "Landlock refuses /dev/null";
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return "new privileges cannot be given up";
  if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) return "Landlock cannot be put in force";
  close(ruleset);
  return nullptr;
}

}  // namespace grader
