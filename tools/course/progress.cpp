#include "tools/course/progress.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sstream>

namespace course {

static constexpr int version = 1;

static fs::path file_of(const Project& project) { return project.root / ".progress.json"; }

bool Progress::passed(const std::string& id) const {
  const auto it = tasks.find(id);
  return it != tasks.end() && it->second.passed;
}

void Progress::take(const LessonResult& result) {
  for (const auto& [id, task] : result.tasks) {
    Entry& entry = tasks[id];
    entry.verdict = words(task.verdict);
    entry.passed = task.verdict == Verdict::passed;
  }
}

static Progress parsed(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  if (json.at("version").get<int>() != version) throw std::runtime_error("another version");
  Progress progress;
  for (const auto& [id, entry] : json.at("tasks").items())
    progress.tasks[id] = {entry.at("verdict").get<std::string>(), entry.at("passed").get<bool>(),
                          entry.at("hints").get<int>()};
  return progress;
}

Progress read_progress(const Project& project) {
  const fs::path file = file_of(project);
  if (!fs::exists(file)) return {};
  try {
    return parsed(read_file(file));
  } catch (const EnvironmentError&) {
    throw;
  } catch (const std::exception&) {
    fs::path aside = file.string() + ".damaged";
    for (int i = 2; fs::exists(aside); ++i) aside = fmt::format("{}.damaged-{}", file.string(), i);
    fs::rename(file, aside);
    fmt::print("{} was damaged or of another version; it is kept as {}.\nFinding out again what passes ...\n",
               file.filename().string(), aside.filename().string());
    std::fflush(stdout);
    return rebuilt_progress(project);
  }
}

static void write_progress(const Project& project, const Progress& progress) {
  nlohmann::ordered_json tasks = nlohmann::ordered_json::object();
  for (const auto& [id, entry] : progress.tasks)
    tasks[id] = {{"verdict", entry.verdict}, {"passed", entry.passed}, {"hints", entry.hints}};
  const nlohmann::ordered_json json = {{"version", version}, {"tasks", tasks}};
  const std::string text = json.dump(2) + "\n";
  if (!fs::exists(file_of(project)) || read_file(file_of(project)) != text) write_file(file_of(project), text);
}

namespace {

// Held while it lives; the system lets go of it when its holder ends, however that comes about.
class Lock {
 public:
  explicit Lock(const fs::path& file) : file_(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (file_ < 0) throw EnvironmentError(fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
    while (flock(file_, LOCK_EX) != 0 && errno == EINTR) {}
  }
  ~Lock() { close(file_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  int file_;
};

}  // namespace

Progress update_progress(const Project& project, const std::function<void(Progress&)>& change) {
  const Lock lock(file_of(project).string() + ".lock");
  Progress progress = read_progress(project);
  change(progress);
  write_progress(project, progress);
  return progress;
}

// Whether anything is written in a lesson: else each function of each task still says todo("3.2 sigmoid").
static bool begun(const Project& project, const Lesson& lesson) {
  std::map<std::string, std::size_t> unwritten;  // functions, by task
  for (const std::string& file : lesson.files) {
    const fs::path path = project.exercise(lesson, file);
    if (!fs::exists(path)) return true;
    std::istringstream lines(read_file(path));
    for (std::string line; std::getline(lines, line);)
      for (const Task& task : lesson.tasks) {
        const auto at = line.find("todo(\"" + task.name() + "\")");
        unwritten[task.id] += at != std::string::npos && at == line.find_first_not_of(' ');
      }
  }
  return std::any_of(lesson.tasks.begin(), lesson.tasks.end(),
                     [&](const Task& task) { return unwritten[task.id] < task.functions.size(); });
}

Progress rebuilt_progress(const Project& project) {
  const Tree tree = student_tree(project);
  Progress progress;
  for (const Lesson& lesson : project.lessons)
    if (begun(project, lesson)) progress.take(grade(project, tree, lesson));
  write_progress(project, progress);
  return progress;
}

std::optional<std::string> next_task(const Project& project, const Progress& progress) {
  for (const Lesson& lesson : project.lessons)
    for (const Task& task : lesson.tasks)
      if (!progress.passed(task.id)) return task.id;
  return {};
}

}  // namespace course
