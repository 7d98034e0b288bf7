#include "tools/course/project.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace course {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw EnvironmentError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, const std::string& text) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  const fs::path beside = path.string() + fmt::format(".{}.new", getpid());
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) {
      const std::string why = std::strerror(errno);
      std::error_code ignored;
      fs::remove(beside, ignored);
      throw EnvironmentError(fmt::format("cannot write {}: {}", path.string(), why));
    }
  }
  fs::rename(beside, path);
}

int Lesson::points() const {
  int sum = 0;
  for (const Task& task : tasks) sum += task.points;
  return sum;
}

static Lesson parse_lesson(const fs::path& file) {
  try {
    const auto json = nlohmann::json::parse(read_file(file));
    Lesson lesson;
    json.at("lesson").get_to(lesson.number);
    json.at("name").get_to(lesson.name);
    json.at("title").get_to(lesson.title);
    json.at("question").get_to(lesson.question);
    json.at("header").get_to(lesson.header);
    json.at("built").get_to(lesson.built);
    json.at("files").get_to(lesson.files);
    json.at("minutes").get_to(lesson.minutes);
    json.at("requires").get_to(lesson.requires_lessons);
    for (const auto& entry : json.at("tasks")) {
      Task task;
      entry.at("id").get_to(task.id);
      entry.at("title").get_to(task.title);
      entry.at("functions").get_to(task.functions);
      entry.at("points").get_to(task.points);
      entry.at("minutes").get_to(task.minutes);
      entry.at("seconds").get_to(task.seconds);
      entry.at("hints").get_to(task.hints);
      lesson.tasks.push_back(std::move(task));
    }
    return lesson;
  } catch (const nlohmann::json::exception& e) {
    throw EnvironmentError(fmt::format("{}: expected a lesson as the others are, but {}", file.string(), e.what()));
  }
}

Project Project::load(const fs::path& root) {
  Project project{fs::absolute(root).lexically_normal(), {}};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root / "lessons", error))
    if (fs::exists(entry.path() / "lesson.json")) project.lessons.push_back(parse_lesson(entry.path() / "lesson.json"));
  if (project.lessons.empty())
    throw EnvironmentError(
        fmt::format("no lessons/*/lesson.json in {}: is this the course's repository?", root.string()));
  std::sort(project.lessons.begin(), project.lessons.end(),
            [](const Lesson& a, const Lesson& b) { return a.number < b.number; });
  return project;
}

const Lesson& Project::lesson(const std::string& name) const {
  const std::string number = name.size() == 1 ? "0" + name : name;
  std::vector<std::string> known;
  for (const Lesson& lesson : lessons) {
    if (lesson.number == number || lesson.name == name) return lesson;
    known.push_back(lesson.name);
  }
  throw UsageError(fmt::format("no lesson {}; there are {}", name, fmt::join(known, ", ")));
}

const Lesson& Project::lesson_of_task(const std::string& id) const {
  for (const Lesson& lesson : lessons)
    for (const Task& task : lesson.tasks)
      if (task.id == id || task.test_id() == id) return lesson;
  const Lesson& nearest = lesson(id.substr(0, id.find('.')));
  std::vector<std::string> known;
  for (const Task& task : nearest.tasks) known.push_back(task.id);
  throw UsageError(fmt::format("no task {}; lesson {} has {}", id, nearest.name, fmt::join(known, ", ")));
}

const Task& Project::task(const std::string& id) const {
  const Lesson& of = lesson_of_task(id);
  return *std::find_if(of.tasks.begin(), of.tasks.end(),
                       [&](const Task& task) { return task.id == id || task.test_id() == id; });
}

}  // namespace course
