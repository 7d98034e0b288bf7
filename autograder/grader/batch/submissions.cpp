#include "autograder/grader/batch/submissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "autograder/remote/printable.hpp"
#include "tools/course/project.hpp"

namespace grader {

namespace {

constexpr const char* endings[] = {".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tar", ".zip"};

/// The name without the ending of an archive, or nothing when it has none.
std::string without_ending(const std::string& name) {
  for (const std::string ending : endings)
    if (name.size() > ending.size() && name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  return "";
}

bool holds_exercises(const fs::path& folder) {
  std::error_code error;
  return fs::is_directory(fs::symlink_status(folder / "exercises", error));
}

/// The one archive in a folder that holds nothing to be graded itself, as Moodle hands them out; or the folder.
fs::path inside(const fs::path& folder) {
  fs::path only;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_directory(error)) return folder;
    if (!fs::is_regular_file(entry.symlink_status(error)) || without_ending(entry.path().filename()).empty()) continue;
    if (!only.empty()) return folder;
    only = entry.path();
  }
  return only.empty() ? folder : only;
}

/// Everything in the folder that could be a submission, whatever is in it.
std::vector<Handed> candidates(const fs::path& folder) {
  std::vector<Handed> all;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    const fs::file_status status = entry.symlink_status(error);
    if (name.starts_with(".")) continue;
    if (fs::is_directory(status)) all.push_back({name, inside(entry.path())});
    else if (fs::is_regular_file(status) && !without_ending(name).empty())
      all.push_back({without_ending(name), entry.path()});
  }
  if (error) throw course::UsageError(fmt::format("{} cannot be read: {}", folder.string(), error.message()));
  std::sort(all.begin(), all.end(),
            [](const Handed& a, const Handed& b) { return std::tie(a.name, a.path) < std::tie(b.name, b.path); });
  return all;
}

}  // namespace

bool is_class(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error) || holds_exercises(folder)) return false;
  int submissions = 0, others = 0;
  for (const Handed& each : candidates(folder))
    ++(holds_exercises(each.path) || fs::is_regular_file(each.path, error) ? submissions : others);
  return submissions > 1 || (submissions == 1 && others > 0);
}

std::vector<Handed> submissions_in(const fs::path& folder) {
  std::vector<Handed> all = candidates(folder);
  if (all.empty())
    throw course::UsageError(
        fmt::format("{}: expected a folder or an archive for each student, found none", folder.string()));
  std::set<std::string> taken;
  for (Handed& each : all) {
    const std::string name = nn::detail::printable(each.name, 100);
    each.name = name;
    for (int i = 2; !taken.insert(each.name).second; ++i) each.name = fmt::format("{} ({})", name, i);
    std::replace(each.name.begin(), each.name.end(), '\n', ' ');
  }
  return all;
}

}  // namespace grader
