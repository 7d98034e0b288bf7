// The lessons as a graph: what is read, what is refused, and what the commands ask of it.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <regex>

#include "base/tests/lessons.hpp"

using namespace base;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

std::vector<std::string> numbers(const std::vector<const Lesson*>& lessons) {
  std::vector<std::string> all;
  for (const Lesson* lesson : lessons) all.push_back(lesson->number);
  return all;
}

using Numbers = std::vector<std::string>;

}  // namespace

TEST_CASE("ctest -R with a task's number runs that task alone") {
  Project project = Project::load(NN_ROOT);
  for (const int number : {11, 12, 13, 16, 17, 21, 31}) {
    Lesson lesson;
    lesson.number = std::to_string(number);
    if (std::any_of(project.lessons.begin(), project.lessons.end(),
                    [&](const Lesson& there) { return there.number == lesson.number; }))
      continue;
    for (int i = 1; i <= 9; ++i) {
      Task task;
      task.id = lesson.number + "." + std::to_string(i);
      task.title = "later";
      lesson.tasks.push_back(task);
    }
    project.lessons.push_back(lesson);
  }
  std::vector<std::string> tests;
  for (const Lesson& lesson : project.lessons) {
    tests.push_back(lesson.number + " build");
    for (const Task& task : lesson.tasks) tests.push_back(task.test_name());
  }
  for (const Lesson& lesson : project.lessons)
    for (const Task& task : lesson.tasks) {
      std::vector<std::string> run;
      for (const std::string& test : tests)
        if (std::regex_search(test, std::regex(task.test_id()))) run.push_back(test);
      CHECK(run == std::vector{task.test_name()});
    }
}

TEST_CASE("a task is found by its number as a lesson and as ctest write it") {
  const Project project = Project::load(NN_ROOT);
  CHECK(project.task("3.2").id == "3.2");
  CHECK(project.task("03.2").id == "3.2");
  CHECK(project.lesson_of_task("03.2").name == "03-activations");
  CHECK_THROWS_AS(project.task("03.22"), UsageError);
}

TEST_CASE("a lesson stands on what it requires, directly or not, and on nothing else") {
  const base::test::Lessons lessons;
  lessons.add("01-a", {});
  lessons.add("02-b", {"01-a"});
  lessons.add("03-c", {"02-b"});
  lessons.add("04-d", {"02-b"}, "II");
  lessons.add("12-e", {"04-d", "03-c"}, "II");
  lessons.add("14-f", {"01-a"}, "II");
  const Project project = lessons.load();
  CHECK(numbers(project.required_by(project.lesson("1"))) == Numbers{});
  CHECK(numbers(project.required_by(project.lesson("4"))) == Numbers{"01", "02"});
  CHECK(numbers(project.required_by(project.lesson("12"))) == Numbers{"01", "02", "03", "04"});
  CHECK(numbers(project.required_by(project.lesson("14"))) == Numbers{"01"});
  CHECK(project.range() == "lessons 1 to 4, 12, 14");
}

TEST_CASE("lessons that cannot be a graph are refused, each with its reason") {
  const base::test::Lessons lessons;
  lessons.add("01-a", {});
  const auto refused = [&](const std::string& why) {
    CHECK_THROWS_MATCHES(lessons.load(), EnvironmentError, MessageMatches(ContainsSubstring(why)));
  };
  lessons.add("02-b", {"01-x"});
  refused("lessons/02-b/lesson.json: requires 01-x, but there is no such lesson; the earlier ones are 01-a");
  lessons.add("02-b", {"02-b"});
  refused("02-b/lesson.json: requires itself");
  lessons.add("02-b", {"01-a", "01-a"});
  refused("requires 01-a twice");
  lessons.add("02-b", {"03-c"});
  lessons.add("03-c", {"02-b"});
  refused("02-b/lesson.json: requires 03-c, which comes later");
  lessons.add("02-b", {"01-a"});
  lessons.add("02-z", {"01-a"});
  refused("expected a number of its own, found 02, which is that of 02-");
  fs::remove_all(lessons.root / "lessons/02-z");
  CHECK(lessons.load().lessons.size() == 3);
  write_file(lessons.root / "lessons/04-d/lesson.json", "{}");
  refused("lessons/04-d/lesson.json: expected a lesson as the others are");
}

TEST_CASE("a capstone is the first one, or that of the lesson that is named") {
  const base::test::Lessons lessons;
  lessons.add("01-a", {});
  CHECK_THROWS_MATCHES(
      lessons.load().capstone(), UsageError,
      MessageMatches(ContainsSubstring("no lesson here ends in a capstone; this repository holds lesson 1")));
  lessons.add("02-b", {"01-a"}, "I", {{"program", "tools/train"}, {"says", "reads digits"}, {"mnist", true}});
  lessons.add("09-c", {"02-b"}, "II", {{"program", "lessons/09-c/capstone"}, {"says", "does more"}});
  const Project project = lessons.load();
  CHECK(project.capstone().name == "02-b");
  CHECK(project.capstone().capstone->mnist);
  CHECK(project.capstone("9").name == "09-c");
  CHECK_FALSE(project.capstone("9").capstone->mnist);
  CHECK_THROWS_MATCHES(
      project.capstone("1"), UsageError,
      MessageMatches(ContainsSubstring("lesson 1 does not end in a capstone; there are ./course capstone 2, 9")));
  CHECK_THROWS_AS(project.capstone("7"), UsageError);
}
