#include "nn/support/output_file.hpp"

#include <zlib.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <limits>
#include <random>
#include <stdexcept>
#include <system_error>

namespace nn {
namespace fs = std::filesystem;

void write_file(const fs::path& path, std::string_view content) {
  const auto fail = [&](const std::string& reason) {
    throw std::runtime_error(path.string() + ": cannot be written: " + reason);
  };
  std::error_code error;
  if (path.empty()) fail("the name is empty; name a file");
  if (fs::is_directory(path, error)) fail("it is a folder; name a file inside it");
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error)) fail("there is no folder " + folder.string() + "; create it first");

  fs::path draft = path;
  draft += ".part-" + std::to_string(std::random_device{}());
  errno = 0;
  std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
  if (!stream) fail(std::generic_category().message(errno) + "; choose a folder that you may write to");
  errno = 0;
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) {
    const std::string reason = std::generic_category().message(errno);
    fs::remove(draft, error);
    fail(reason + "; free some space or choose another disk");
  }
  fs::rename(draft, path, error);
  if (error) {
    const std::string reason = error.message();
    fs::remove(draft, error);
    fail(reason);
  }
}

std::string gzip(std::string_view content) {
  if (content.size() > std::numeric_limits<uInt>::max() / 2)
    throw std::invalid_argument("gzip: the content has " + std::to_string(content.size()) +
                                " bytes, expected less than 2^31");
  z_stream z{};
  if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  std::string packed(deflateBound(&z, static_cast<uLong>(content.size())), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  z.avail_in = static_cast<uInt>(content.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&z, Z_FINISH);
  packed.resize(z.total_out);
  deflateEnd(&z);
  if (result != Z_STREAM_END) throw std::runtime_error("gzip: packing failed");
  return packed;
}

}  // namespace nn
