#include "tools/staff/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <regex>
#include <sstream>

#include "tools/staff/front_page.hpp"

namespace course {

std::set<double> printed_numbers(const std::string& readme) {
  std::string text = readme;
  if (const auto sources = text.find("\n## Where this stands"); sources != std::string::npos)
    text.erase(sources, text.find("\n## ", sources + 1) - sources);
  for (
      const char* aside :
      {R"re(```[\s\S]*?```)re", R"re(`[^`]*`)re", R"re(\]\([^)]*\))re", R"re(<!--[^>]*-->)re",
       R"re(\(?[0-9]+ minutes\)?)re", R"re([0-9]+ for the tasks, [0-9]+ to read)re",
       R"re(\b(Exercises?|exercises?|Tasks?|tasks?|eq\.|Eq\.|[Ff]igures?|[Ss]ections?|theorem|Lessons?|lessons?) [0-9][0-9.,]*( (and|to) [0-9][0-9.]*)?)re",
       R"re(\*\*Task [^*]*\*\*)re", R"re(\([0-9]+\.[0-9] to [0-9]+\.[0-9]\))re", R"re(\b(1[89]|20)[0-9][0-9]\b)re"})
    text = std::regex_replace(text, std::regex(aside), " ");
  static const std::regex number(
      R"re((^|[^\w.^{])([0-9]{1,3}( [0-9]{3})+|[0-9]+(\.[0-9]+)?)( \\cdot 10\^\{(-?[0-9]+)\})?(?![\w]))re");
  std::set<double> all;
  for (std::sregex_iterator it(text.begin(), text.end(), number), end; it != end; ++it) {
    std::string digits = (*it)[2];
    const bool plain = digits.find('.') == std::string::npos && !(*it)[5].matched;
    std::erase(digits, ' ');
    if ((*it)[5].matched) digits += "e" + (*it)[6].str();
    const double value = std::stod(digits);
    if (!plain || value > 20) all.insert(value);
  }
  return all;
}

std::set<double> numbers_of_code(const std::string& source) {
  std::string text = std::regex_replace(source, std::regex("//[^\n]*"), "");
  std::erase(text, '\'');
  static const std::regex number(R"re((^|[^\w.])([0-9]+\.?[0-9]*(e-?[0-9]+)?))re");
  std::set<double> all;
  for (std::sregex_iterator it(text.begin(), text.end(), number), end; it != end; ++it) all.insert(std::stod((*it)[2]));
  return all;
}

void check_numbers(const Lesson& lesson, const std::string& readme, const std::string& programs, Findings& found) {
  const std::string name = "lessons/" + lesson.name + "/README.md";
  const std::set<double> tested = numbers_of_code(programs), printed = printed_numbers(readme);
  found.expect(!printed.empty(), name + ": no number was found");
  for (const double value : printed) {
    const bool is_tested = std::any_of(tested.begin(), tested.end(), [&](double one) {
      return std::abs(one - value) <= 1e-12 * value || std::abs(100 * one - value) <= 1e-12 * value;
    });
    found.expect(
        is_tested,
        fmt::format("{}: the number {} stands in no program of examples/ or figures/; test it there, or leave it out",
                    name, value));
  }
  const auto says = [&](const std::string& text) {
    found.expect(readme.find(text) != std::string::npos,
                 fmt::format("{}: expected \"{}\", as in lesson.json", name, text));
  };
  int tasks = 0;
  for (const Task& task : lesson.tasks) tasks += task.minutes;
  const int reading = lesson.minutes - tasks;
  says(fmt::format("| Time | {} minutes: {} for the tasks, {} to read", lesson.minutes, tasks, reading));
  std::istringstream text(readme);
  const auto words = std::distance(std::istream_iterator<std::string>(text), {});
  found.expect(
      words <= 200 * reading,
      fmt::format("{}: {} words take more than the {} minutes that lesson.json leaves for reading: its minutes, "
                  "less those of its tasks; at 200 words a minute it needs {}",
                  name, words, reading, (words + 199) / 200));
  for (const Task& task : lesson.tasks) {
    const auto card = readme.find("> **Task " + task.id + " ");
    const std::string minutes = fmt::format("** ({} minutes)", task.minutes);
    const auto end = card == std::string::npos ? card : readme.find(')', readme.find("** (", card));
    found.expect(end != std::string::npos && readme.substr(card, end + 1 - card).find(minutes) != std::string::npos,
                 fmt::format("{}: the card of task {} should say ({} minutes), as lesson.json does", name, task.id,
                             task.minutes));
  }
}

Findings check_numbers(const Project& project) {
  Findings found;
  const std::string front = read_file(project.root / "README.md");
  found.expect(
      with_lesson_table(front, lesson_table(project)) == front,
      "README.md: the table of the lessons is not what their lesson.json say; `./course stubs` writes it anew");
  for (const Lesson& lesson : project.lessons) {
    const fs::path folder = project.root / "lessons" / lesson.name;
    std::string programs;
    if (lesson.capstone)  // what accuracy is promised, and tested
      for (const auto& arguments : lesson.capstone->promises)
        for (const std::string& argument : arguments) programs += argument + '\n';
    for (const char* part : {"examples", "figures", "capstone"}) {
      std::error_code none;  // not every lesson has all of them
      for (const auto& entry : fs::directory_iterator(folder / part, none))
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
          programs += read_file(entry.path());
    }
    check_numbers(lesson, read_file(folder / "README.md"), programs, found);
  }
  return found;
}

}  // namespace course
