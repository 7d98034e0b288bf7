#include "tools/course/keep.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace course {

fs::path replace_keeping(const fs::path& file, const std::string& text) {
  fs::path copy;
  if (fs::exists(file)) {
    const std::string old = read_file(file);
    if (old == text) return {};
    const std::string stamp = fmt::format("{:%Y-%m-%d-%H%M%S}", fmt::localtime(std::time(nullptr)));
    const fs::path folder = file.parent_path() / "kept";
    for (int i = 1; copy.empty() || fs::exists(copy); ++i)
      copy = folder / fmt::format("{}-{}{}{}", file.stem().string(), stamp, i > 1 ? fmt::format("-{}", i) : "",
                                  file.extension().string());
    write_file(copy, old);
  }
  write_file(file, text);
  return copy;
}

}  // namespace course
