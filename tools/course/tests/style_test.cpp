// Lines that are too long, code that is not formatted, and tests that stand elsewhere are found.
#include <catch2/catch_test_macros.hpp>

#include "base/process.hpp"
#include "base/tests/temp_folder.hpp"
#include "tools/course/tests/toy_project.hpp"

using namespace course;

namespace {

/// What check_style() says of a repository of one file.
Findings of_file(const std::string& name, const std::string& text) {
  const base::test::TempFolder folder;
  REQUIRE(capture({{"git", "init", "-q"}, folder.path(), {}, 20.0}).ok());
  write_file(folder / ".clang-format", "BasedOnStyle: Google\nColumnLimit: 120\n");
  write_file(folder / name, text);
  return check_style({folder.path(), {}});
}

}  // namespace

TEST_CASE("a line of code has at most 120 characters, unless a quoted text leads beyond") {
  const std::string words = "echo and so on and so on and so on ", fits(120, 'x'), beyond(121, 'x');
  CHECK_FALSE(too_long(fits));
  CHECK(too_long(beyond));
  CHECK_FALSE(too_long("ё" + fits.substr(1)));  // characters, not bytes
  CHECK_FALSE(too_long("echo \"" + fits + "\" >&2"));
  CHECK_FALSE(too_long("echo 'it is \\'" + fits + "'"));
  CHECK(too_long("echo \"short\" " + fits));
  CHECK(too_long(fits + " \"short\""));
}

TEST_CASE("every kind of code is looked at, and its tests are in tests/") {
  const std::string line = "# " + std::string(130, 'x') + "\n";
  CHECK(only_problem(of_file("a/CMakeLists.txt", "\n" + line), "a/CMakeLists.txt:2: 132 characters, expected at most"));
  for (const char* name : {"a.cmake", "a.sh", "a.py", "course"}) CHECK(only_problem(of_file(name, line), "132"));
  CHECK(of_file("a.md", line).problems.empty());
  CHECK(only_problem(of_file("a.cpp", "int  a;\n"), "not as .clang-format has it"));
  CHECK(of_file("a.cpp", "int a;\n").problems.empty());
  CHECK(only_problem(of_file("a/test.sh", ""), "a/test.sh: a test of a is to be a/tests/NAME_test.sh"));
  CHECK(only_problem(of_file("a/b_test.cpp", ""), "a/tests/NAME_test.cpp"));
  CHECK(of_file("a/tests/b_test.py", "pass\n").problems.empty());
}
