// How much memory a call takes.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>

namespace nn::test {

/// A line of /proc/self/status in kB, as "VmPeak:" (address space, at most) or "VmHWM:" (memory, at most); -1
/// elsewhere.
inline long memory(const std::string& line) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (long kb = 0; word == line && status >> kb) return kb;
  return -1;
}

/// By how many MB `call` lets the figure of `line` grow, 255 at most; measured in a child process, whose peaks start
/// where it stands. An std::runtime_error of `call` is expected; any other exception counts as 255.
template <typename Call>
int growth_mb(const std::string& line, const Call& call) {
  const pid_t child = fork();
  if (child == 0) {
    const long before = memory(line);
    try {
      call();
    } catch (const std::runtime_error&) {
    } catch (...) {
      _exit(255);
    }
    _exit(static_cast<int>(std::min(255L, (memory(line) - before) / 1024)));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/// Whether the figures are those of the program: sanitizers keep much memory of their own.
inline bool memory_can_be_measured() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
  return false;
#endif
#endif
  return memory("VmPeak:") > 0;
}

}  // namespace nn::test
