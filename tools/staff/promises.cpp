#include "tools/staff/promises.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "base/process.hpp"
#include "base/stubs.hpp"

namespace course {

static std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error))
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder));
  std::sort(files.begin(), files.end());
  return files;
}

// Whether the working tree's file is a change that is not committed: somebody's answer, not a stale stub.
static bool edited(const Project& project, const fs::path& file) {
  const Outcome git = capture({{"git", "status", "--porcelain", "--", file.string()}, project.root, {}, 10.0});
  return git.ok() && git.output.rfind(" M", 0) == 0;
}

Findings check_stubs(const Project& project) {
  Findings found;
  for (const char* folder : {"exercises", "solutions"}) {
    std::set<fs::path> expected;
    for (const Lesson& lesson : project.lessons)
      for (const std::string& file : lesson.files) expected.insert(fs::path(lesson.name) / file);
    for (const fs::path& file : files_below(project.root / folder)) {
      const bool known = expected.contains(file) || file.extension() == ".md";
      found.expect(known || std::string(folder) == "exercises",  // what else a student keeps there is the student's
                   fmt::format("{}/{}: no lesson.json names this file; add it to \"files\" or remove it", folder,
                               file.string()));
    }
  }
  for (const Lesson& lesson : project.lessons) {
    std::set<std::string> marked;
    for (const std::string& file : lesson.files) try {
        const Stub stub = stub_of(project, lesson, file);
        marked.insert(stub.tasks.begin(), stub.tasks.end());
        const fs::path exercise = project.exercise(lesson, file);
        const std::string name = fs::relative(exercise, project.root).string();
        const bool fresh = fs::exists(exercise) && read_file(exercise) == stub.text;
        if (!fresh && edited(project, exercise)) {
          found.notes.push_back(name + " holds work that is not committed; it was left alone");
          continue;
        }
        found.expect(
            fresh,
            fmt::format("{}: expected the stub that the solution gives, found {}; `./course stubs` writes it anew "
                        "and keeps the old file",
                        name, fs::exists(exercise) ? "other text" : "no such file"));
      } catch (const std::runtime_error& e) {
        found.expect(false, e.what());
      }
    for (const Task& task : lesson.tasks)
      found.expect(
          marked.contains(task.id),
          fmt::format("solutions/{}: no marker //> {} for the task that lesson.json lists", lesson.name, task.id));
  }
  return found;
}

// Every match of the first group of `pattern`.
static std::multiset<std::string> matches(const std::string& text, const std::string& pattern) {
  std::multiset<std::string> all;
  const std::regex regex(pattern);
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) all.insert((*it)[1]);
  return all;
}

Findings check_lessons(const Project& project) {
  Findings found;
  std::map<std::string, std::string> owners;
  for (const Lesson& lesson : project.lessons) {
    const std::string json = "lessons/" + lesson.name + "/lesson.json";
    for (const std::string& file : lesson.files) {
      const auto [owner, first] = owners.try_emplace(file, lesson.name);
      found.expect(first,
                   fmt::format("{}: {} has a file {}, too; where a hand-in lost its folders, only the name tells them "
                               "apart",
                               json, owner->second, file));
    }
    found.expect(lesson.name.rfind(lesson.number + "-", 0) == 0,
                 fmt::format("{}: lesson {} is named {}", json, lesson.number, lesson.name));

    const auto text_of = [&](const std::string& path) {  // what is missing, check_lesson_files() says
      return fs::exists(project.root / path) ? read_file(project.root / path) : "";
    };
    const std::string header = text_of(lesson.header), tests = text_of("autograder/tests/" + lesson.name + ".cpp"),
                      readme = text_of("lessons/" + lesson.name + "/README.md");
    for (const char* section : {"What goes wrong, and how to see it", "Where this stands in the sources",
                                "Check yourself", "What to try next"})
      found.expect(readme.find(fmt::format("\n## {}\n", section)) != std::string::npos,
                   fmt::format("lessons/{}/README.md: no section \"## {}\"", lesson.name, section));
    const auto tags = matches(tests, fmt::format(R"re(\[{}\]\[([0-9]+\.[0-9]+)\])re", lesson.number));
    std::set<std::string> ids;
    found.expect(lesson.tasks.size() <= 9,
                 fmt::format("{}: {} tasks, expected at most 9, so that `ctest -R {}.1` means one of them", json,
                             lesson.tasks.size(), lesson.number));
    for (const Task& task : lesson.tasks) {
      const auto problem = [&](const std::string& what) {
        return fmt::format("{}: task {}: {}", json, task.name(), what);
      };
      ids.insert(task.id);
      found.expect(std::stoi(task.id) == lesson.plain_number(),
                   problem("its number is not of lesson " + lesson.number));
      found.expect(tags.contains(task.id), problem(fmt::format("no test is tagged [{}][{}]", lesson.number, task.id)));
      found.expect(task.points > 0 && task.minutes > 0 && task.seconds > 0,
                   problem("points, minutes and seconds must be above 0"));
      found.expect(
          task.hints.size() == 3,
          problem(fmt::format("{} hints, expected 3: a nudge, the approach, almost the line", task.hints.size())));
      found.expect(!task.functions.empty(), problem("names no function"));
      for (const std::string& function : task.functions)
        found.expect(std::regex_search(header, std::regex("\\b" + function + "\\(")),
                     problem(lesson.header + " does not declare " + function));
      found.expect(header.find("/// " + task.id + "  ") != std::string::npos,
                   problem(fmt::format("{} has no contract that begins /// {}", lesson.header, task.id)));
      found.expect(
          std::regex_search(readme, std::regex("\\b" + std::regex_replace(task.id, std::regex("\\."), "\\.") + "\\b")),
          problem("README.md never mentions it"));
    }
    for (const std::string& tag : tags)
      found.expect(ids.contains(tag),
                   fmt::format("autograder/tests/{}.cpp: [{}] is no task of {}", lesson.name, tag, json));
  }
  return found;
}

Findings check_mistakes(const Project& project, const fs::path& programs, const std::string& number) {
  constexpr std::size_t a_task = 3;
  Findings found;
  for (const Lesson& lesson : project.lessons) {
    if (!number.empty() && lesson.number != number) continue;
    const Outcome listed =
        capture({{(programs / ("mistaken_" + lesson.number)).string(), "--known-mistakes"}, project.root, {}, 10.0});
    const std::string file = "autograder/mistakes/" + lesson.name + ".cpp";
    const auto keys = matches(listed.output, "([^\n]+)\n"), tasks = matches(listed.output, "([^/\n]+)/[^\n]+\n");
    for (const Task& task : lesson.tasks)
      found.expect(tasks.count(task.id) >= a_task, fmt::format("{}: {} known mistakes of task {}, expected {}", file,
                                                               tasks.count(task.id), task.name(), a_task));
    for (const std::string& key : std::set<std::string>(keys.begin(), keys.end()))
      found.expect(keys.count(key) == 1, fmt::format("{}: {} stands there {} times", file, key, keys.count(key)));
    found.notes.push_back(fmt::format("lesson {}: {} known mistakes", lesson.plain_number(), keys.size()));
  }
  return found;
}

}  // namespace course
