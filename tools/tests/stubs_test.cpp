// Markers: what a stub is made of, and every way in which a marker can be wrong.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "tools/course/stubs.hpp"

using namespace course;
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
