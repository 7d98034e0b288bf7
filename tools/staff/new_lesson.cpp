#include "tools/staff/new_lesson.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "base/process.hpp"
#include "base/stubs.hpp"
#include "tools/course/trees.hpp"

namespace course {

namespace {

using Words = std::vector<std::pair<std::string, std::string>>;  // what stands in the skeleton, and for what

std::string filled(std::string text, const Words& words) {
  for (const auto& [word, value] : words)
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += value.size())
      text.replace(at, word.size(), value);
  return text;
}

// "18-small-language-model": small_language_model
std::string file_name(const std::string& lesson) {
  std::string name = lesson.substr(3);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// The paths of the skeleton's files in the repository, by their paths in the skeleton.
std::vector<std::pair<fs::path, fs::path>> skeleton(const Project& project, const std::string& lesson) {
  const fs::path folder = project.root / "tools/staff/skeleton";
  if (!fs::exists(folder)) throw EnvironmentError(fmt::format("{} is missing", folder.string()));
  std::vector<std::pair<fs::path, fs::path>> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = entry.path().lexically_relative(folder).string();
    files.emplace_back(entry.path(),
                       filled(path.substr(0, path.rfind(".in")), {{"NN-name", lesson}, {"snake", file_name(lesson)}}));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "\"" : ", \"") + name + "\"";
  return list;
}

// What a lesson requires unless it says so: the lesson whose capstone is the first one, or the lesson before.
std::vector<std::string> usual(const Project& project, const std::string& number) {
  const auto has_capstone = [](const Lesson& lesson) { return lesson.capstone.has_value(); };
  std::vector<std::string> before;
  for (const Lesson& lesson : project.lessons)
    if (lesson.number < number) {
      before = {lesson.name};
      if (has_capstone(lesson)) break;
    }
  return before;
}

}  // namespace

std::vector<fs::path> new_lesson(const Project& project, const std::string& name,
                                 const std::vector<std::string>& requires_lessons) {
  if (!std::regex_match(name, std::regex("[0-9]{2}(-[a-z0-9]+)+")))
    throw UsageError(fmt::format("a lesson is named by two digits and words, as in 18-attention; found '{}'", name));
  const std::string number = name.substr(0, 2);
  for (const Lesson& lesson : project.lessons)
    if (lesson.number == number)
      throw UsageError(fmt::format("lesson {} is {}; take another number", number, lesson.name));
  std::vector<std::string> needed;
  for (const std::string& one : requires_lessons) needed.push_back(project.lesson(one).name);
  if (needed.empty()) needed = usual(project, number);
  for (const std::string& one : needed)
    if (one > name) throw UsageError(fmt::format("{} comes after {}; a lesson requires earlier ones only", one, name));

  std::string part = "I", title = name.substr(3);
  const auto parts = nlohmann::json::parse(read_file(project.root / "lessons/parts.json"));
  for (const auto& [key, value] : parts.items()) part = key;  // the last one
  std::replace(title.begin(), title.end(), '-', ' ');
  title[0] = char(std::toupper(static_cast<unsigned char>(title[0])));
  const Words words = {{"@NN@", number},
                       {"@N@", std::to_string(std::stoi(number))},
                       {"@NAME@", name},
                       {"@FILE@", file_name(name)},
                       {"@TITLE@", title},
                       {"@PART@", part},
                       {"@REQUIRES@", quoted_list(needed)}};
  const auto files = skeleton(project, name);
  for (const auto& [from, to] : files)
    if (fs::exists(project.root / to)) throw UsageError(fmt::format("{} is there already", to.string()));
  std::vector<fs::path> written;
  for (const auto& [from, to] : files) {
    write_file(project.root / to, filled(read_file(from), words));
    written.push_back(to);
  }
  const Project after = Project::load(project.root);
  const Lesson& lesson = after.lesson(name);
  for (const std::string& file : lesson.files) {
    write_file(after.exercise(lesson, file), stub_of(after, lesson, file).text);
    written.push_back(fs::path("exercises") / name / file);
  }
  return written;
}

int run_new(const Project& project, const std::string& name, const std::string& requires_lessons) {
  std::vector<std::string> needed;
  std::istringstream names(requires_lessons);
  for (std::string one; std::getline(names, one, ',');) needed.push_back(one);
  for (const fs::path& file : new_lesson(project, name, needed)) fmt::print("{}\n", file.string());
  fmt::print(
      "\nIt is a lesson of one task that works; {} stands wherever yours must come.\n"
      "  ./course check --files  says by name what is still missing\n"
      "  ./course figures {}     draws its figures anew, from our solution\n"
      "  ./course stubs          writes what is made from the lessons: the stubs, README.md's table\n",
      fill_in, std::stoi(name));
  return passed;
}

}  // namespace course
