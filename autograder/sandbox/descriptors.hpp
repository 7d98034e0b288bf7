// File descriptors that close themselves, and their passage into a child.
#pragma once

#include <utility>
#include <vector>

namespace grader {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }

  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  void close();

 private:
  int fd_;
};

struct Pipe {
  Descriptor read, write;
};
/// Not inherited. Throws Unavailable.
Pipe make_pipe();

/// In a child: each `first` becomes `second`, everything else is closed. Only system calls.
void move_descriptors(const std::vector<std::pair<int, int>>& moves);

}  // namespace grader
