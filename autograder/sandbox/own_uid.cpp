#include "autograder/sandbox/own_uid.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <fstream>
#include <mutex>
#include <random>

#include "autograder/sandbox/orphans.hpp"
#include "autograder/sandbox/sandbox.hpp"

namespace grader {

namespace {

struct Range {
  uid_t first, count;
};

// Uids that nobody gives away: no distribution, container manager or systemd (which lists who takes which in "Users,
// Groups, UIDs and GIDs on systemd Systems"). A container may own only the first 65536.
constexpr Range unused{1'900'000'000, 100'000}, unused_of_a_container{60'706, 478};

Range range() {
  std::ifstream map("/proc/self/uid_map");
  unsigned long inside = 0, outside = 0, length = 0;
  while (map >> inside >> outside >> length)
    if (inside <= unused.first && inside + length >= unused.first + unused.count) return unused;
  return unused_of_a_container;
}

/// The name of this uid, bound; -1 when somebody has it.
Descriptor bind_name(uid_t uid) {
  Descriptor name(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (name.get() < 0) throw Unavailable("no socket can be made: too many open files?");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = fmt::format("nand2mnist-grader-uid-{}", uid);
  text.copy(address.sun_path + 1, text.size());  // a first byte of zero: a name, not a file
  const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + 1 + text.size());
  if (bind(name.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) name.close();
  return name;
}

/// Whether this uid is one of ours that no grader holds any more; of an ordinary user, whose jobs have the user's own,
/// any.
bool is_abandoned(uid_t uid) {
  if (geteuid() != 0) return uid == geteuid();
  const Range uids = range();
  return uid >= uids.first && uid - uids.first < uids.count && bind_name(uid).get() >= 0;
}

std::mutex lock;
std::vector<uid_t> all_taken;
uid_t next = 0;

}  // namespace

OwnUid OwnUid::take() {
  static const bool cleared = (end_orphans(is_abandoned), true);
  OwnUid own;
  if (!cleared) return own;
  if (geteuid() != 0) return own;
  static const Range uids = range();
  const std::lock_guard one(lock);
  if (all_taken.empty()) next = std::random_device()() % uids.count;
  for (uid_t tries = 0; tries < uids.count; ++tries) {
    const uid_t uid = uids.first + next++ % uids.count;
    own.name_ = bind_name(uid);
    if (own.name_.get() < 0 || has_processes(uid)) continue;  // of a container, perhaps
    own.uid_ = uid;
    all_taken.push_back(uid);
    return own;
  }
  throw Unavailable("every uid for a job is taken");
}

void OwnUid::kill_all() const {
  if (uid_ == 0) return;
  const pid_t killer = fork();
  if (killer == 0) {
    if (syscall(SYS_setresuid, uid_, uid_, uid_) == 0) kill(-1, SIGKILL);
    _exit(0);
  }
  if (killer > 0) waitpid(killer, nullptr, 0);
}

std::vector<uid_t> OwnUid::taken() {
  const std::lock_guard one(lock);
  return all_taken;
}

}  // namespace grader
