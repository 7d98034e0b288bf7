// The engine behind a pair of pipes, for ./course play. A frame is two sizes (32 bits, the machine's own byte order),
// a text and bytes: in, a request and its bytes; out, the head and the numbers. What a student's code prints on
// standard output goes to standard error.
#include <unistd.h>

#include <cstdint>
#include <cstdio>

#include "tools/play/engine.hpp"

namespace {

constexpr std::uint32_t most = 64 << 20;

bool receive(void* to, std::size_t size) {
  for (char* at = static_cast<char*>(to); size > 0;) {
    const ssize_t n = read(STDIN_FILENO, at, size);
    if (n <= 0) return false;
    at += n;
    size -= std::size_t(n);
  }
  return true;
}

bool send(int out, const void* from, std::size_t size) {
  for (const char* at = static_cast<const char*>(from); size > 0;) {
    const ssize_t n = write(out, at, size);
    if (n <= 0) return false;
    at += n;
    size -= std::size_t(n);
  }
  return true;
}

}  // namespace

int main() {
  const int out = dup(STDOUT_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  play::Engine engine;
  std::string text, bytes;
  for (std::uint32_t sizes[2]; receive(sizes, sizeof sizes);) {
    if (sizes[0] > most || sizes[1] > most) return std::fputs("play_engine: a frame is too large\n", stderr), 2;
    text.resize(sizes[0]);
    bytes.resize(sizes[1]);
    if (!receive(text.data(), text.size()) || !receive(bytes.data(), bytes.size())) break;
    const play::Reply reply = engine.ask(text, bytes);
    std::fflush(stdout);
    const std::size_t count = reply.numbers.size() * sizeof(float);
    const std::uint32_t answer[2] = {std::uint32_t(reply.head.size()), std::uint32_t(count)};
    if (!send(out, answer, sizeof answer) || !send(out, reply.head.data(), reply.head.size()) ||
        !send(out, reply.numbers.data(), count))
      break;
  }
}
