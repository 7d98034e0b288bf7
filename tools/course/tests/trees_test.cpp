// How far a build is.
#include "tools/course/trees.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace course;

TEST_CASE("the last step that ninja has printed is how far a build is") {
  CHECK(build_step("").empty());
  CHECK(build_step("Re-running CMake\n").empty());
  CHECK(build_step("[1/20] Building CXX object a.o").empty() == false);
  CHECK(build_step("[1/20] Building a.o\n[12/20] Building [b/c].o\n") == "12 of 20");
  CHECK(build_step("[1/20] Building a.o\n[2/").empty());
}
