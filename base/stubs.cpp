#include "base/stubs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

namespace base {

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

std::string file_of(const Project& project, const Lesson& lesson, const Task& task) {
  for (const std::string& file : lesson.files)
    if (stub_of(project, lesson, file).text.find("todo(\"" + task.name() + "\")") != std::string::npos) return file;
  throw std::runtime_error(fmt::format("no stub of lesson {} has a todo of {}", lesson.plain_number(), task.name()));
}

std::vector<std::string> still_to_write(const Project& project, const Lesson& lesson) {
  std::vector<const Lesson*> lessons = project.required_by(lesson);
  lessons.push_back(&lesson);
  std::vector<std::string> all;
  for (const Lesson* one : lessons) {
    std::string written;
    for (const fs::path& file : project.exercises(*one))
      if (fs::exists(file)) written += read_file(file);
    std::vector<std::string> ids;
    for (const Task& task : one->tasks)
      if (written.find("todo(\"" + task.name() + "\")") != std::string::npos) ids.push_back(task.id);
    if (ids.size() == one->tasks.size()) ids = {fmt::format("lesson {}", one->plain_number())};
    all.insert(all.end(), ids.begin(), ids.end());
  }
  return all;
}

// Where a string, a character or a comment that begins at `at` ends; `at` itself where none begins.
static std::size_t past_what_is_no_code(const std::string& text, std::size_t at) {
  if (text.compare(at, 2, "//") == 0) return std::min(text.find('\n', at), text.size());
  if (text.compare(at, 2, "/*") == 0) {
    const auto end = text.find("*/", at + 2);
    return end == std::string::npos ? text.size() : end + 2;
  }
  if (text[at] != '"' && text[at] != '\'') return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

// The definition of a function that begins at the start of a line: [first, last). Empty where there is none.
static std::pair<std::size_t, std::size_t> definition_of(const std::string& text, const std::string& function) {
  static const std::string space = R"([ \t])";
  const std::regex head("(^|\n)[A-Za-z][^\n;{}()]*" + space + "[*&]?" + function + "\\s*\\([^;{}]*\\)\\s*\\{");
  std::smatch m;
  if (!std::regex_search(text, m, head)) return {0, 0};
  const std::size_t first = std::size_t(m.position(0)) + m[1].length();
  std::size_t at = std::size_t(m.position(0) + m.length(0));
  for (int depth = 1; at < text.size() && depth > 0;) {
    if (const std::size_t past = past_what_is_no_code(text, at); past > at) at = past;
    else depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0, ++at;
  }
  return {first, at};
}

std::string with_stub_of(const Task& task, const std::string& text, const std::string& stub) {
  std::string result = text;
  for (const std::string& function : task.functions) {
    const auto [stub_first, stub_last] = definition_of(stub, function);
    const auto [first, last] = definition_of(result, function);
    if (first == last || stub_first == stub_last)
      throw UsageError(
          fmt::format("{} was not found in your file; resetting the whole lesson gives it again", function));
    result.replace(first, last - first, stub.substr(stub_first, stub_last - stub_first));
  }
  return result;
}

void write_stubs(const Project& project, const fs::path& folder) {
  for (const Lesson& lesson : project.lessons)
    for (const std::string& file : lesson.files) {
      const fs::path stub = folder / lesson.name / file;
      const std::string text = stub_of(project, lesson, file).text;
      if (!fs::exists(stub) || read_file(stub) != text) write_file(stub, text);
    }
}

}  // namespace base
