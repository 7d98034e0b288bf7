#include "tools/course/compile_errors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "base/terminal.hpp"
#include "tools/course/compile_rules.hpp"

namespace course {

namespace {

std::string listed(const Lesson& lesson) { return fmt::format("{}", fmt::join(lesson.files, " and ")); }

// Files beside the lesson's own, which no one compiles.
std::vector<std::string> extra_files(const Project& project, const Lesson& lesson) {
  std::vector<std::string> extra;
  for (const auto& entry : fs::directory_iterator(project.root / "exercises" / lesson.name)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".cpp" &&
        std::find(lesson.files.begin(), lesson.files.end(), name) == lesson.files.end())
      extra.push_back(name);
  }
  return extra;
}

std::string undefined_function(const Project& project, const Lesson& lesson, const std::string& function,
                               const std::string& parameters) {
  const std::string folder = "exercises/" + lesson.name;
  bool contract = false, written = false;
  for (const Task& task : lesson.tasks)
    contract = contract || std::find(task.functions.begin(), task.functions.end(), function) != task.functions.end();
  for (const std::string& file : lesson.files) {
    const fs::path path = project.exercise(lesson, file);
    written =
        written || (fs::exists(path) && std::regex_search(read_file(path), std::regex("\\b" + function + "\\s*\\(")));
  }
  if (!contract) {
    std::string text = fmt::format("{}: {} is used, but no file that is compiled defines it.\n", folder, function);
    for (const std::string& extra : extra_files(project, lesson))
      text += fmt::format("{} is not compiled: only {} is. Move what you need there.\n", extra, listed(lesson));
    return text + fmt::format("A helper of yours stands above its first use, in {}.", listed(lesson));
  }
  if (written)
    return fmt::format(
        "{}: {} is there, but not as its contract in {} asks.\nThe tests call {}{}. Copy its first line again from the "
        "header, and keep it inside `namespace nn {{ }}`.",
        folder, function, lesson.header, function, parameters);
  return fmt::format(
      "{}: {} is missing.\nIt is declared in {}; `./course reset {}` gives the whole stub again and keeps your file.",
      folder, function, lesson.header, lesson.plain_number());
}

std::string explained_link(const Project& project, const Lesson& lesson, const std::string& output) {
  std::smatch m;
  static const std::regex undefined(R"((?:undefined symbol: |undefined reference to [`'])(?:nn::)?(\w+)(\([^'\n]*\)))");
  if (std::regex_search(output, m, undefined)) return undefined_function(project, lesson, m[1], m[2]);
  static const std::regex twice(
      R"(duplicate symbol: (?:[^\n]*: )?(\w[^\n:]*?(?:\([^\n]*\))?)\s*(?:\n|$)|multiple definition of [`']([^'\n;]+))");
  if (std::regex_search(output, m, twice)) {
    const std::string name = m[1].matched ? m[1] : m[2];
    return fmt::format(
        "exercises/{}: {} is defined twice.\n{}", lesson.name, name,
        name == "main" ? "The tests bring their own main(): take yours out." : "One of the two must go.");
  }
  return fmt::format("lesson {} was not built:\n{}", lesson.number, output);
}

}  // namespace

// The source line as the compiler shows it below an error, with the marks below that.
struct Snippet {
  std::string line, marks;
};

static Snippet snippet_after(const std::string& output) {
  std::istringstream lines(output);
  Snippet snippet;
  static const std::regex numbered(R"(^ *\d+ \| (.*)$)"), below(R"(^ *\| (.*)$)");
  for (std::string line; std::getline(lines, line);) {
    std::smatch m;
    if (line.empty()) continue;
    if (std::regex_match(line, m, numbered)) snippet.line = m[1];  // GCC
    else if (std::regex_match(line, m, below)) snippet.marks = m[1];
    else if (snippet.line.empty()) snippet.line = line;  // Clang
    else snippet.marks = line;
    if (!snippet.marks.empty()) return snippet;
  }
  return {};
}

// Both lines, indented, and cut to the part around the caret where they are longer than the terminal is wide.
static std::string clipped(Snippet snippet, int width) {
  const std::size_t room = std::size_t(std::max(20, width)), caret = snippet.marks.find('^');
  if (snippet.line.size() > room && caret != std::string::npos) {
    const std::size_t from = caret > room / 2 ? std::min(caret - room / 2, snippet.line.size() - room) : 0;
    snippet.line = (from ? "..." : "") + snippet.line.substr(from, room - 3);
    snippet.marks = std::string(from ? 3 : 0, ' ') + snippet.marks.substr(std::min(from, snippet.marks.size()));
  }
  snippet.marks = snippet.marks.substr(0, snippet.marks.find_last_not_of(' ') + 1).substr(0, room);
  return fmt::format("    {}\n    {}\n", snippet.line, snippet.marks);
}

// GCC's quotes are of three bytes in a UTF-8 locale, of one elsewhere.
static std::string with_plain_quotes(std::string text) {
  for (const char* quote : {"‘", "’"})
    for (std::size_t at; (at = text.find(quote)) != std::string::npos;)
      text.replace(at, std::string(quote).size(), "'");
  return text;
}

static std::string message_at(const Project& project, std::string place, const std::string& text,
                              const Snippet& snippet) {
  if (place.rfind(project.root.string() + "/", 0) == 0) place.erase(0, project.root.string().size() + 1);
  const std::size_t most = 3 * std::size_t(Terminal::out().width);  // templates are spelt out for a page
  std::string all = fmt::format("{}: {}\n", place, text.size() > most ? text.substr(0, most - 3) + "..." : text);
  if (!snippet.line.empty()) all += clipped(snippet, Terminal::out().width - 8);
  return all;
}

std::string explained_build(const Project& project, const Lesson& lesson, const std::string& said) {
  const std::string output = with_plain_quotes(said);
  std::smatch m;
  if (std::regex_search(output, m, std::regex(R"re(#error "([^"]+) is missing")re")))
    return fmt::format("{} is missing.\n`./course reset {}` writes the stub anew.",
                       fs::relative(m[1].str(), project.root).string(), lesson.plain_number());
  if (std::regex_search(output, m, std::regex(R"('([^'\n]+)', needed by .* missing and no known rule)")))
    return fmt::format("{} is missing.\n`./course reset {}` writes the stub anew.",
                       fs::relative(m[1].str(), project.root).string(), lesson.plain_number());
  if (!std::regex_search(output, m, std::regex(R"re((^|\n)([^\n:]+):(\d+):(\d+): (?:fatal )?error: ([^\n]+))re")))
    return explained_link(project, lesson, output);

  std::string place = fmt::format("{}:{}:{}", m[2].str(), m[3].str(), m[4].str());
  const std::string error = std::regex_replace(m[5].str(), std::regex(R"( \[-W[^\]]*\]$)"), "");
  const Snippet snippet = snippet_after(m.suffix().str());
  // An error inside a library's template was caused where it was called from.
  static const std::regex called_from(R"re((?:^|\n)([^\n:]*exercises/[^\n:]+:\d+:\d+):   +required from)re");
  std::smatch caller;
  const std::string before = m.prefix();
  if (place.find("exercises/") == std::string::npos && std::regex_search(before, caller, called_from))
    place = caller[1];
  return message_at(project, place, error, snippet) + in_words(project, lesson, error, snippet.line);
}

// The function in which a line of a file stands: the last one before it whose head begins a line.
static std::string function_around(const std::string& code, int line) {
  static const std::regex head(R"(^[A-Za-z][^;=]*?(\w+)\()");
  std::istringstream lines(code);
  std::string text, function;
  for (std::smatch m; line > 0 && std::getline(lines, text); --line)
    if (std::regex_search(text, m, head)) function = m[1];
  return function;
}

std::string explained_warnings(const Project& project, const Lesson& lesson, const std::string& said,
                               const std::set<std::string>& first, const std::set<std::string>& without,
                               std::size_t most) {
  const std::string output = with_plain_quotes(said);
  static const std::regex warning(R"re(([^\s:][^\n:]*):(\d+):(\d+): warning: ([^\n]+))re");
  std::vector<std::string> within, others;
  for (std::sregex_iterator it(output.begin(), output.end(), warning), end; it != end; ++it) {
    const std::smatch& m = *it;
    const fs::path file = fs::path(m[1].str()).is_absolute() ? fs::path(m[1].str()) : project.root / m[1].str();
    if (file.parent_path() != project.root / "exercises" / lesson.name || !fs::exists(file)) continue;
    static const std::regex option(R"( \[-W[^\]]*\]$)"), unused(R"(ignoring return value of .*?\b(\w+)\(.*)");
    const std::string text =
        std::regex_replace(std::regex_replace(m[4].str(), option, ""), unused, "the result of $1(...) is not used");
    const std::string place = fmt::format("{}:{}:{}", file.string(), m[2].str(), m[3].str());
    const Snippet snippet = snippet_after(m.suffix().str());
    const std::string function = function_around(read_file(file), std::stoi(m[2]));
    if (without.count(function)) continue;
    (first.count(function) ? within : others)
        .push_back(message_at(project, place, "the compiler warns: " + text, snippet) + warning_in_words(text));
  }
  within.insert(within.end(), others.begin(), others.end());
  const std::size_t count = within.size();
  within.resize(std::min(most, count));
  std::string all = fmt::format("{}", fmt::join(within, "\n"));
  if (count > most) all += fmt::format("\nIt warns of {} more.", count - most);
  return all;
}

// The lesson of the function that the linker did not find.
static const Lesson* lesson_of_undefined(const Project& project, const std::string& output) {
  static const std::regex undefined(R"((?:undefined symbol: |undefined reference to [`'])(?:nn::)?(\w+)\()");
  std::smatch m;
  if (!std::regex_search(output, m, undefined)) return nullptr;
  for (const Lesson& lesson : project.lessons)
    for (const Task& task : lesson.tasks)
      if (std::find(task.functions.begin(), task.functions.end(), m[1]) != task.functions.end()) return &lesson;
  return nullptr;
}

std::string explained_build(const Project& project, const std::string& output) {
  for (const Lesson& lesson : project.lessons)
    if (std::regex_search(output, std::regex("exercises/" + lesson.name + R"(/[^\s:]+:\d+:\d+: (fatal )?error: )")))
      return explained_build(project, lesson, output);
  const Lesson* lesson = lesson_of_undefined(project, with_plain_quotes(output));
  return lesson ? explained_build(project, *lesson, output) : output;
}

}  // namespace course
