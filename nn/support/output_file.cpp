#include "nn/support/output_file.hpp"

#include <zlib.h>

#include <limits>
#include <stdexcept>
#include <system_error>

#include "base/atomic_file.hpp"

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

  try {
    base::replace_file(path, content);
  } catch (const std::system_error& e) {
    const bool may_not = e.code() == std::errc::permission_denied || e.code() == std::errc::read_only_file_system;
    fail(e.code().message() +
         (may_not ? "; choose a folder that you may write to" : "; free some space or choose another disk"));
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
