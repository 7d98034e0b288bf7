#include "autograder/grader/batch/outputs.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "autograder/grader/sha256.hpp"
#include "base/files.hpp"
#include "base/keep.hpp"

namespace grader {

namespace fs = std::filesystem;

static std::string hash_of(const std::string& text) { return hexadecimal(sha256(text)).substr(0, 32); }

Outputs::Outputs(const fs::path& out) : out_(out) {
  if (!fs::exists(out_ / ".written")) return;
  const auto all = nlohmann::json::parse(base::read_file(out_ / ".written"), nullptr, false);
  if (all.is_object()) before_ = all.get<std::map<std::string, std::string>>();
}

void Outputs::write(const fs::path& file, const std::string& text) {
  const fs::path path = out_ / file;
  const std::string name = file.string();
  now_[name] = hash_of(text);
  if (fs::is_regular_file(path)) {
    const std::string old = base::read_file(path);
    if (old == text) return;
    const auto it = before_.find(name);
    if (it != before_.end() && it->second != hash_of(old)) {
      const fs::path copy = base::replace_keeping(path, text);
      fmt::print("{} was changed by hand; that text is now {}. A score by hand belongs into overrides.csv\n", name,
                 copy.lexically_relative(out_).string());
      return;
    }
  }
  base::write_file(path, text);
}

void Outputs::finish() {
  std::error_code ignored;
  for (const auto& [name, hash] : before_) {
    const fs::path path = out_ / name;
    if (now_.contains(name) || !fs::is_regular_file(path)) continue;
    if (hash_of(base::read_file(path)) == hash) fs::remove(path, ignored);
    if (fs::is_empty(path.parent_path(), ignored)) fs::remove(path.parent_path(), ignored);
  }
  base::write_file(out_ / ".written", nlohmann::json(now_).dump(1) + "\n");
}

}  // namespace grader
