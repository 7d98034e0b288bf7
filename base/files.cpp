#include "base/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

namespace base {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw EnvironmentError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, const std::string& text, Durable durable) try {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  replace_file(path, text, durable);
} catch (const std::system_error& error) {
  throw EnvironmentError(fmt::format("cannot write {}: {}", path.string(), error.code().message()));
}

}  // namespace base
