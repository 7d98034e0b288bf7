// Which functions a task's code calls, as far as its text tells.
#include <catch2/catch_test_macros.hpp>

#include "tools/course/helpers.hpp"

using namespace course;

static const char* const code = R"text(
mat sigmoid(mat Z) {
  return 1 / (1 + exp(-Z));
}
static mat twice(const mat& Z) { return 2 * sigmoid(2 * Z); }
mat tanh(mat Z) {
  // relu(Z) would be another thing
  const char* text = "softmax(Z)";
  return twice(Z) - 1;
}
mat squash(mat Z) {
  return Z.transform([](double z) { return nn::step(z); });
}
mat loop(mat Z) { return loop(Z); }
mat rows(mat Z) {
  for (real& z : Z) {
    if (z > 0) {
      z = relu(z);
    }
  }
  return Z;
}
mat columns(mat Z) {
  for (real& z : Z) {
    if (z > 0) {
      z = 1;
    }
  }
  return Z;
}
)text";

TEST_CASE("calls are followed through helpers, and not into comments or strings") {
  CHECK(reached(code, "tanh").count("sigmoid") == 1);
  CHECK(reached(code, "tanh").count("relu") == 0);
  CHECK(reached(code, "tanh").count("softmax") == 0);
  CHECK(reached(code, "squash").count("step") == 1);
  CHECK(reached(code, "sigmoid").count("tanh") == 0);
}

TEST_CASE("loops and branches belong to the function that they stand in") {
  CHECK(reached(code, "rows").count("relu") == 1);
  CHECK(reached(code, "columns").count("relu") == 0);
}

TEST_CASE("members, variables and one of two functions of a name are not followed") {
  const std::string learning = R"text(
struct Learning {
  void step(mat& Z) { Z = relu(Z); }
};
static mat step(const mat& Z) { return tanh(Z); }
mat write(const mat& Z) {
  const uvec order(3);
  net.clip(Z);
  mat hinge = 2 * softmax(Z);
  return step(Z);
}
)text";
  CHECK(reached(learning, "write") == std::set<std::string>{"softmax", "step"});
  CHECK(reached(learning, "step") == std::set<std::string>{"relu", "tanh"});
}

TEST_CASE("a function that calls itself or is not there reaches nothing of its own") {
  CHECK(reached(code, "loop").count("loop") == 0);
  CHECK(reached(code, "missing").empty());
}

TEST_CASE("code that reads with .at() is known, be it in what the task calls") {
  const std::string unchecked =
      "real entry(const mat& Z) {\n  return Z.at(0, 1);\n}\nreal f(const mat& Z) {\n"
      "  return entry(Z);\n}\nreal g(const mat& Z) {\n  return Z(0, 1);  // no .at(\n}\n";
  Task task;
  task.functions = {"f"};
  CHECK(reads_unchecked(unchecked, task));
  task.functions = {"g"};
  CHECK_FALSE(reads_unchecked(unchecked, task));
}

TEST_CASE("a task that fails on another's functions is told which; one that passes is not") {
  Task helper, caller;
  helper.id = "3.2", helper.functions = {"sigmoid", "relu", "twice"};
  caller.id = "3.3", caller.functions = {"tanh"};
  Lesson lesson;
  lesson.tasks = {helper, caller};
  for (const bool helper_passes : {false, true}) {
    LessonResult result;
    result.tasks["3.3"].verdict = Verdict::wrong;
    int asked = 0;
    name_helpers(code, lesson, result, [&](const std::string& id) {
      ++asked;
      CHECK(id == "3.2");
      return helper_passes;
    });
    CHECK(asked == 1);
    const std::string said = "tanh calls sigmoid and twice of task 3.2, which fails its own checks";
    CHECK(result.tasks["3.3"].helper.substr(0, said.size()) == (helper_passes ? "" : said));
  }
  lesson.tasks = {caller, helper};
  LessonResult earlier;
  earlier.tasks["3.3"].verdict = Verdict::wrong;
  name_helpers(code, lesson, earlier, [](const std::string&) { return false; });
  CHECK(earlier.tasks["3.3"].helper.empty());
  LessonResult passed_already;
  passed_already.tasks["3.3"].verdict = Verdict::passed;
  name_helpers(code, lesson, passed_already, [](const std::string&) {
    FAIL("nothing is to be asked");
    return true;
  });
}
