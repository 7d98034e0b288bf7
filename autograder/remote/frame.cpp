#include "autograder/remote/frame.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "autograder/remote/bytes.hpp"

namespace nn::detail {

namespace {

struct Header {
  std::uint32_t magic = 0x4e4e5250;
  std::uint32_t kind = 0;
  std::uint64_t id = 0;
  std::uint64_t size = 0;
};

void write_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = write(fd, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw PeerClosed("the other side has closed its end of the pipe");
    data += n;
    size -= std::size_t(n);
  }
}

void read_all(int fd, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = read(fd, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw PeerClosed("the other side has closed the pipe");
    data += n;
    size -= std::size_t(n);
  }
}

}  // namespace

void send(int fd, const Frame& frame) {
  Header header;
  header.kind = std::uint32_t(frame.kind);
  header.id = frame.id;
  header.size = frame.body.size();
  std::string start(reinterpret_cast<const char*>(&header), sizeof header);
  const std::size_t together = std::min<std::size_t>(frame.body.size(), 1 << 16);
  start.append(frame.body, 0, together);  // a small message is one write
  write_all(fd, start.data(), start.size());
  write_all(fd, frame.body.data() + together, frame.body.size() - together);
}

Frame receive(int fd) {
  char bytes[sizeof(Header)];
  Header header;
  read_all(fd, bytes, sizeof bytes);
  std::memcpy(&header, bytes, sizeof header);
  if (header.magic != Header{}.magic || header.kind < 1 || header.kind > 6) throw MalformedMessage("not a message");
  if (header.size > largest_body) throw MessageTooLarge("a message of " + std::to_string(header.size) + " bytes");
  Frame frame{Kind(header.kind), header.id, {}};
  while (frame.body.size() < header.size) {
    const std::size_t have = frame.body.size(), more = std::min<std::size_t>(header.size - have, 1 << 20);
    frame.body.resize(have + more);
    read_all(fd, frame.body.data() + have, more);
  }
  return frame;
}

}  // namespace nn::detail
