// What all code has in common: no line is longer than 120 characters, C++ looks as .clang-format decides (by version
// 14, because others break lines elsewhere), and tests are where they are looked for.
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "base/process.hpp"
#include "tools/staff/promises.hpp"

namespace course {

static constexpr std::size_t longest_line = 120;

static std::string clang_format_14() {
  for (const char* name : {"clang-format-14", "clang-format"}) {
    const Outcome version = capture({{"sh", "-c", "\"$0\" --version 2>/dev/null", name}});
    if (version.ok() && version.output.find("version 14.") != std::string::npos) return name;
  }
  return "";
}

static std::size_t characters(const std::string& text) {
  return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool too_long(const std::string& line) {
  if (characters(line) <= longest_line) return false;
  static const std::regex quoted(R"re("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')re");
  for (std::sregex_iterator it(line.begin(), line.end(), quoted), end; it != end; ++it) {
    const auto begin = characters(line.substr(0, std::size_t(it->position())));
    if (begin < longest_line && begin + characters(it->str()) >= longest_line) return false;
  }
  return true;
}

// Python's docstrings and the like are text, too: only what is code by its name is looked at.
static bool is_code(const fs::path& file) {
  static const std::set<std::string> kinds = {".cpp", ".hpp", ".cmake", ".sh", ".py"};
  return kinds.contains(file.extension().string()) || file.filename() == "CMakeLists.txt" || file == "course";
}

static bool is_test(const fs::path& file) {
  const std::string stem = file.stem().string();
  return is_code(file) && (stem == "test" || stem.ends_with("_test"));
}

Findings check_style(const Project& project) {
  Findings found;
  const Outcome listed = capture({{"git", "ls-files", "-co", "--exclude-standard"}, project.root, {}, 20.0});
  Command format{{clang_format_14(), "--dry-run", "-Werror"}, project.root};
  std::istringstream files(listed.output);
  for (std::string name; std::getline(files, name);) {
    const fs::path file = name;
    if (!is_code(file) || name.starts_with("exercises/") || !fs::exists(project.root / file)) continue;
    if (file.extension() == ".cpp" || file.extension() == ".hpp") format.argv.push_back(name);
    std::istringstream lines(read_file(project.root / file));
    int number = 0;
    for (std::string line; std::getline(lines, line);)
      if (++number; too_long(line))
        found.problems.push_back(
            fmt::format("{}:{}: {} characters, expected at most {}; only a quoted text may lead beyond", name, number,
                        characters(line), longest_line));
    ++found.checked;
    if (is_test(file))
      found.expect(file.parent_path().filename() == "tests" && file.stem().string().ends_with("_test"),
                   fmt::format("{}: a test of {} is to be {}/tests/NAME_test{}", name, file.parent_path().string(),
                               file.parent_path().string(), file.extension().string()));
  }
  if (format.argv[0].empty()) {
    found.notes.push_back("how C++ looks was not looked at: clang-format 14 is not here");
  } else if (const Outcome outcome = capture(format); !outcome.ok()) {
    found.problems.push_back("not as .clang-format has it; mend with `clang-format-14 -i FILE`:\n" + outcome.output);
  }
  return found;
}

}  // namespace course
