// A server on this machine that waits for somebody to call while the corpus is graded. Nobody may.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "autograder/sandbox/descriptors.hpp"

namespace grader {

class Listener {
 public:
  /// Throws when a call would not be noticed.
  Listener() : listening_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    socklen_t size = sizeof address_;
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* to = reinterpret_cast<const sockaddr*>(&address_);
    if (bind(listening_.get(), to, size) != 0 || listen(listening_.get(), 128) != 0 ||
        getsockname(listening_.get(), reinterpret_cast<sockaddr*>(&address_), &size) != 0)
      throw std::runtime_error("nobody can listen on this machine");
    const Descriptor ours(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(ours.get(), to, sizeof address_) != 0 || calls() != 1)
      throw std::runtime_error("the listener does not notice a call");
  }
  int port() const { return ntohs(address_.sin_port); }
  /// How many have called since the last time.
  int calls() const {
    int count = 0;
    for (;; ++count) {
      const Descriptor caller(accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (caller.get() < 0) return count;
    }
  }

 private:
  Descriptor listening_;
  sockaddr_in address_{};
};

}  // namespace grader
