// Markers: what a stub is made of, and every way in which a marker can be wrong.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "base/stubs.hpp"
#include "base/tests/lessons.hpp"

using namespace base;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

Lesson lesson() {
  Lesson l;
  l.number = "03";
  l.name = "03-activations";
  l.header = "nn/activations.hpp";
  l.tasks = {{"3.2", "sigmoid", {"sigmoid"}, 5, 5, 10, {}}};
  return l;
}

}  // namespace

TEST_CASE("a body becomes a todo, a helper disappears, the rest stays") {
  const Stub stub =
      make_stub(lesson(), "a\n\n//- ours\nhelper\n//<\n\nmat f() {\n  //> 3.2\n  return 1;\n  //<\n}\n", "x.cpp");
  CHECK_THAT(stub.text, ContainsSubstring("a\n\nmat f() {\n  todo(\"3.2 sigmoid\");\n}\n"));
  CHECK(stub.tasks == std::vector<std::string>{"3.2"});
  CHECK(stub.text.find("helper") == std::string::npos);
  CHECK(stub.text.find("return 1") == std::string::npos);
}

TEST_CASE("a marker that is wrong is refused with its line") {
  const std::pair<const char*, const char*> wrong[] = {
      {"//> 3.2\nx\n", "x.cpp:2: the marker in line 1 is never closed"},
      {"x\n//<\n", "x.cpp:2: //< closes a marker, but none is open"},
      {"//> 3.9\nx\n//<\n", "x.cpp:1: '3.9' is no task"},
      {"//>3.2x\nx\n//<\n", "is no task"},
      {"//> 3.2\n//> 3.2\nx\n//<\n", "x.cpp:2: a marker inside the one opened in line 1"},
      {"//> 3.2\n\n//<\n", "x.cpp:3: nothing stands between"},
      {"//-\nx\n//<\n", "followed by a few words"},
      {"//> 3.2\nx\n//< end\n", "a closing marker is //< and nothing else"},
      {"// > 3.2\nx\n", "looks like a marker"},
  };
  for (const auto& [text, says] : wrong) {
    CAPTURE(text);
    CHECK_THROWS_MATCHES(make_stub(lesson(), text, "x.cpp"), std::runtime_error,
                         MessageMatches(ContainsSubstring(says)));
  }
}

TEST_CASE("one task goes back to its stub, and nothing else of the file changes") {
  const std::string stub = "mat sigmoid(mat Z) {\n  todo(\"3.2 sigmoid\");\n}\n";
  const std::string before = "// mine: sigmoid(x) {\nreal helper(real z) { return z; }\n\n",
                    after = "\n\nmat relu(mat Z) {\n  return sigmoid(Z);\n}\n";
  const std::string written =
      "mat sigmoid(\n    mat Z) {\n  if (Z.empty()) {  // a } in a comment\n    throw \"} \\\" {\";\n  }\n  return "
      "Z;\n}";
  const Task task = lesson().tasks[0];
  CHECK(with_stub_of(task, before + written + after, stub) == before + stub.substr(0, stub.size() - 1) + after);
  CHECK(with_stub_of(task, stub, stub) == stub);
  CHECK_THROWS_AS(with_stub_of(task, "mat relu(mat Z) {\n  return sigmoid(Z);\n}\n", stub), UsageError);
}

TEST_CASE("the file of a task is the one whose stub holds its todo") {
  const Project project = Project::load(NN_ROOT);
  int files = 0;
  for (const Lesson& l : project.lessons)
    for (const Task& task : l.tasks) {
      const std::string file = file_of(project, l, task);
      CHECK(stub_of(project, l, file).text.find("todo(\"" + task.name() + "\")") != std::string::npos);
      files += file != l.files[0];
    }
  CHECK(files > 0);  // lessons of two files are among them
}

TEST_CASE("what a capstone still lacks is in all lessons that it stands on") {
  const test::Lessons lessons;
  for (const auto& [name, needed] : {std::pair("01-a", ""), {"02-b", "01-a"}, {"03-beside", "01-a"}, {"04-c", "02-b"}})
    lessons.add(name, *needed ? std::vector<std::string>{needed} : std::vector<std::string>());
  const auto write = [&](const std::string& lesson, const std::string& what) {
    write_file(lessons.root / "exercises" / lesson / "a.cpp", "void a() { todo(\"" + what + "\"); }\n");
  };
  write("01-a", "1.1 a"), write("02-b", "2.1 other"), write("03-beside", "3.1 a"), write("04-c", "4.1 a");
  Project project = lessons.load();
  CHECK(still_to_write(project, project.lesson("4")) == std::vector<std::string>{"lesson 1", "lesson 4"});
  Task another;
  another.id = "1.2", another.title = "b";
  project.lessons[0].tasks.push_back(another);
  CHECK(still_to_write(project, project.lesson("4")) == std::vector<std::string>{"1.1", "lesson 4"});
}
