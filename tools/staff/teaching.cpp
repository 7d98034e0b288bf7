#include "tools/staff/teaching.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <sstream>

#include "base/stubs.hpp"

namespace course {

namespace {

/// The place of each task in the course: 1, 2, 3, in the order of the cards. And of each function, by the first task
/// that asks for it.
struct Places {
  std::map<std::string, int> task, function;
  std::map<int, std::string> name;  ///< of the task
};

void check_calls(const std::string& code, const Places& places, int last, const std::string& where, Findings& found) {
  static const std::regex call(R"re((^|[^A-Za-z0-9_.:>])([a-z_]\w*)\()re");
  const std::string plain = std::regex_replace(code, std::regex("//[^\n]*|\"[^\"\n]*\""), "");
  std::set<std::string> seen;
  for (std::sregex_iterator it(plain.begin(), plain.end(), call), end; it != end; ++it) {
    const auto function = places.function.find((*it)[2]);
    if (function == places.function.end() || !seen.insert(function->first).second) continue;
    found.expect(function->second <= last, fmt::format("{} calls {}, which is taught later, in task {}", where,
                                                       function->first, places.name.at(function->second)));
  }
}

/// The bodies between //> 3.2 and the next marker.
void check_solution(const std::string& file, const std::string& text, const Places& places, Findings& found) {
  static const std::regex body(R"re(//> (\d+\.\d+)\n([\s\S]*?)//<)re");
  for (std::sregex_iterator it(text.begin(), text.end(), body), end; it != end; ++it)
    if (const auto place = places.task.find((*it)[1]); place != places.task.end())
      check_calls((*it)[2], places, place->second, fmt::format("{}: task {}", file, (*it)[1].str()), found);
}

const std::regex card(R"re(^> \*\*Task (\d+\.\d+) · )re");

/// Shown code is judged by the first card after it; what stands after the last card may call everything up to it.
void check_shown(const Taught& one, const Places& places, Findings& found) {
  std::istringstream lines(one.readme);
  std::string code, shown;
  bool inside = false;
  int last = 0;
  const auto judge = [&] {
    check_calls(shown, places, last,
                fmt::format("lessons/{}/README.md: code before the card of task {}", one.lesson.name,
                            places.name.count(last) ? places.name.at(last) : "?"),
                found);
    shown.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) inside = line == "```cpp";
    else if (inside) shown += line + "\n";
    std::smatch match;
    if (!std::regex_search(line, match, card) || !places.task.count(match[1])) continue;
    last = places.task.at(match[1]);
    judge();
  }
  judge();
}

}  // namespace

void check_order(const std::vector<Taught>& lessons, Findings& found) {
  Places places;
  for (const Taught& one : lessons) {
    const std::string readme = fmt::format("lessons/{}/README.md", one.lesson.name);
    std::istringstream lines(one.readme);
    std::map<std::string, int> cards;
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, card) || ++cards[match[1]] > 1) continue;
      const int place = int(places.task.size()) + 1;
      places.task[match[1]] = place;
      places.name[place] = match[1];
    }
    for (const Task& task : one.lesson.tasks) {
      const int count = cards.count(task.id) ? cards.at(task.id) : 0;
      found.expect(count == 1,
                   fmt::format("{}: expected one card \"> **Task {} · \", found {}", readme, task.id, count));
      cards.erase(task.id);
      if (count == 0) continue;
      for (const std::string& function : task.functions) {
        const auto [at, added] = places.function.try_emplace(function, places.task.at(task.id));
        at->second = std::min(at->second, places.task.at(task.id));
      }
    }
    for (const auto& [id, count] : cards)
      found.expect(false, fmt::format("{}: the card of task {} belongs to no task of lesson.json", readme, id));
  }
  for (const Taught& one : lessons) {
    for (const auto& [file, text] : one.solutions) check_solution(file, text, places, found);
    check_shown(one, places, found);
  }
}

std::set<std::string> letters_of(const std::string& tex) {
  static const std::set<std::string> greek = {"alpha", "beta",   "gamma", "delta",  "epsilon", "varepsilon", "eta",
                                              "theta", "lambda", "sigma", "varphi", "phi",     "Delta"};
  std::string text = std::regex_replace(tex, std::regex(R"re(\\(text|mathrm|operatorname)\{[^}]*\})re"), " ");
  text = std::regex_replace(text, std::regex(R"re(_(\{[^{}]*\}|\\?[A-Za-z0-9]))re"), "");  // indices
  text = std::regex_replace(text, std::regex(R"re(\^T|\be\^)re"), " ");                    // a transpose; the number e
  std::set<std::string> letters;
  static const std::regex token(
      R"re((\\hat|\\nabla)\s*\{?([A-Za-z])\}?|\\mathbf\{(\w)\}|\\([A-Za-z]+)|d([A-Zb])|([A-Za-z]))re");
  for (std::sregex_iterator it(text.begin(), text.end(), token), end; it != end; ++it) {
    const std::smatch& match = *it;
    if (match[1].matched) letters.insert(match[1].str() + " " + match[2].str());
    else if (match[3].matched) letters.insert("\\mathbf{" + match[3].str() + "}");
    else if (match[4].matched && greek.count(match[4])) letters.insert("\\" + match[4].str());
    else if (match[5].matched) letters.insert("d" + match[5].str());
    else if (match[6].matched) letters.insert(match[6]);
  }
  return letters;
}

void check_letters(const std::string& name, const std::string& readme, Findings& found) {
  static const std::regex display(R"re(\$\$([\s\S]*?)\$\$)re"), inlined(R"re(\$([^$\n]+)\$)re");
  std::map<std::string, std::string> used;  // letter, the formula in which it is met first
  std::size_t formulas = 0;
  for (std::sregex_iterator it(readme.begin(), readme.end(), display), end; it != end; ++it, ++formulas)
    for (const std::string& letter : letters_of((*it)[1])) used.try_emplace(letter, (*it)[1]);
  found.expect(formulas > 0, name + ": no displayed formula $$...$$ was found");

  static const std::regex row(R"re(^\| *((?:\$[^$]+\$(?:, *)?)+) *\| *([^|]*?) *\|)re");
  std::map<std::string, int> told;
  bool table = false;
  std::istringstream lines(readme);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("| letter | shape |", 0) == 0) table = true;
    else if (line.rfind("|", 0) != 0) table = false;
    std::smatch match;
    if (!table || !std::regex_search(line, match, row)) continue;
    const std::string first = match[1], shape = match[2];
    static const std::regex known(R"re(number|function|\\times|\$[A-Za-z](_[a-z])?\$)re");
    found.expect(
        std::regex_search(shape, known),
        fmt::format("{}: the row of {} tells no shape: expected number, function, $d$ or $m \\times d$, found '{}'",
                    name, first, shape));
    for (std::sregex_iterator it(first.begin(), first.end(), inlined), end; it != end; ++it)
      for (const std::string& letter : letters_of((*it)[1])) ++told[letter];
  }
  for (const auto& [letter, formula] : used) {
    const int times = told.count(letter) ? told.at(letter) : 0;
    found.expect(times == 1,
                 fmt::format("{}: the shape of {} in $${}$$ is told {} times in the table | letter | shape |, "
                             "expected once",
                             name, letter, formula, times));
  }
  for (const auto& [letter, times] : told)
    found.expect(used.count(letter) > 0,
                 fmt::format("{}: no displayed formula has the letter {} of the table", name, letter));
}

void check_exercises(const std::string& bibliography, Findings& found) {
  static const std::regex range(R"re(exercises ([0-9.]+)\.1 to ([0-9.]+)\.([0-9]+))re");
  for (std::sregex_iterator it(bibliography.begin(), bibliography.end(), range), end; it != end; ++it)
    for (int i = 1; i <= std::stoi((*it)[3]); ++i) {
      const std::string exercise = fmt::format("{}.{}", (*it)[1].str(), i), row = "\n| " + exercise + " |";
      const auto at = bibliography.find(row);
      const std::string line =
          at == std::string::npos ? "" : bibliography.substr(at, bibliography.find('\n', at + 1) - at);
      found.expect(line.find("](../lessons/") != std::string::npos,
                   fmt::format("docs/bibliography.md: no row says where exercise {} is answered", exercise));
    }
}

Findings check_teaching(const Project& project) {
  Findings found;
  std::vector<Taught> lessons;
  for (const Lesson& lesson : project.lessons) {
    Taught one{lesson, read_file(project.root / "lessons" / lesson.name / "README.md"), {}};
    for (const std::string& file : lesson.files) {
      const std::string path = "solutions/" + lesson.name + "/" + file;
      one.solutions.emplace_back(path, read_file(project.root / path));
    }
    check_letters("lessons/" + lesson.name + "/README.md", one.readme, found);
    lessons.push_back(std::move(one));
  }
  check_order(lessons, found);
  check_exercises(read_file(project.root / "docs/bibliography.md"), found);
  return found;
}

}  // namespace course
