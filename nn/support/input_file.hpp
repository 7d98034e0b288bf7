// The bytes of a file, unpacked on the way if it is gzip: what the readers of data sets and weights stand on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace nn {

/// A regular file, open for reading. Whether it is gzip is told by its first two bytes (1f 8b), never by its name.
/// Everything that goes wrong throws std::runtime_error("PATH: what was found, what was expected; what to do").
class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path);  ///< throws if there is no such file, or it is a folder
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// The next n (unpacked) bytes into `to`; fewer only where the file ends. Throws if it cannot be read, or if its
  /// gzip data are cut short, corrupt (the CRC at their end differs) or followed by something else.
  std::size_t read(void* to, std::size_t n);

  /// Reads on and drops what it reads: the number of bytes that followed, but at most `limit`.
  std::uint64_t skip(std::uint64_t limit);

  void rewind();  ///< back to the first byte

  bool gzip() const { return gzip_ != nullptr; }
  std::uint64_t size() const { return size_; }  ///< bytes on disk
  [[noreturn]] void fail(const std::string& message) const;

 private:
  struct Gzip;
  std::size_t read_raw(void* to, std::size_t n);
  std::size_t read_gzip(void* to, std::size_t n);
  bool refill();

  std::filesystem::path path_;
  std::ifstream stream_;
  std::uint64_t size_ = 0;
  std::unique_ptr<Gzip> gzip_;
};

}  // namespace nn
