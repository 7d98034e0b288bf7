#include "base/keep.hpp"

#include <fmt/format.h>

#include <ctime>

namespace base {

fs::path replace_keeping(const fs::path& file, const std::string& text) {
  fs::path copy;
  if (fs::exists(file)) {
    const std::string old = read_file(file);
    if (old == text) return {};
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    char stamp[32] = "";
    std::strftime(stamp, sizeof stamp, "%Y-%m-%d-%H%M%S", localtime_r(&now, &local));
    const fs::path folder = file.parent_path() / "kept";
    for (int i = 1; copy.empty() || fs::exists(copy); ++i)
      copy = folder / fmt::format("{}-{}{}{}", file.stem().string(), stamp, i > 1 ? fmt::format("-{}", i) : "",
                                  file.extension().string());
    write_file(copy, old);
  }
  write_file(file, text);
  return copy;
}

}  // namespace base
