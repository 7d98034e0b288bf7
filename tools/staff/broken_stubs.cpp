// One lesson broken in every way a file can be broken: that lesson says what it is, and nothing else changes.
#include "tools/staff/broken_stubs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/stubs.hpp"
#include "base/test_exit.hpp"
#include "tools/staff/rehearsal.hpp"
#include "tools/staff/results.hpp"

namespace course {

namespace {

const std::string victim = "sigmoid";  // the function that is written and broken

bool writes_victim(const Task& task) { return task.functions == std::vector{victim}; }

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error(fmt::format("the stub has no '{}' to break", what));
  return text.replace(at, what.size(), instead);
}

struct Scenario {
  std::string name, replacement;
  std::string build;  // what the lesson's build must say, "" when it must pass
  std::string task;   // what the broken task must say, "" when it must not run
};

}  // namespace

void check_broken_stubs(const Project& project, Findings& found) {
  const auto of = std::find_if(project.lessons.begin(), project.lessons.end(), [](const Lesson& lesson) {
    return std::any_of(lesson.tasks.begin(), lesson.tasks.end(), writes_victim);
  });
  if (of == project.lessons.end() || of == project.lessons.begin() || of + 1 == project.lessons.end())
    throw std::runtime_error(fmt::format("no lesson between two others has a task that is {} alone", victim));
  const Lesson &earlier = of[-1], &broken = *of, &later = of[1];  // answered; broken; still a stub
  const Task& task = *std::find_if(broken.tasks.begin(), broken.tasks.end(), writes_victim);
  const Rehearsal student(project.root);
  student.solve(earlier.number);
  const fs::path file = student.project().exercise(broken, file_of(project, broken, task));
  const std::string stub = read_file(file), body = "  todo(\"" + task.name() + "\");\n";
  const Tree tree = configured(student.project(), "student");
  const std::string labels = fmt::format("^({}|{}|{})$", earlier.number, broken.number, later.number);
  const auto run = [&] { return test_results(tree, {"-L", labels, "-j2"}); };

  write_file(file, with(stub, body, "  Z = 1 / (1 + exp(-Z));\n  return Z;\n"));
  const Results before = run();
  const auto expect_before = [&](const Task& one, const std::string& status) {
    const std::string& was = before.at(one.test_name()).status;
    found.expect(was == status, fmt::format("{}, before anything is broken: {}, expected {}", one.name(), was, status));
  };
  expect_before(task, "passed");
  for (const Task& one : earlier.tasks) expect_before(one, "passed");
  for (const Task& one : later.tasks) expect_before(one, "failed");

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
    const auto problem = [&](const std::string& what) {
      return scenario.name + " in lesson " + broken.number + ": " + what;
    };
    for (const auto& [test, result] : before)
      if (!test.starts_with(broken.number))
        found.expect(after.at(test).status == result.status,
                     problem(fmt::format("'{}' was {} before, now {}", test, result.status, after.at(test).status)));
    const TestResult& build = after.at(broken.number + " build");
    found.expect((build.status == "failed") == !scenario.build.empty(),
                 problem(fmt::format("the build {}", build.status)));
    found.expect(build.output.find(scenario.build) != std::string::npos,
                 problem(fmt::format("the build does not say '{}' but:\n{}", scenario.build, build.output)));
    for (const Task& one : broken.tasks) {
      const TestResult& result = after.at(one.test_name());
      if (!scenario.build.empty())
        found.expect(result.status == "not run",
                     problem(fmt::format("{} was {}: a stale program was run", one.name(), result.status)));
      else if (&one == &task)
        found.expect(result.status == "failed" && result.output.find(scenario.task) != std::string::npos,
                     problem(fmt::format("{} was {} and does not say '{}' but:\n{}", one.name(), result.status,
                                         scenario.task, result.output)));
      else
        found.expect(result.output.find("not written yet") != std::string::npos,
                     problem(one.name() + " does not say that it is not written"));
    }
  }
}

void check_untouched(const Project& project, const Tree& tree, Findings& found) {
  write_stubs(project, tree.folder / "stubs");
  std::vector<std::string> programs;
  for (const Lesson& lesson : project.lessons) programs.push_back("untouched_" + lesson.number);
  const Outcome built = tree.build(programs);
  if (!built.ok()) throw std::runtime_error("the stubs do not build:\n" + built.output);
  found.expect(built.output.find("warning:") == std::string::npos, "the stubs build with a warning:\n" + built.output);
  for (const Lesson& lesson : project.lessons)
    for (const Task& task : lesson.tasks) {
      const Outcome run = capture({{tree.program("untouched_" + lesson.number).string(), "[" + task.id + "]"}});
      found.expect(run.exit_code == base::tests_not_written &&
                       run.output.find("not written yet: " + task.name()) != std::string::npos,
                   fmt::format("{}: expected to fail as not written, but it ended with {}:\n{}", task.name(),
                               run.exit_code, run.output));
    }
}

}  // namespace course
