// One lesson broken in every way a file can be broken: that lesson says what it is, and nothing else changes.
#include "tools/staff/broken_stubs.hpp"

#include <fmt/format.h>

#include <map>

#include "tools/staff/rehearsal.hpp"
#include "tools/staff/results.hpp"

namespace course {

namespace {

const std::string victim = "03", victim_task = "3.2 sigmoid", victim_test = "03.2 sigmoid";

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  if (at == std::string::npos)
    throw std::runtime_error(fmt::format("the stub of lesson {} has no '{}' to break", victim, what));
  return text.replace(at, what.size(), instead);
}

bool of_victim(const std::string& test) { return test.rfind(victim, 0) == 0; }

struct Scenario {
  std::string name, replacement;
  std::string build;  // what "03 build" must say, "" when it must pass
  std::string task;   // what the broken task must say, "" when it must not run
};

}  // namespace

void check_broken_stubs(const Project& project, Findings& found) {
  const Rehearsal student(project.root);
  student.solve("02");
  const Lesson& broken = project.lesson(victim);
  const fs::path file = student.exercise(victim);
  const std::string stub = read_file(file), body = "  todo(\"" + victim_task + "\");\n";
  const Tree tree = configured(student.project(), "student");
  const auto run = [&] { return test_results(tree, {"-L", "0[234]", "-j2"}); };

  write_file(file, with(stub, body, "  Z = 1 / (1 + exp(-Z));\n  return Z;\n"));
  const Results before = run();
  found.expect(before.at(victim_test).status == "passed", victim_test + " does not pass when it is written");
  found.expect(before.at("02.4 dense").status == "passed", "02.4 dense does not pass when it is written");
  found.expect(before.at("04.4 cross-entropy").status == "failed", "04.4 cross-entropy passes on the stub");

  const Scenario scenarios[] = {
      {"a syntax error", "  return Z\n", "error: expected", ""},
      {"a missing return", "  Z = 1 / (1 + exp(-Z));\n", "no return statement", ""},
      {"a missing function", "", "sigmoid", ""},
      {"a segfault", "  int* volatile nowhere = nullptr;\n  *nowhere = 1;\n  return Z;\n", "", "crashed: SIGSEGV"},
      {"an endless loop", "  for (volatile bool on = true; on;) {\n  }\n  return Z;\n", "",
       "timed out: a loop that never ends?"},
  };
  for (const Scenario& scenario : scenarios) {
    if (scenario.replacement.empty()) write_file(file, with(stub, "mat sigmoid(mat Z) {\n" + body + "}\n", ""));
    else write_file(file, with(stub, body, scenario.replacement));
    const Results after = run();
    const auto problem = [&](const std::string& what) { return scenario.name + " in lesson " + victim + ": " + what; };
    for (const auto& [test, result] : before)
      if (!of_victim(test))
        found.expect(after.at(test).status == result.status,
                     problem(fmt::format("'{}' was {} before, now {}", test, result.status, after.at(test).status)));
    const TestResult& build = after.at(victim + " build");
    found.expect((build.status == "failed") == !scenario.build.empty(),
                 problem(fmt::format("the build {}", build.status)));
    found.expect(build.output.find(scenario.build) != std::string::npos,
                 problem(fmt::format("the build does not say '{}' but:\n{}", scenario.build, build.output)));
    for (const Task& task : broken.tasks) {
      const TestResult& result = after.at(task.test_name());
      if (!scenario.build.empty())
        found.expect(result.status == "not run",
                     problem(fmt::format("{} was {}: a stale program was run", task.name(), result.status)));
      else if (task.name() == victim_task)
        found.expect(result.status == "failed" && result.output.find(scenario.task) != std::string::npos,
                     problem(fmt::format("{} was {} and does not say '{}' but:\n{}", task.name(), result.status,
                                         scenario.task, result.output)));
      else
        found.expect(result.output.find("not written yet") != std::string::npos,
                     problem(task.name() + " does not say that it is not written"));
    }
  }
}

void check_untouched(const Project& project, Findings& found) {
  const Rehearsal student(project.root);
  const Tree tree = configured(student.project(), "student");
  std::map<std::string, std::string> tasks;  // by CTest name, as a stub names them
  for (const Lesson& lesson : project.lessons)
    for (const Task& task : lesson.tasks) tasks[task.test_name()] = task.name();
  for (const auto& [test, result] : test_results(tree, {"-j2"})) {
    if (test.ends_with(" build")) {
      found.expect(result.status == "passed", fmt::format("{}: the stub does not build:\n{}", test, result.output));
      found.expect(result.output.find("warning:") == std::string::npos,
                   fmt::format("{}: the stub builds with a warning:\n{}", test, result.output));
    } else {
      found.expect(
          result.status == "failed" && tasks.count(test) &&
              result.output.find("not written yet: " + tasks.at(test)) != std::string::npos,
          fmt::format("{}: expected to fail as not written, but it was {}:\n{}", test, result.status, result.output));
    }
  }
}

}  // namespace course
