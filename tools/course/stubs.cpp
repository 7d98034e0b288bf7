#include "tools/course/stubs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace course {

static std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r"), end = text.find_last_not_of(" \t\r");
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

Stub make_stub(const Lesson& lesson, const std::string& solution, const std::string& file) {
  Stub stub;
  std::istringstream lines(solution);
  std::string line, open;
  int number = 0, opened_at = 0, held = 0;
  bool blank_after_drop = false;
  const auto fail = [&](const std::string& what) {
    throw std::runtime_error(fmt::format("{}:{}: {}", file, number, what));
  };
  while (std::getline(lines, line)) {
    ++number;
    const std::string text = trimmed(line);
    if (text.rfind("//>", 0) == 0 || text.rfind("//-", 0) == 0) {
      if (!open.empty())
        fail(fmt::format("a marker inside the one opened in line {}; close that with //< first", opened_at));
      open = text;
      opened_at = number;
      held = 0;
      if (text[2] == '-') {
        if (trimmed(text.substr(3)).empty()) fail("//- is followed by a few words on what is left out");
        continue;
      }
      const std::string id = trimmed(text.substr(3));
      const auto task =
          std::find_if(lesson.tasks.begin(), lesson.tasks.end(), [&](const Task& t) { return t.id == id; });
      if (task == lesson.tasks.end())
        fail(fmt::format("'{}' is no task of lessons/{}/lesson.json; a marker is written //> {}", id, lesson.name,
                         lesson.tasks[0].id));
      stub.tasks.push_back(id);
      stub.text += fmt::format("{}todo(\"{}\");\n", line.substr(0, line.find('/')), task->name());
    } else if (text.rfind("//<", 0) == 0) {
      if (text != "//<") fail("a closing marker is //< and nothing else");
      if (open.empty()) fail("//< closes a marker, but none is open");
      if (held == 0) fail(fmt::format("nothing stands between this and the marker in line {}", opened_at));
      blank_after_drop = open[2] == '-';
      open.clear();
    } else if (!open.empty()) {
      held += !text.empty();
    } else if (text.rfind("//", 0) == 0 && text.size() > 2 &&
               std::string("<>-").find(trimmed(text.substr(2))[0]) != std::string::npos) {
      fail(fmt::format("'{}' looks like a marker; markers are written //> 3.6, //- why and //<", text));
    } else {
      if (!(blank_after_drop && text.empty())) stub.text += line + "\n";
      blank_after_drop = false;
    }
  }
  if (!open.empty()) fail(fmt::format("the marker in line {} is never closed with //<", opened_at));
  stub.text =
      fmt::format(
          "// Lesson {0}: your answers. What each function must do stands in {1}.\n"
          "// Put your code where todo(...) stands, then: ./course run {0}   or   ctest --preset student -L {2}\n\n",
          lesson.plain_number(), lesson.header, lesson.number) +
      stub.text;
  return stub;
}

Stub stub_of(const Project& project, const Lesson& lesson, const std::string& file) {
  const fs::path path = project.solution(lesson, file), stub = project.root / "stubs" / lesson.name / file;
  if (!fs::exists(path) && fs::exists(stub)) return {read_file(stub), {}};  // a student's repository, last lesson
  return make_stub(lesson, read_file(path), fs::relative(path, project.root).string());
}

void write_stubs(const Project& project, const fs::path& folder) {
  for (const Lesson& lesson : project.lessons)
    for (const std::string& file : lesson.files)
      write_file(folder / lesson.name / file, stub_of(project, lesson, file).text);
}

}  // namespace course
