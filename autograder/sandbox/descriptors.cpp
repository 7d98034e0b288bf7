#include "autograder/sandbox/descriptors.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "autograder/sandbox/sandbox.hpp"

namespace grader {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = other.release();
  }
  return *this;
}

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw Unavailable("no pipe can be made: too many open files?");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void move_descriptors(const std::vector<std::pair<int, int>>& moves) {
  constexpr int aside = 400;  // above every number that is moved to
  int copies[16];
  std::size_t count = 0;
  for (const auto& [from, to] : moves)
    if (count < std::size(copies)) copies[count++] = fcntl(from, F_DUPFD, aside);
  for (std::size_t i = 0; i < count; ++i) dup2(copies[i], moves[i].second);
  int first = 0;
  for (;;) {  // close the gaps between the numbers that are in use, in ascending order
    int next = -1;
    for (std::size_t i = 0; i < count; ++i)
      if (moves[i].second >= first && (next < 0 || moves[i].second < next)) next = moves[i].second;
    if (next < 0) break;
    if (next > first) syscall(SYS_close_range, first, next - 1, 0);
    first = next + 1;
  }
  syscall(SYS_close_range, first, ~0u, 0);
}

}  // namespace grader
