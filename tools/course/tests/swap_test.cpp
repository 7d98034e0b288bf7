// What ./course capstone --swap says of runs that went well, badly, and not at all.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <catch2/matchers/catch_matchers_vector.hpp>

#include "tools/course/swap.hpp"

using namespace course;
using Catch::Matchers::Equals;

namespace {

SwapRun run(const std::string& lesson, double accuracy, double per_epoch) {
  return {lesson, lesson + "  title", "", accuracy, per_epoch, 0.1};
}

SwapRun stopped(const std::string& lesson, const std::string& why) {
  return {lesson, lesson + "  title", why, 0, 0, 0};
}

using Said = std::vector<std::string>;

}  // namespace

TEST_CASE("swap names the lesson that costs accuracy, and the one that costs time") {
  CHECK_THAT(
      read_swap({run("", 0.9650, 1.0), run("01", 0.9650, 1.0), run("03", 0.9650, 0.6), run("07", 0.9760, 1.0),
                 run("all", 0.9765, 0.6)}),
      Equals(Said{"Your lesson 3 costs 40 % of an epoch's time.", "Your lesson 7 costs 1.10 percentage points."}));
}

TEST_CASE("swap says so when nothing costs anything, or only several lessons together") {
  CHECK_THAT(read_swap({run("", 0.9760, 1.0), run("01", 0.9775, 0.9), run("07", 0.9758, 1.2), run("all", 0.9765, 0.9)}),
             Equals(Said{"No single lesson costs noticeable accuracy or time."}));
  CHECK_THAT(read_swap({run("", 0.9700, 1.0), run("01", 0.9720, 0.9), run("07", 0.9720, 0.9), run("all", 0.9760, 0.9)}),
             Equals(Said{"All ours together does better, and no lesson alone: the cost is spread over several."}));
}

TEST_CASE("swap finds the lesson that stops the training") {
  CHECK_THAT(read_swap({stopped("", "crashed (signal 11)"), stopped("03", "crashed (signal 11)"), run("06", 0.97, 1),
                        run("all", 0.97, 1)}),
             Equals(Said{"With lesson 6 ours the training runs: what stops it is there."}));
  CHECK_THAT(read_swap({stopped("", "not written yet: 3.1 step"), stopped("03", "not written yet: 4.1 half squared"),
                        stopped("04", "not written yet: 3.1 step"), run("all", 0.97, 1)}),
             Equals(Said{"No single lesson of ours makes it run: more than one of yours stops it."}));
  CHECK_THAT(
      read_swap({run("", 0.97, 1), stopped("03", "does not compile"), run("all", 0.97, 1)}),
      Equals(Said{"With lesson 3 ours the training stops, so yours and ours differ in what the other lessons rely "
                  "on: does not compile."}));
}

TEST_CASE("swap's table keeps to 80 columns, whatever the problem says") {
  const std::string table = swap_table(
      {run("", 0.9650, 1.0),
       stopped("03",
               "the training failed (the code in exercises): softmax: Z has 3 rows, expected 10 (columns of W)")});
  CHECK_THAT(table, Equals("ours in place of                               test set     loss CPU s/epoch\n"
                           "  title                                         96.50 %   0.1000       1.000\n"
                           "03  title                                    the training failed (the code in\n"
                           "                                             exercises): softmax: Z has 3 rows,\n"
                           "                                             expected 10 (columns of W)\n"));
}
