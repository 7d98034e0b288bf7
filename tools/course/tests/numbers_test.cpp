// The numbers of a lesson: which count as printed, and that one without a test is found.
#include <catch2/catch_test_macros.hpp>

#include "tools/staff/numbers.hpp"

using namespace course;
using Numbers = std::set<double>;

namespace {

std::vector<std::string> problems_of(const std::string& prose, const std::string& programs) {
  Lesson lesson;
  lesson.name = "09-toy";
  lesson.minutes = 75;
  lesson.tasks = {{"9.1", "toy", {"toy"}, 5, 10, 10, {}}};
  Findings found;
  check_numbers(lesson, prose, programs, found);
  CHECK(found.checked > 0);
  return found.problems;
}

bool says(const std::vector<std::string>& problems, const std::string& text) {
  return problems.size() == 1 && problems[0].find(text) != std::string::npos;
}

const std::string card =
    "| Time | 75 minutes: 10 for the tasks, 65 to read |\n\n> **Task 9.1 · `toy`** (10 minutes).\n\n";

}  // namespace

TEST_CASE("what counts as a printed number") {
  CHECK(printed_numbers("79 510 numbers, $-0.25$, 95 %, and $9.5 \\cdot 10^{-7}$.") ==
        Numbers{79510, 0.25, 95, 9.5e-7});
  CHECK(
      printed_numbers("two of 3 samples; in 1958; exercise 1.11.5, eq. 1.26 and 1.27, task 3.2, figure 1.13").empty());
  CHECK(printed_numbers("`0.5` [x](y-77.md)\n```cpp\nreal a = 0.75;\n```\n<!-- cut: 99 -->\n").empty());
  CHECK(printed_numbers("A 0.5.\n## Where this stands in the sources\n0.38\n## Check yourself\n0.7") ==
        Numbers{0.5, 0.7});
}

TEST_CASE("the numbers of a program") {
  CHECK(numbers_of_code("x == 79'510;  // 42\ny(1e-3, 2.5, a7);") == Numbers{79510, 1e-3, 2.5});
}

TEST_CASE("a number without a test is found, and so are other minutes") {
  CHECK(problems_of(card + "The loss is 0.403, 95 % are right.", "CHECK(close(e, 0.403)); CHECK(a > 0.95);").empty());
  CHECK(says(problems_of(card + "The loss is 0.404.", "CHECK(close(e, 0.403));  // 0.404"),
             "the number 0.404 stands in no program"));
  CHECK(says(problems_of(card, ""), "no number was found"));
  CHECK(says(problems_of("| Time | 75 minutes: 10 for the tasks, 65 to read |\n> **Task 9.1 · `toy`** (5 minutes). 0.5",
                         "0.5"),
             "task 9.1 should say (10 minutes)"));
  CHECK(
      says(problems_of("| Time | 85 minutes: 10 for the tasks, 75 to read |\n> **Task 9.1 · `toy`** (10 minutes). 0.5",
                       "0.5"),
           "expected \"| Time | 75 minutes: 10 for the tasks, 65 to read\""));
  std::string long_text = card + "0.5";
  for (int i = 0; i < 65 * 200; ++i) long_text += " word";
  CHECK(says(problems_of(long_text, "0.5"), "words take more than the 65 minutes"));
}
