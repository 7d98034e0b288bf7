// Text made ready for a shell, a terminal, a plot; numbers and times.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/median.hpp"
#include "base/parallel.hpp"
#include "base/process.hpp"
#include "base/quote.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"

using namespace base;

namespace {

const std::string hard = "it's \\n \\ \"$HOME\" `ls` * {1} %s é\n\ttab";

std::string output(const std::vector<std::string>& argv) { return capture({argv}).output; }

}  // namespace

TEST_CASE("a quoted word comes back from the program that it is quoted for") {
  CHECK(output({"sh", "-c", "printf %s " + shell_quoted(hard)}) == hard);
  CHECK(output({"gnuplot", "-e", "print " + gnuplot_quoted(hard)}) == hard + "\n");
  CHECK(fish_quoted("it's \\ here") == "'it\\'s \\\\ here'");
  const std::string bytes = hard + '\0' + "\x01\x1b end";
  CHECK(nlohmann::json::parse(json_quoted(bytes)).get<std::string>() == bytes);
}

TEST_CASE("a median is the middle, or the mean of the two in the middle") {
  CHECK(median(std::vector<double>{3, 1, 2}) == 2);
  CHECK(median(std::vector{4, 1, 2, 3}) == 2.5);
  CHECK(std::isnan(median(std::vector<double>{})));
}

TEST_CASE("a point in time is written in UTC") {
  CHECK(utc_text(0) == "1970-01-01T00:00:00Z");
  CHECK(utc_text(1764099874) == "2025-11-25T19:44:34Z");
}

TEST_CASE("text is broken and cut by what is seen, not by bytes") {
  CHECK(wrapped("one two three four", 2, 10) == "  one two\n  three\n  four");
  CHECK(wrapped("ёж ёж ёж", 0, 5) == "ёж ёж\nёж");
  CHECK(cut_to_width("ёжик", 2) == "ёж");
  CHECK(cut_to_width("ёж", 5) == "ёж");
  CHECK(cut_to_width("ab", 0).empty());
}

TEST_CASE("all pieces of work are done, and the first failure is thrown at the end") {
  std::vector<int> done(100);
  const auto work = [&](std::size_t i) {
    done[i]++;
    if (i == 30 || i == 60) throw i;
  };
  std::size_t failed = 0;
  try {
    in_parallel(4, done.size(), work);
  } catch (std::size_t i) {
    failed = i;
  }
  CHECK(failed == 30);
  CHECK(done == std::vector<int>(100, 1));
}

TEST_CASE("lower case is for A to Z only") { CHECK(lower_case("A-Zz.É 1") == "a-zz.É 1"); }
