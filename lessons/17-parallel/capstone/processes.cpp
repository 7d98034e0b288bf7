// Ranks without MPI: one process each, and a pair of sockets between every two.
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "lessons/17-parallel/capstone/wire.hpp"

namespace many {

using nn::real, nn::uword, nn::vec;

namespace {

/// A message on its way out: its length, then its numbers.
struct Out {
  int socket = -1;
  std::vector<char> bytes;
  std::size_t done = 0;

  Out() = default;  // nothing to send
  Out(int to, const vec& message) : socket(to), bytes(sizeof(uword) + message.n_elem * sizeof(real)) {
    const uword length = message.n_elem;
    std::copy_n(reinterpret_cast<const char*>(&length), sizeof length, bytes.data());
    std::copy_n(reinterpret_cast<const char*>(message.memptr()), bytes.size() - sizeof length,
                bytes.data() + sizeof length);
  }
  bool over() const { return done == bytes.size(); }
  void go_on() {
    const ssize_t n = ::send(socket, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (n > 0) done += std::size_t(n);
    else if (errno != EAGAIN && errno != EINTR) throw std::runtime_error("another rank is gone");
  }
};

/// A message on its way in.
struct In {
  int socket = -1;
  uword length = 0;
  vec message;
  std::size_t done = 0;

  In() = default;  // nothing to receive
  explicit In(int from) : socket(from) {}
  bool over() const { return socket < 0 || (done >= sizeof length && done == sizeof length + length * sizeof(real)); }
  void go_on() {
    const bool head = done < sizeof length;
    char* const at = head ? reinterpret_cast<char*>(&length) + done
                          : reinterpret_cast<char*>(message.memptr()) + done - sizeof length;
    const std::size_t wanted = head ? sizeof length - done : sizeof length + length * sizeof(real) - done;
    const ssize_t n = ::recv(socket, at, wanted, 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) throw std::runtime_error("another rank is gone");
    if (n > 0) done += std::size_t(n);
    if (n > 0 && head && done == sizeof length) message.set_size(length);
  }
};

/// Both at once: whichever can go on does.
void move(Out out, In& in) {
  while (!out.over() || !in.over()) {
    pollfd wait[2] = {{out.over() ? -1 : out.socket, POLLOUT, 0}, {in.over() ? -1 : in.socket, POLLIN, 0}};
    if (poll(wait, 2, -1) < 0) continue;
    if (wait[0].revents) out.go_on();
    if (wait[1].revents) in.go_on();
  }
}

Wire wire_of(uword rank, const std::vector<int>& sockets) {
  Wire wire;
  wire.rank = rank, wire.ranks = sockets.size();
  wire.send = [sockets](uword to, const vec& message) {
    In nothing;
    move(Out(sockets.at(to), message), nothing);
  };
  wire.receive = [sockets](uword from) {
    In in(sockets.at(from));
    move(Out(), in);
    return in.message;
  };
  wire.exchange = [sockets](uword to, const vec& message, uword from) {
    In in(sockets.at(from));
    move(Out(sockets.at(to), message), in);
    return in.message;
  };
  return wire;
}

}  // namespace

bool run_processes(uword ranks, const std::function<void(const Wire&)>& body) {
  std::vector<std::vector<int>> sockets(ranks, std::vector<int>(ranks, -1));
  for (uword a = 0; a < ranks; ++a)
    for (uword b = a + 1; b < ranks; ++b) {
      int both[2];
      if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, both) != 0) throw std::runtime_error("no more sockets");
      sockets[a][b] = both[0], sockets[b][a] = both[1];
    }
  std::fflush(nullptr);
  std::vector<pid_t> children;
  for (uword r = 0; r < ranks; ++r) {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("no more processes");
    if (child > 0) {
      children.push_back(child);
      continue;
    }
    for (uword other = 0; other < ranks; ++other)
      for (const int socket : sockets[other])
        if (other != r && socket >= 0) close(socket);
    int code = 0;
    try {
      body(wire_of(r, sockets[r]));
    } catch (const std::exception& error) {
      std::fprintf(stderr, "rank %d: %s\n", int(r), error.what());
      code = 1;
    }
    std::fflush(nullptr);
    _exit(code);
  }
  for (const auto& row : sockets)
    for (const int socket : row)
      if (socket >= 0) close(socket);
  bool well = true;
  for (const pid_t child : children) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    well = well && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  return well;
}

}  // namespace many
