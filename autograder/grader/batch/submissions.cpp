#include "autograder/grader/batch/submissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "autograder/grader/intake.hpp"
#include "autograder/remote/printable.hpp"
#include "base/project.hpp"

namespace grader {

namespace {

/// Files of these kinds are the instructor's own, unless a platform's name says whose they are.
const std::set<std::string> kinds_aside = {".csv", ".tsv", ".yml",  ".yaml", ".json", ".txt",
                                           ".md",  ".log", ".html", ".xlsx", ".ods"};

/// A folder that a grading was written to.
bool is_a_grading(const fs::path& folder, const fs::path& out) {
  std::error_code error;
  return (!out.empty() && fs::equivalent(folder, out, error)) ||
         (fs::exists(folder / "journal.tsv", error) && fs::exists(folder / "results", error));
}

std::vector<fs::directory_entry> entries_of(const fs::path& folder, const fs::path& out = {}) {
  std::vector<fs::directory_entry> all;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (const std::string name = entry.path().filename();
        !name.starts_with(".") && name != "__MACOSX" && !is_a_grading(entry.path(), out))
      all.push_back(entry);
  if (error) throw base::UsageError(fmt::format("{} cannot be read: {}", folder.string(), error.message()));
  std::sort(all.begin(), all.end());
  return all;
}

bool is_folder(const fs::directory_entry& entry) { return fs::is_directory(entry.symlink_status()); }

/// Also by way of a link, which may lead to itself.
bool is_file(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_regular_file(error);
}

/// Without the ending of an archive or a source file, as a name for whoever handed it in.
std::string stem_of(const std::string& name, bool folder) {
  if (folder) return name;
  const std::string archive = without_archive_ending(name);
  return !archive.empty() ? archive : is_candidate(name, {}) ? fs::path(name).stem().string() : name;
}

bool is_named_after(const std::string& entry, const NamedFiles& named) {
  return !expected_behind(entry, named).empty();  // exercises, Exercises, 03-activations
}

/// The course's own, as a student clones it.
bool is_repository(const fs::path& folder) {
  std::error_code error;
  const fs::directory_iterator lessons(folder / "lessons", error);
  return std::any_of(begin(lessons), end(lessons),
                     [&](const auto& lesson) { return fs::exists(lesson.path() / "lesson.json", error); });
}

}  // namespace

Layout layout_of(const fs::path& folder, const NamedFiles& named) {
  if (!fs::is_directory(folder)) return {Layout::one, ""};
  bool lessons = false;                    // folders of one submission
  std::vector<std::string> with, without;  // folders and archives that may be submissions, and folders that cannot be
  std::map<std::string, int> loose;        // source files, by the answer that they are
  int others = 0;
  const bool repository = is_repository(folder);
  for (const fs::directory_entry& entry : entries_of(folder)) {
    const std::string name = entry.path().filename();
    if (repository && is_folder(entry) && is_ours(name)) continue;
    if (name == "submission_metadata.yml" || export_name(name)) return {Layout::several, ""};
    if (is_named_after(name, named)) lessons = true;
    else if (is_folder(entry) && !holds_no_work(name))
      (may_hold_work(entry.path(), named) ? with : without).push_back(name);
    else if (is_file(entry) && !without_archive_ending(name).empty()) with.push_back(name);
    else if (is_file(entry) && is_candidate(name, named)) {
      const auto answer = std::find_if(named.begin(), named.end(),
                                       [&](const std::string& each) { return has_a_graded_name(name, {each}); });
      if (answer == named.end()) ++others;
      else ++loose[*answer];
    }
  }
  const bool many_loose =
      others > 1 || std::any_of(loose.begin(), loose.end(), [](const auto& each) { return each.second > 1; });
  if (lessons && with.size() < 2) return {Layout::one, ""};
  if (lessons) return {Layout::unclear, fmt::format("it holds exercises, and work in {} and {} too", with[0], with[1])};
  if (with.empty()) return {many_loose ? Layout::several : Layout::one, ""};
  if (with.size() + (many_loose ? 1 : 0) > 1) return {Layout::several, ""};
  if (!loose.empty()) return {Layout::unclear, fmt::format("it holds work in {} and in files beside it", with[0])};
  if (without.empty()) return {Layout::one, ""};
  return {Layout::unclear, fmt::format("{} holds work, {} does not", with[0], without[0])};
}

/// Hidden folders, archives and sources that may be somebody's work, and are nobody's here.
std::vector<std::string> hidden_work(const fs::path& folder, const NamedFiles& named) {
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator(folder))
    if (const std::string name = entry.path().filename(); name.starts_with(".") && !name.starts_with("._"))
      if (is_folder(entry) ? may_hold_work(entry.path(), named)
                           : !without_archive_ending(name).empty() || is_candidate(name, named))
        all.push_back(name);
  std::sort(all.begin(), all.end());
  return all;
}

ClassFolder read_class(const fs::path& folder, const NamedFiles& named, const fs::path& out) {
  ClassFolder all;
  all.aside = hidden_work(folder, named);
  std::map<std::string, std::size_t> by_person;  // a platform hands out several files of one person
  for (const fs::directory_entry& entry : entries_of(folder, out)) {
    const std::string name = entry.path().filename();
    const auto from = export_name(name);
    if (!from && is_file(entry) && !entry.is_symlink() && kinds_aside.contains(entry.path().extension())) {
      all.aside.push_back(name);
      continue;
    }
    const std::string person = from ? from->platform + from->student + from->id : "";
    const auto known = by_person.find(person);
    if (from && known == by_person.end()) by_person[person] = all.handed.size();
    SubmittedWork& each = from && known != by_person.end() ? all.handed[known->second] : all.handed.emplace_back();
    if (from) each.from.late = from->late || each.from.late;
    if (each.paths.empty()) {
      if (from) each.from = *from;
      each.name = from && !from->student.empty() ? from->student : stem_of(name, is_folder(entry));
    }
    each.paths.push_back(entry.path());
    if (entry.is_symlink())
      each.problem =
          fmt::format("{} is a symbolic link, which is not followed; put a copy in its place (cp -rL)", name);
  }
  if (all.handed.empty())
    throw base::UsageError(
        fmt::format("{}: expected a folder or an archive for each student, found none", folder.string()));
  if (const fs::path metadata = folder / "submission_metadata.yml"; fs::is_regular_file(metadata))
    read_gradescope_metadata(metadata, all.handed);
  std::stable_sort(all.handed.begin(), all.handed.end(),
                   [](const SubmittedWork& a, const SubmittedWork& b) { return a.name < b.name; });
  std::set<std::string> taken;
  for (SubmittedWork& each : all.handed) {
    std::string name = nn::detail::printable(each.name, 100);
    std::replace(name.begin(), name.end(), '\n', ' ');
    each.name = name;
    for (int i = 2; !taken.insert(each.name).second; ++i) each.name = fmt::format("{} ({})", name, i);
  }
  return all;
}

}  // namespace grader
