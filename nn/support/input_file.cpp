#include "nn/support/input_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace nn {
namespace fs = std::filesystem;

struct InputFile::Gzip {
  z_stream z{};
  std::array<unsigned char, 1 << 16> packed;
  bool ended = false;

  Gzip() {
    if (inflateInit2(&z, 15 + 16) != Z_OK)
      throw std::bad_alloc();  // 15: the largest window, + 16: gzip and nothing else
  }
  ~Gzip() { inflateEnd(&z); }
};

InputFile::InputFile(const fs::path& path) : path_(path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) fail("there is no such file; check the path");
  if (error) fail("cannot be opened: " + error.message());
  if (fs::is_directory(status)) fail("is a folder, expected a file; name the file inside it");
  if (!fs::is_regular_file(status))
    fail("is not a regular file (a device or a pipe?); copy its content to a file first");
  size_ = fs::file_size(path, error);
  if (error) fail("its size cannot be read: " + error.message());

  errno = 0;
  stream_.open(path, std::ios::binary);
  if (!stream_) fail("cannot be opened: " + std::generic_category().message(errno));
  unsigned char start[2] = {};
  if (read_raw(start, 2) == 2 && start[0] == 0x1f && start[1] == 0x8b) gzip_ = std::make_unique<Gzip>();
  rewind();
}

InputFile::~InputFile() = default;

void InputFile::fail(const std::string& message) const { throw std::runtime_error(path_.string() + ": " + message); }

void InputFile::rewind() {
  stream_.clear();
  stream_.seekg(0);
  if (!gzip_) return;
  inflateReset(&gzip_->z);
  gzip_->z.avail_in = 0;
  gzip_->ended = false;
}

std::size_t InputFile::read(void* to, std::size_t n) { return gzip_ ? read_gzip(to, n) : read_raw(to, n); }

std::uint64_t InputFile::skip(std::uint64_t limit) {
  std::vector<char> dropped(1 << 16);
  std::uint64_t total = 0;
  while (total < limit) {
    const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(dropped.size(), limit - total));
    const std::size_t found = read(dropped.data(), n);
    total += found;
    if (found < n) break;
  }
  return total;
}

std::size_t InputFile::read_raw(void* to, std::size_t n) {
  stream_.read(static_cast<char*>(to), static_cast<std::streamsize>(n));
  if (stream_.bad()) fail("cannot be read: the disk or the network folder reports an error");
  return static_cast<std::size_t>(stream_.gcount());
}

/// More packed bytes; false at the end of the file.
bool InputFile::refill() {
  z_stream& z = gzip_->z;
  z.next_in = gzip_->packed.data();
  z.avail_in = static_cast<uInt>(read_raw(gzip_->packed.data(), gzip_->packed.size()));
  return z.avail_in > 0;
}

std::size_t InputFile::read_gzip(void* to, std::size_t n) {
  z_stream& z = gzip_->z;
  std::size_t done = 0;
  while (done < n && !gzip_->ended) {
    if (z.avail_in == 0 && !refill())
      fail("the gzip data end too early (the file has only " + std::to_string(size_) + " bytes); fetch the file again");

    const std::size_t room = std::min<std::size_t>(n - done, 1u << 30);  // zlib counts in 32 bits
    z.next_out = static_cast<unsigned char*>(to) + done;
    z.avail_out = static_cast<uInt>(room);
    const int result = inflate(&z, Z_NO_FLUSH);
    done += room - z.avail_out;

    if (result == Z_STREAM_END) {  // the CRC was right; another member may follow, as `cat a.gz b.gz` makes it
      if (z.avail_in == 0 && !refill()) {
        gzip_->ended = true;
      } else if (*z.next_in != 0x1f) {
        fail("bytes that are not gzip follow the gzip data; fetch the file again");
      } else {
        inflateReset(&z);
      }
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      fail(std::string("the gzip data are corrupt (") + (z.msg ? z.msg : "unpacking failed") +
           "); fetch the file again");
    }
  }
  return done;
}

}  // namespace nn
