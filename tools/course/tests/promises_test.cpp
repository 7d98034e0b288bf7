// The checks of the repository's own files find every fault that they promise to find: stubs, lessons, their files,
// known mistakes.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <set>

#include "tools/course/tests/toy_project.hpp"
#include "tools/staff/new_lesson.hpp"
#include "tools/staff/numbers.hpp"

using namespace course;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

const fs::path json = "lessons/01-toy/lesson.json", readme = "lessons/01-toy/README.md", header = "nn/toy.hpp",
               solution = "solutions/01-toy/toy.cpp", exercise = "exercises/01-toy/toy.cpp",
               tests = "autograder/tests/01-toy.cpp";

void expect_no_problem(const Findings& found) {
  for (const std::string& problem : found.problems) UNSCOPED_INFO(problem);
  CHECK(found.problems.empty());
  CHECK(found.checked > 0);
}

/// One change of a file, what the check must say of it, and of how many things it complains.
struct Fault {
  fs::path file;
  std::string what, instead, says;
  std::size_t problems = 1;
};

void expect_found(Findings (*check)(const Project&), const std::vector<Fault>& faults) {
  for (const Fault& fault : faults) {
    const ToyProject toy;
    toy.change(fault.file, fault.what, fault.instead);
    CAPTURE(fault.file, fault.instead, fault.says);
    const Findings found = check(toy.load());
    CHECK(found.problems.size() == fault.problems);
    CHECK(std::any_of(found.problems.begin(), found.problems.end(),
                      [&](const std::string& problem) { return problem.find(fault.says) != std::string::npos; }));
  }
}

}  // namespace

TEST_CASE("a new lesson, filled in, has no fault; and as it was written, each place to fill in is one") {
  const ToyProject toy;
  toy.add("02-more", {"1"});
  const Project project = toy.load();
  CHECK(project.lesson("2").requires_lessons == std::vector<std::string>{"01-toy"});
  expect_no_problem(check_stubs(project));
  expect_no_problem(check_lessons(project));
  expect_no_problem(check_lesson_files(project));
  expect_no_problem(check_numbers(project));

  const auto written = new_lesson(project, "03-fresh", {});
  std::set<std::string> named;
  for (const std::string& problem : check_lesson_files(toy.load()).problems)
    if (problem.find(fill_in) != std::string::npos) named.insert(problem.substr(0, problem.find(':')));
  for (const fs::path& file : written)
    if (file.string().find("exercises/") != 0) CHECK(named.contains(file.string()));
  CHECK(named.size() == written.size() - 1);
}

TEST_CASE("a lesson that cannot be made is refused, and nothing is written") {
  const ToyProject toy;
  const auto refused = [&](const std::string& name, const std::vector<std::string>& needed, const std::string& why) {
    CHECK_THROWS_MATCHES(new_lesson(toy.load(), name, needed), UsageError, MessageMatches(ContainsSubstring(why)));
    CHECK_FALSE(fs::exists(toy.root / "lessons" / name / "lesson.json"));
  };
  refused("2-more", {}, "found '2-more'");
  refused("02-More", {}, "found '02-More'");
  refused("../../02-more", {}, "found");
  refused("01-other", {}, "lesson 01 is 01-toy");
  refused("02-more", {"7"}, "no lesson 7");
  refused("00-before", {"1"}, "01-toy comes after 00-before");
  refused("02-toy", {}, "is there already");  // nn/toy.hpp
}

TEST_CASE("stubs: a marker, a stub and a stray file that are wrong are named") {
  expect_found(check_stubs, {{exercise, "todo(", "TODO(", "exercises/01-toy/toy.cpp: expected the stub"},
                             {solution, "  //<\n", "", "is never closed", 2}});
  const ToyProject toy;
  write_file(toy.root / "solutions/01-toy/stray.cpp", "");
  CHECK(only_problem(check_stubs(toy.load()), "solutions/01-toy/stray.cpp: no lesson.json names this file"));
  fs::remove(toy.root / "solutions/01-toy/stray.cpp");
  fs::remove(toy.root / exercise);
  CHECK(only_problem(check_stubs(toy.load()), "found no such file"));
}

TEST_CASE("lessons: what lesson.json, header, tests and text do not agree on is named") {
  expect_found(check_lessons,
               {{json, "\"points\": 100", "\"points\": 0", "points, minutes and seconds must be above 0"},
                {json, "\"an example\",\n      \"functions\": [\"toy_example\"]",
                 "\"an example\",\n      \"functions\": []", "names no function"},
                {json, "[\"toy_example\"]", "[\"toy_exampel\"]", "nn/toy.hpp does not declare toy_exampel"},
                {json, "\"lesson\": \"01\"", "\"lesson\": \"02\"", "lesson 02 is named 01-toy", 3},
                {header, "/// 1.1  ", "/// ", "nn/toy.hpp has no contract that begins /// 1.1"},
                {readme, "\n## Check yourself\n", "\n## Check\n", "no section \"## Check yourself\""},
                {tests, "\"[01][1.1]\"", "\"[01][1.2]\"", "[1.2] is no task"}});
  const ToyProject two;
  two.add("02-more", {});
  two.change("lessons/02-more/lesson.json", "\"more.cpp\"", "\"toy.cpp\"");
  CHECK(only_problem(check_lessons(two.load()), "01-toy has a file toy.cpp, too"));
  const ToyProject toy;
  std::string text = read_file(toy.root / json);
  text.replace(text.find("        \"done: a nudge.\",\n"), std::string("        \"done: a nudge.\",\n").size(), "");
  write_file(toy.root / json, text);
  CHECK(only_problem(check_lessons(toy.load()), "2 hints, expected 3"));
}

TEST_CASE("a file that a lesson needs, and a header that it may not include, are named") {
  const std::vector<fs::path> needed = {readme,
                                        header,
                                        tests,
                                        solution,
                                        "autograder/mistakes/01-toy.cpp",
                                        "autograder/alternatives/01-toy/toy.cpp",
                                        "benchmarks/contracts/01-toy.cpp",
                                        "lessons/01-toy/figures/mistakes.tsv",
                                        "lessons/01-toy/figures/toy.svg"};
  for (const fs::path& file : needed) {
    const ToyProject toy;
    fs::remove(toy.root / file);
    CHECK(only_problem(check_lesson_files(toy.load()), file.string() + ": no such file"));
  }
  const ToyProject toy;
  fs::remove(toy.root / "lessons/01-toy/examples/toy.cpp");
  CHECK(only_problem(check_lesson_files(toy.load()), "lessons/01-toy/examples: no .cpp there"));

  const ToyProject three;
  three.add("02-more", {"1"});
  three.add("03-other", {"1"});
  three.change("autograder/alternatives/03-other/other.cpp", "#include \"nn/other.hpp\"\n",
               "#include \"nn/other.hpp\"\n#include \"nn/toy.hpp\"\n");
  expect_no_problem(check_lesson_files(three.load()));
  three.change("solutions/03-other/other.cpp", "#include \"nn/other.hpp\"\n",
               "#include \"nn/other.hpp\"\n#include \"nn/more.hpp\"\n");
  CHECK(only_problem(check_lesson_files(three.load()),
                     "solutions/03-other/other.cpp: includes nn/more.hpp, but lesson 3 does not require 02-more"));
}

TEST_CASE("a test may not include the contract of a lesson that its lesson does not require either") {
  const ToyProject toy;
  toy.add("02-more", {"1"});
  toy.add("03-other", {"1"});
  toy.change("autograder/tests/03-other.cpp", "#include \"contracts/other.hpp\"\n",
             "#include \"contracts/more.hpp\"\n");
  CHECK(only_problem(
      check_lesson_files(toy.load()),
      "autograder/tests/03-other.cpp: includes contracts/more.hpp, but lesson 3 does not require 02-more"));
}

TEST_CASE("numbers: the table of the lessons in README.md is that of their lesson.json") {
  const ToyProject toy;
  toy.change("README.md", "| 10 |", "| 6 |");
  CHECK(only_problem(check_numbers(toy.load()), "README.md: the table of the lessons"));
}

TEST_CASE("known mistakes: three for each task, no id twice") {
  const ToyProject toy;
  const fs::path program = toy.root / "bin/mistaken_01";
  const auto listed = [&](const std::string& keys) {
    write_file(program, "#!/bin/sh\nprintf '" + keys + "'\n");
    fs::permissions(program, fs::perms::owner_all);
    return check_mistakes(toy.load(), toy.root / "bin");
  };
  expect_no_problem(listed("1.1/a\\n1.1/b\\n1.1/c\\n"));
  CHECK(only_problem(listed("1.1/a\\n1.1/b\\n"), "autograder/mistakes/01-toy.cpp: 2 known mistakes of task 1.1"));
  CHECK(only_problem(listed("1.1/a\\n1.1/b\\n1.1/b\\n"), "1.1/b stands there 2 times"));
}
