// Every file that a lesson needs is there and filled in, and includes only what the lesson stands on.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tools/staff/new_lesson.hpp"
#include "tools/staff/promises.hpp"

namespace course {

// Paths below the root.
static std::vector<fs::path> needed_files(const Lesson& lesson) {
  std::vector<fs::path> files = {
      "lessons/" + lesson.name + "/README.md", lesson.header, "autograder/tests/" + lesson.name + ".cpp",
      "autograder/mistakes/" + lesson.name + ".cpp", "benchmarks/contracts/" + lesson.name + ".cpp"};
  for (const std::string& file : lesson.files)
    for (const char* folder : {"solutions", "autograder/alternatives"})
      files.push_back(fs::path(folder) / lesson.name / file);
  return files;
}

static bool is_text(const fs::path& file) {
  static const std::set<std::string> kinds = {".md", ".json", ".cpp", ".hpp", ".gp", ".tsv", ".txt"};
  return kinds.contains(file.extension().string());
}

// Those, and whatever else lies in the lesson's own folders.
static std::set<fs::path> present_files(const Project& project, const Lesson& lesson) {
  std::set<fs::path> files;
  for (const fs::path& file : needed_files(lesson))
    if (fs::exists(project.root / file)) files.insert(file);
  for (const char* parent : {"lessons", "solutions", "autograder/alternatives", "autograder/other_alternatives"}) {
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(project.root / parent / lesson.name, none))
      if (entry.is_regular_file() && is_text(entry.path())) files.insert(entry.path().lexically_relative(project.root));
  }
  return files;
}

static void check_figures(const Project& project, const Lesson& lesson, Findings& found) {
  const std::string folder = "lessons/" + lesson.name + "/figures/";
  std::error_code none;
  bool any = false;
  for (const auto& entry : fs::directory_iterator(project.root / folder, none)) {
    if (entry.path().extension() != ".gp") continue;
    any = true;
    const std::string picture = entry.path().stem().string() + ".svg";
    found.expect(
        fs::exists(project.root / folder / picture),
        fmt::format("{}{}: no such file; `./course figures {}` draws it", folder, picture, lesson.plain_number()));
  }
  if (any)
    found.expect(fs::exists(project.root / (folder + "mistakes.tsv")),
                 fmt::format("{}mistakes.tsv: no such file; it names the mistakes that the figures must show", folder));
}

Findings check_lesson_files(const Project& project) {
  static const std::regex include(R"re((?:^|\n)#include "([^"]+)")re");
  std::map<std::string, const Lesson*> owner;  // of a header
  for (const Lesson& lesson : project.lessons) {
    owner[lesson.header] = &lesson;
    owner["contracts/" + fs::path(lesson.header).filename().string()] =
        &lesson;  // the same with the names of its arguments
  }
  Findings found;
  for (const Lesson& lesson : project.lessons) {
    for (const fs::path& file : needed_files(lesson))
      found.expect(fs::exists(project.root / file),
                   fmt::format("{}: no such file, and the lesson needs it", file.string()));
    const fs::path examples = project.root / "lessons" / lesson.name / "examples";
    std::error_code none;
    found.expect(
        std::any_of(fs::directory_iterator(examples, none), {},
                    [](const auto& e) { return e.path().extension() == ".cpp"; }),
        fmt::format("lessons/{}/examples: no .cpp there; what the lesson's text shows must be compiled", lesson.name));
    check_figures(project, lesson, found);
    if (lesson.capstone)
      found.expect(fs::is_directory(project.root / lesson.capstone->program),
                   fmt::format("lessons/{}/lesson.json: no folder {}, which is its capstone's program", lesson.name,
                               lesson.capstone->program));

    std::set<const Lesson*> allowed = {&lesson};
    for (const Lesson* one : project.required_by(lesson)) allowed.insert(one);
    for (const fs::path& file : present_files(project, lesson)) {
      const std::string text = read_file(project.root / file);
      std::istringstream lines(text);
      int number = 0;
      for (std::string line; std::getline(lines, line);) {
        ++number;
        if (const auto at = line.find(fill_in); at != std::string::npos)
          found.expect(false, fmt::format("{}:{}: {}", file.string(), number, line.substr(at)));
      }
      for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it)
        if (const auto of = owner.find((*it)[1]); of != owner.end())
          found.expect(allowed.contains(of->second),
                       fmt::format("{}: includes {}, but lesson {} does not require {}", file.string(), of->first,
                                   lesson.plain_number(), of->second->name));
    }
  }
  return found;
}

}  // namespace course
