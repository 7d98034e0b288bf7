#include "autograder/grader/kit.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <sstream>

namespace grader {

namespace {

std::vector<std::string> lines(const fs::path& file) {
  std::istringstream text(course::read_file(file));
  std::vector<std::string> all;
  for (std::string line; std::getline(text, line);)
    if (!line.empty()) all.push_back(line);
  return all;
}

}  // namespace

Kit Kit::load(const fs::path& root) try {
  Kit kit{fs::absolute(root).lexically_normal(), course::Project::load(root), lines(root / "compiler.txt"),
          lines(root / "linker.txt")};
  if (!fs::exists(kit.unpack())) throw Unavailable(kit.unpack().string() + " is missing: build the grader again");
  return kit;
} catch (const course::EnvironmentError& e) {
  throw Unavailable(fmt::format("the grader's kit in {} is incomplete: {}", root.string(), e.what()));
}

void Kit::require(const course::Lesson& lesson) const {
  for (const fs::path& file : {worker(lesson), tests(lesson)})
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
  for (std::vector<std::string>* words : {&kit.compiler, &kit.linker})
    for (std::string& word : *words)
      if (const auto at = word.find(kit.root.string()); at != std::string::npos)
        word.replace(at, kit.root.string().size(), copy.string());
  kit.root = copy;
  return kit;
}

}  // namespace grader
