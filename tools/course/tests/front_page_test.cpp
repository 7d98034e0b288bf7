// The table of the lessons in README.md.
#include "tools/staff/front_page.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "base/tests/lessons.hpp"

using namespace course;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("the table of the lessons has parts as soon as there are two") {
  const base::test::Lessons lessons;
  lessons.add("01-a", {});
  lessons.add("02-b", {"01-a"});
  CHECK(lesson_table(lessons.load()) ==
        "| lesson | question | minutes |\n|---|---|---|\n"
        "| [1 T01](lessons/01-a/README.md) | Why? | 5 |\n| [2 T02](lessons/02-b/README.md) | Why? | 5 |\n");
  lessons.add("08-c", {"02-b"}, "II");
  CHECK_THROWS_AS(lesson_table(lessons.load()), EnvironmentError);
  write_file(lessons.root / "lessons/parts.json", R"({"I": "From here", "II": "Further"})");
  const std::string table = lesson_table(lessons.load());
  CHECK_THAT(table, ContainsSubstring("### Part I: From here\n\n| lesson |"));
  CHECK_THAT(table,
             ContainsSubstring("[2 T02](lessons/02-b/README.md) | Why? | 5 |\n\n### Part II: Further\n\n| lesson |"));

  CHECK(with_lesson_table("a\n<!-- lessons -->\nold\n<!-- /lessons -->\nb\n", "new\n") ==
        "a\n<!-- lessons -->\n\nnew\n\n<!-- /lessons -->\nb\n");
  CHECK_THROWS_AS(with_lesson_table("no place", "new\n"), std::runtime_error);
}
