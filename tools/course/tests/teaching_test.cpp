// The order of teaching: what the checks accept, and every fault that they must find.
#include <catch2/catch_test_macros.hpp>

#include "tools/staff/teaching.hpp"

using namespace course;
using Letters = std::set<std::string>;

namespace {

Taught taught(const std::string& number, std::vector<Task> tasks, const std::string& text, const std::string& answer) {
  Lesson lesson;
  lesson.number = number;
  lesson.name = number + "-toy";
  lesson.tasks = std::move(tasks);
  return {lesson, text, {{"solutions/" + number + "-toy/toy.cpp", answer}}};
}

Task task(const std::string& id, const std::string& function) { return {id, function, {function}, 5, 5, 10, {}}; }

const std::string cards = "> **Task 1.1 · `step`** (5 minutes).\n\n> **Task 1.2 · `fire`** (5 minutes).\n";

/// The problems of one lesson of two tasks, step and fire, followed by one of one task, xor_gate.
std::vector<std::string> problems_of(const std::string& text, const std::string& answer) {
  Findings found;
  check_order({taught("01", {task("1.1", "step"), task("1.2", "fire")}, text, answer),
               taught("02", {task("2.1", "xor_gate")}, "> **Task 2.1 · `xor_gate`**\n", "")},
              found);
  CHECK(found.checked > 0);
  return found.problems;
}

std::vector<std::string> letter_problems(const std::string& text) {
  Findings found;
  check_letters("toy", text, found);
  CHECK(found.checked > 0);
  return found.problems;
}

bool says(const std::vector<std::string>& problems, const std::string& text) {
  return problems.size() == 1 && problems[0].find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("what is taught in order is accepted") {
  CHECK(problems_of(cards, "//> 1.2\nreturn step(a);\n//<\n").empty());
  CHECK(problems_of(cards, "//> 1.1\nreturn std::fire(a) + b.fire(a);  // not fire(a)\n//<\n").empty());
  CHECK(problems_of("```cpp\nstep(1);\n```\n" + cards + "```cpp\nfire(step(1));\n```\n", "").empty());
  CHECK(problems_of(cards, "//- why\nfire(a);\n//<\n").empty());  // a helper is no task's body
}

TEST_CASE("a task that needs what is taught later is named") {
  CHECK(says(problems_of(cards, "//> 1.1\nreturn fire(a);\n//<\n"),
             "task 1.1 calls fire, which is taught later, in task 1.2"));
  CHECK(says(problems_of(cards, "//> 1.2\nreturn -xor_gate(a);\n//<\n"),
             "calls xor_gate, which is taught later, in task 2.1"));
  CHECK(says(problems_of("```cpp\nCHECK(fire(1));\n```\n" + cards, ""), "code before the card of task 1.1 calls fire"));
  CHECK(says(problems_of(cards + "```cpp\nxor_gate(1);\n```\n", ""), "calls xor_gate"));
}

TEST_CASE("the order is that of the cards, of which each task has one") {
  const std::string other = "> **Task 1.2 · `fire`**\n\n> **Task 1.1 · `step`**\n";
  CHECK(problems_of(other, "//> 1.1\nreturn fire(a);\n//<\n").empty());
  CHECK(says(problems_of("> **Task 1.1 · `step`**\n", ""), "expected one card \"> **Task 1.2 · \", found 0"));
  CHECK(says(problems_of(cards + "> **Task 1.1 · `step`**\n", ""), "found 2"));
  CHECK(says(problems_of(cards + "> **Task 1.3 · `gone`**\n", ""), "belongs to no task"));
}

TEST_CASE("the letters of a formula") {
  CHECK(letters_of("Z_l = W_l A_{l-1} + b_l \\mathbf{1}^T") == Letters{"Z", "W", "A", "b", "\\mathbf{1}"});
  CHECK(letters_of("\\sigma(z) = \\frac{1}{1 + e^{-z}}") == Letters{"\\sigma", "z"});
  CHECK(letters_of("dW = dZ X^T, \\qquad db = \\text{row sums of } dZ") == Letters{"dW", "dZ", "X", "db"});
  CHECK(letters_of("w \\leftarrow w + \\alpha (y - \\hat y) x") == Letters{"w", "\\alpha", "y", "\\hat y", "x"});
  CHECK(letters_of("x - \\eta \\, \\nabla f(x)") == Letters{"x", "\\eta", "\\nabla f"});
  CHECK(letters_of("\\sum_{i=1}^{N} \\log P_{ji}") == Letters{"N", "P"});
  CHECK(letters_of("v = \\frac2d") == Letters{"v", "d"});
}

TEST_CASE("every letter has its shape, once") {
  const std::string head = "$$Z = W x$$\n\n| letter | shape | |\n|---|---|---|\n",
                    rows = "| $Z$ | $m \\times N$ | sums |\n| $W$ | $m \\times d$ | |\n";
  CHECK(letter_problems(head + rows + "| $x$ | $d$ | |\n").empty());
  CHECK(letter_problems(head + rows + "\n| letter | shape | |\n|---|---|---|\n| $x$ | number | |\n").empty());
  CHECK(says(letter_problems(head + rows), "the shape of x in $$Z = W x$$ is told 0 times"));
  CHECK(says(letter_problems(head + rows + "| $x$, $Z$ | $d$ | |\n"), "the shape of Z in $$Z = W x$$ is told 2 times"));
  CHECK(says(letter_problems(head + rows + "| $x$ | a vector | |\n"), "tells no shape"));
  CHECK(says(letter_problems(head + rows + "| $x$ | $d$ | |\n| $q$ | number | |\n"),
             "no displayed formula has the letter q"));
  CHECK(says(letter_problems(head + rows + "\n| other | shape | |\n|---|---|---|\n| $x$ | $d$ | |\n"),
             "x in $$Z = W x$$ is told 0"));
  CHECK(says(letter_problems("no formula"), "no displayed formula"));
}

TEST_CASE("every exercise of a textbook is answered somewhere") {
  const std::string range = "Its exercises 2.3.1 to 2.3.2.\n\n| exercise | |\n|---|---|\n",
                    first = "| 2.3.1 | [here](../lessons/01-a/README.md) |\n";
  const auto problems = [](const std::string& text) {
    Findings found;
    check_exercises(text, found);
    return found.problems;
  };
  CHECK(says(problems(range + first), "no row says where exercise 2.3.2 is answered"));
  CHECK(says(problems(range + first + "| 2.3.2 | nowhere |\n" + first), "2.3.2"));
  CHECK(problems(range + first + "| 2.3.2 | [there](../lessons/02-b/README.md#there) |\n").empty());
}
