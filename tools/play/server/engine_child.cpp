#include "tools/play/server/engine_child.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace play {

void EngineChild::start() {
  int both[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both) != 0)
    throw base::EnvironmentError(fmt::format("cannot make a socket: {}", std::strerror(errno)));
  socket_ = both[0];
  base::Command command{{program_.string()}, {}, {{"OPENBLAS_NUM_THREADS", "1"}}};
  command.channel = both[1];
  process_.emplace(command, base::Process::Place::background);
  close(both[1]);
}

void EngineChild::stop() {
  process_.reset();
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

void EngineChild::end() {
  const std::lock_guard lock(mutex_);
  stop();
}

void EngineChild::fail_ended() {
  const base::Outcome outcome = process_->wait();
  stop();
  throw std::runtime_error(
      outcome.signal != 0
          ? fmt::format("your code ended the program: signal {}, {}", outcome.signal, strsignal(outcome.signal))
          : fmt::format("your code ended the program, with exit code {}", outcome.exit_code));
}

void EngineChild::wait_for(short event, Deadline deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - base::Clock::now()).count();
  pollfd ready{socket_, event, 0};
  if (left > 0 && poll(&ready, 1, int(left)) > 0) return;
  stop();
  throw std::runtime_error(fmt::format("no answer within {:g} s: does a loop of yours end?", seconds_));
}

void EngineChild::send(const std::string& bytes, Deadline deadline) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    wait_for(POLLOUT, deadline);
    const ssize_t n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0 && errno != EAGAIN) fail_ended();
    sent += std::size_t(std::max<ssize_t>(n, 0));
  }
}

std::string EngineChild::receive(std::size_t size, Deadline deadline) {
  std::string bytes(size, '\0');
  for (std::size_t got = 0; got < size;) {
    wait_for(POLLIN, deadline);
    const ssize_t n = recv(socket_, bytes.data() + got, size - got, 0);
    if (n <= 0) fail_ended();
    got += std::size_t(n);
  }
  return bytes;
}

Frame EngineChild::ask(const Frame& question) {
  const std::lock_guard lock(mutex_);
  if (!process_) start();
  const Deadline deadline = base::Clock::now() + std::chrono::milliseconds(static_cast<long long>(seconds_ * 1000));
  std::uint32_t sizes[2] = {std::uint32_t(question.text.size()), std::uint32_t(question.bytes.size())};
  send(std::string(reinterpret_cast<const char*>(sizes), sizeof sizes) + question.text + question.bytes, deadline);
  std::memcpy(sizes, receive(sizeof sizes, deadline).data(), sizeof sizes);
  Frame answer;
  answer.text = receive(sizes[0], deadline);
  answer.bytes = receive(sizes[1], deadline);
  return answer;
}

}  // namespace play
