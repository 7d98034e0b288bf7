#include "base/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>

namespace base {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(int error) { throw std::system_error(error, std::generic_category()); }

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : fd_(open(path.c_str(), flags | O_CLOEXEC, 0666)) {
    if (fd_ < 0) fail(errno);
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write(std::string_view content) const {
    while (!content.empty()) {
      const auto n = ::write(fd_, content.data(), content.size());
      if (n < 0 && errno != EINTR) fail(errno);
      if (n > 0) content.remove_prefix(std::size_t(n));
    }
  }
  void sync() const {
    if (fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) fail(errno);  // EINVAL: nothing that can be synchronised
  }

 private:
  int fd_;
};

}  // namespace

void replace_file(const fs::path& given, std::string_view content, Durable durable) {
  std::error_code error;
  fs::path path = fs::canonical(given, error);
  if (error) path = given;
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {
    Descriptor(path, O_WRONLY | O_APPEND).write(content);
    return;
  }
  static std::atomic<int> count{0};
  fs::path draft = path;
  draft += ".part-" + std::to_string(getpid()) + "-" + std::to_string(count++);
  try {
    const Descriptor file(draft, O_WRONLY | O_CREAT | O_TRUNC);
    file.write(content);
    if (durable == Durable::yes) file.sync();
    if (std::rename(draft.c_str(), path.c_str()) != 0) fail(errno);
  } catch (const std::system_error&) {
    fs::remove(draft, error);
    throw;
  }
  if (durable == Durable::yes)
    Descriptor(path.has_parent_path() ? path.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace base
