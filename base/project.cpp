#include "base/project.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace base {

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
    json.at("part").get_to(lesson.part);
    json.at("title").get_to(lesson.title);
    json.at("question").get_to(lesson.question);
    json.at("header").get_to(lesson.header);
    json.at("built").get_to(lesson.built);
    json.at("files").get_to(lesson.files);
    json.at("minutes").get_to(lesson.minutes);
    json.at("requires").get_to(lesson.requires_lessons);
    if (json.contains("capstone")) {
      const auto& entry = json.at("capstone");
      lesson.capstone = {entry.at("program").get<std::string>(),
                         entry.at("says").get<std::string>(),
                         entry.value("mnist", false),
                         entry.value("best", false),
                         entry.value("draws", false),
                         entry.value("promises", std::vector<std::vector<std::string>>())};
    }
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

// The lessons are a graph, in which each one requires earlier ones only.
static void check_graph(const std::vector<Lesson>& lessons) {
  std::set<std::string> earlier;
  for (const Lesson& lesson : lessons) {
    const auto fail = [&](const std::string& what) {
      throw EnvironmentError(fmt::format("lessons/{}/lesson.json: {}", lesson.name, what));
    };
    for (const Lesson& other : lessons)
      if (&other != &lesson && other.number == lesson.number)
        fail(
            fmt::format("expected a number of its own, found {}, which is that of {}, too", lesson.number, other.name));
    std::set<std::string> seen;
    for (const std::string& needed : lesson.requires_lessons) {
      if (!seen.insert(needed).second) fail(fmt::format("requires {} twice; name it once", needed));
      if (earlier.contains(needed)) continue;
      const bool known =
          std::any_of(lessons.begin(), lessons.end(), [&](const Lesson& other) { return other.name == needed; });
      fail(needed == lesson.name ? "requires itself"
           : known ? fmt::format("requires {}, which comes later; a lesson may require earlier ones only", needed)
                   : fmt::format("requires {}, but there is no such lesson; the earlier ones are {}", needed,
                                 fmt::join(earlier, ", ")));
    }
    earlier.insert(lesson.name);
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
  check_graph(project.lessons);
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

std::vector<const Lesson*> Project::required_by(const Lesson& lesson) const {
  std::set<std::string> names(lesson.requires_lessons.begin(), lesson.requires_lessons.end());
  std::vector<const Lesson*> all;
  for (auto it = lessons.rbegin(); it != lessons.rend(); ++it)  // each one requires earlier ones only
    if (names.contains(it->name)) {
      names.insert(it->requires_lessons.begin(), it->requires_lessons.end());
      all.insert(all.begin(), &*it);
    }
  return all;
}

const Lesson& Project::capstone(const std::string& number) const {
  std::vector<int> known;
  for (const Lesson& lesson : lessons)
    if (lesson.capstone) {
      if (number.empty()) return lesson;
      known.push_back(lesson.plain_number());
    }
  if (known.empty())
    throw UsageError(fmt::format("no lesson here ends in a capstone; this repository holds {}", range()));
  const Lesson& wanted = lesson(number);
  if (wanted.capstone) return wanted;
  throw UsageError(fmt::format("lesson {} does not end in a capstone; there are ./course capstone {}",
                               wanted.plain_number(), fmt::join(known, ", ")));
}

std::string Project::part_title(const Lesson& lesson) const {
  if (lessons.front().part == lessons.back().part) return "";
  const fs::path file = root / "lessons/parts.json";
  try {
    return "Part " + lesson.part + ": " + nlohmann::json::parse(read_file(file)).at(lesson.part).get<std::string>();
  } catch (const nlohmann::json::exception& e) {
    throw EnvironmentError(
        fmt::format("{}: expected the title of part {}, but {}", file.string(), lesson.part, e.what()));
  }
}

std::string Project::part_begins(const Lesson& lesson) const {
  for (const Lesson& other : lessons)
    if (other.part == lesson.part) return other.number == lesson.number ? part_title(lesson) : "";
  return "";
}

std::string Project::range() const {
  std::string text;
  for (std::size_t begin = 0, end; begin < lessons.size(); begin = end) {
    for (end = begin + 1; end < lessons.size() && lessons[end].plain_number() == lessons[end - 1].plain_number() + 1;)
      ++end;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", lessons[begin].plain_number());
    if (end > begin + 1) text += fmt::format(" to {}", lessons[end - 1].plain_number());
  }
  return (lessons.size() == 1 ? "lesson " : "lessons ") + text;
}

}  // namespace base
