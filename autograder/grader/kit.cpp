#include "autograder/grader/kit.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

namespace grader {

namespace {

Visibility visibility_of(const std::string& word) {
  for (const Visibility v :
       {Visibility::visible, Visibility::after_due_date, Visibility::after_published, Visibility::hidden})
    if (word == words(v)) return v;
  throw Unavailable(fmt::format(
      "hidden.json: the visibility '{}' is none of visible, after_due_date, after_published, hidden", word));
}

/// [{"id": "H3.1", "lesson": "03", "title": "...", "points": 5, "seconds": 10, "visibility": "after_due_date"}, ...]
std::map<std::string, std::vector<HiddenTask>> hidden_tasks(const fs::path& file) try {
  std::map<std::string, std::vector<HiddenTask>> all;
  if (!fs::exists(file)) return all;
  for (const auto& entry : nlohmann::json::parse(base::read_file(file))) {
    HiddenTask hidden;
    hidden.task.id = entry.at("id");
    hidden.task.title = entry.at("title");
    hidden.task.points = entry.at("points");
    hidden.task.seconds = entry.value("seconds", 10);
    hidden.visibility = visibility_of(entry.value("visibility", "hidden"));
    all[entry.at("lesson")].push_back(hidden);
  }
  return all;
} catch (const nlohmann::json::exception& e) {
  throw Unavailable(
      fmt::format("hidden.json is not as expected (an id, a lesson, a title and points of each test): {}", e.what()));
}

}  // namespace

std::vector<std::string> command_of(const fs::path& file) {
  std::istringstream text(base::read_file(file));
  std::vector<std::string> all;
  for (std::string word; std::getline(text, word);)
    if (!word.empty()) all.push_back(word);
  return all;
}

Kit Kit::load(const fs::path& root) try {
  const fs::path whole = fs::absolute(root).lexically_normal();
  const Kit kit{
      whole,
      base::Project::load(whole),
      command_of(whole / "compiler.txt"),
      command_of(whole / "linker.txt"),
      fs::exists(whole / "quick_compiler.txt") ? command_of(whole / "quick_compiler.txt") : std::vector<std::string>{},
      hidden_tasks(whole / "hidden.json")};
  if (!fs::exists(kit.unpack())) throw Unavailable(kit.unpack().string() + " is missing: build the grader again");
  return kit;
} catch (const base::EnvironmentError& e) {
  throw Unavailable(fmt::format("the grader's kit in {} is incomplete: {}", root.string(), e.what()));
}

void Kit::require(const base::Lesson& lesson) const {
  std::vector<fs::path> files = {worker(lesson), tests(lesson)};
  if (hidden.count(lesson.number)) files.push_back(hidden_tests(lesson));
  for (const fs::path& file : files)
    if (!fs::exists(file)) throw Unavailable(fmt::format("{} is missing: build the grader again", file.string()));
}

/// Held by the process that works in the folder, and let go by the kernel whatever ends it.
static Descriptor locked(const fs::path& folder) {
  Descriptor lock(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (lock.get() >= 0 && flock(lock.get(), LOCK_EX | LOCK_NB) != 0) lock.close();
  return lock;
}

/// What a grader that was killed could not clear away.
static void clear_away_abandoned(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    struct stat info {};
    if (entry.path().filename().string().rfind("course-grade-", 0) != 0) continue;
    if (lstat(entry.path().c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != geteuid()) continue;
    const bool just_made = std::time(nullptr) - info.st_mtime < 60;  // and perhaps not yet locked
    if (!just_made && locked(entry.path()).get() >= 0) fs::remove_all(entry.path(), ignored);
  }
}

WorkFolder::WorkFolder() {
  clear_away_abandoned(fs::temp_directory_path());
  std::string pattern = (fs::temp_directory_path() / "course-grade-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw Unavailable("no folder can be made in " + fs::temp_directory_path().string());
  outer_ = fs::canonical(pattern);
  lock_ = locked(outer_);
  std::random_device random;
  path_ = outer_ / fmt::format("{:08x}{:08x}{:08x}", random(), random(), random());
  fs::create_directory(path_);
  for (const fs::path& folder : {outer_, path_})
    if (chmod(folder.c_str(), 0711) != 0) throw Unavailable("the working folder cannot be opened to jobs");
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  fs::remove_all(outer_, ignored);
}

fs::path WorkFolder::make(const std::string& name) const {
  fs::create_directories(path_ / name);
  return path_ / name;
}

Kit reachable(Kit kit, const WorkFolder& folder) {
  if (geteuid() != 0) return kit;  // a job has our own uid
  bool open_to_all = true;
  for (fs::path path = kit.root; open_to_all; path = path.parent_path()) {
    struct stat info {};
    open_to_all = stat(path.c_str(), &info) == 0 && (info.st_mode & S_IXOTH);
    if (path == path.parent_path()) break;
  }
  if (open_to_all) return kit;
  const fs::path copy = folder.make("kit");
  fs::copy(kit.root, copy, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  return Kit::load(copy);
}

}  // namespace grader
