#include "tools/course/helpers.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>

namespace course {

static std::string without_comments(const std::string& code) {
  static const std::regex comment(R"re(//[^\n]*|/\*[\s\S]*?\*/|"(\\.|[^"\\\n])*")re");
  return std::regex_replace(code, comment, "");
}

/// Each function that is defined in the code, and its body; of a name that is defined more than once, all of them.
static std::map<std::string, std::vector<std::string>> bodies_of(const std::string& code) {
  static const std::regex head(R"re(([A-Za-z_]\w*)\s*\(([^;{}]*)\)\s*\{)re");
  std::map<std::string, std::vector<std::string>> bodies;
  for (std::sregex_iterator it(code.begin(), code.end(), head), end; it != end; ++it) {
    static const std::set<std::string> statements{"if", "for", "while", "switch", "catch"};
    if (statements.count((*it)[1])) continue;
    const auto begin = std::size_t(it->position() + it->length());
    std::size_t at = begin;
    for (int depth = 1; at < code.size() && depth > 0; ++at) depth += (code[at] == '{') - (code[at] == '}');
    bodies[(*it)[1]].push_back(code.substr(begin, at - begin));
  }
  return bodies;
}

bool reads_unchecked(const std::string& code, const Task& task) {
  const auto bodies = bodies_of(without_comments(code));
  for (const std::string& function : task.functions) {
    std::set<std::string> all = reached(code, function);
    all.insert(function);
    for (const std::string& one : all)
      if (const auto found = bodies.find(one); found != bodies.end())
        for (const std::string& body : found->second)
          if (body.find(".at(") != std::string::npos) return true;
  }
  return false;
}

/// The functions that a body calls: no members, and no variables that are made as in `uvec order(n)`.
static std::vector<std::string> calls_in(const std::string& body) {
  static const std::regex call(R"re((\.|->|\b(?!return\b|else\b|throw\b)\w+\s)?\s*\b([A-Za-z_]\w*)\s*\()re");
  std::vector<std::string> names;
  for (std::sregex_iterator it(body.begin(), body.end(), call), end; it != end; ++it)
    if (!(*it)[1].matched) names.push_back((*it)[2]);
  return names;
}

std::set<std::string> reached(const std::string& code, const std::string& function) {
  const auto bodies = bodies_of(without_comments(code));
  std::set<std::string> seen;
  std::vector<std::string> todo{function};
  while (!todo.empty()) {
    const std::string one = todo.back();
    todo.pop_back();
    const auto found = bodies.find(one);
    if (found == bodies.end() || (one != function && found->second.size() > 1)) continue;  // which of them is called?
    for (const std::string& body : found->second)
      for (const std::string& name : calls_in(body))
        if (name != function && seen.insert(name).second) todo.push_back(name);
  }
  return seen;
}

void name_helpers(const std::string& code, const Lesson& lesson, LessonResult& result,
                  const std::function<bool(const std::string&)>& passes) {
  std::map<std::string, bool> fails;  // by task, as far as it was asked
  const auto fails_itself = [&](const Task& task) {
    const auto [it, unknown] = fails.try_emplace(task.id, false);
    if (!unknown) return it->second;
    const auto graded = result.tasks.find(task.id);
    it->second = graded != result.tasks.end() ? graded->second.verdict != Verdict::passed : !passes(task.id);
    return it->second;
  };
  for (const Task& task : lesson.tasks) {
    const auto it = result.tasks.find(task.id);
    if (it == result.tasks.end() || it->second.verdict == Verdict::passed || it->second.verdict == Verdict::not_written)
      continue;
    for (const std::string& function : task.functions) {
      const std::set<std::string> called = reached(code, function);
      for (const Task& helper : lesson.tasks) {
        if (helper.id == task.id || !it->second.helper.empty()) break;  // a later task may itself fail on this one
        std::string names;                                              // any of them may be what fails
        for (const std::string& one : helper.functions)
          if (called.count(one)) names += (names.empty() ? "" : " and ") + one;
        if (!names.empty() && fails_itself(helper))
          it->second.helper = fmt::format(
              "{0} calls {1} of task {2}, which fails its own checks: mend that first, "
              "./course run {2}",
              function, names, helper.id);
      }
    }
  }
}

}  // namespace course
