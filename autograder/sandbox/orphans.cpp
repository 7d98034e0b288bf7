#include "autograder/sandbox/orphans.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace grader {

namespace {

namespace fs = std::filesystem;

/// Calls `each(pid, uid)` for every process until it says true; whether it did.
template <class Each>
bool any_process(Each each) {
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    struct stat info {};
    if (pid > 0 && stat(entry.path().c_str(), &info) == 0 && each(pid, info.st_uid)) return true;
  }
  return false;
}

std::string text_of(pid_t pid, const char* file) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/" + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A bubblewrap as Sandbox starts it.
bool is_our_bubblewrap(pid_t pid) {
  const std::string command = text_of(pid, "cmdline");
  return command.rfind(std::string("bwrap\0", 6), 0) == 0 &&
         command.find(std::string("--hostname\0grader\0", 18)) != std::string::npos;
}

/// Whether who started it has ended, and the machine's first process stands in (which in a container may be a grader itself).
bool was_adopted(pid_t pid) {
  const std::string status = text_of(pid, "status");
  const auto parent = status.find("\nPPid:");
  return parent != std::string::npos && std::atoi(status.c_str() + parent + 6) == 1 &&
         text_of(1, "comm").rfind("course_grade", 0) != 0;
}

}  // namespace

bool has_processes(uid_t uid) {
  return any_process([uid](pid_t, uid_t other) { return other == uid; });
}

void end_orphans(const std::function<bool(uid_t)>& abandoned) {
  any_process([&](pid_t pid, uid_t uid) {
    if (is_our_bubblewrap(pid) && was_adopted(pid) && abandoned(uid)) kill(pid, SIGKILL);
    return false;
  });
}

}  // namespace grader
