#include "tools/course/project.hpp"

#include <catch2/catch_test_macros.hpp>
#include <regex>

using namespace course;

TEST_CASE("ctest -R with a task's number runs that task alone") {
  Project project = Project::load(NN_ROOT);
  for (const int number : {11, 12, 13, 16, 17, 21, 31}) {
    Lesson lesson;
    lesson.number = std::to_string(number);
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
