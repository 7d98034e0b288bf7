// A known mistake is named where what it does is evidence, and not where any mistake would do the same.
#include "autograder/tests/support/evidence.hpp"

#include <catch2/catch_test_macros.hpp>

#include "autograder/contracts/described.hpp"
#include "autograder/tests/support/expect.hpp"

namespace nn {

static int asked = 0, tried = 0;

/// A student's code that should double, and is wrong from 3 on.
static real doubled(real x) {
  ++asked;
  return x < 3 ? 2 * x : 5;
}

NN_ARGUMENTS(doubled, (real), (x), real)

static real as_doubled(real x, bool otherwise) {
  ++tried;
  return otherwise ? -1 : x < 3 ? 2 * x : 5;
}

#define DOUBLED_MISTAKE(id, otherwise) \
  MISTAKE(                             \
      doubled, "98.11", id, "it differs where " #otherwise, (real x)->real { return as_doubled(x, otherwise); })
DOUBLED_MISTAKE("another-test", x == 1)
DOUBLED_MISTAKE("another-check", x == 2)
DOUBLED_MISTAKE("next-check", x == 4)
DOUBLED_MISTAKE("never", x == 5)
#undef DOUBLED_MISTAKE

namespace {

const Known one{"98.1", "one", "the first mistake"}, other{"98.1", "other", "the second mistake"};

const Parts right{{"", arma::mat{1}}};

Seen thrown(const std::string& what) { return {{}, false, what, "it threw"}; }

Seen holds() { return {right, false, "", ""}; }

/// One check of `function`, which throws; the two mistakes come to these.
void throws(const std::string& function, const Seen& first, const Seen& second) {
  Check check;
  check.function = function, check.expected = right;
  const Seen own = thrown("out of bounds");
  settle(check, own, [&] { return own; }, {{&one, [&] { return first; }}, {&other, [&] { return second; }}});
}

std::string clues_of(const std::string& task) {
  std::string clues;
  for (const Finding& finding : findings())
    if (finding.task == task)
      for (const std::string& clue : finding.clues) clues += clue + "\n";
  return clues;
}

std::string named(const std::string& task) {
  std::string ids;
  for (const Finding& finding : findings())
    if (finding.task == task)
      for (const Known& known : finding.mistakes) ids += known.id + " ";
  return ids;
}

}  // namespace

// What is told of each task stands in the test after it: these fail, as a student's checks do.
TEST_CASE("a helper throws, whatever the mistake", "[98.1][!shouldfail]") {
  throws("helper", thrown("out of bounds"), thrown("out of bounds"));
}

TEST_CASE("a mistake held elsewhere, and the helper throws", "[98.2][!shouldfail]") {
  throws("once", thrown("out of bounds"), holds());
  throws("once", thrown("out of bounds"), thrown("out of bounds"));
}

TEST_CASE("one mistake throws as the student's code does", "[98.3][!shouldfail]") {
  throws("own", holds(), thrown("out of bounds"));
}

TEST_CASE("what throws alike with every known mistake names none of them") {
  CHECK(named("98.1").empty());
  CHECK(named("98.2") == "one ");
  CHECK(named("98.3") == "other ");
}

TEST_CASE("a check holds", "[98.11]") { check<doubled>(2, real(1)); }

TEST_CASE("where all holds no mistake is tried") { CHECK(tried == 0); }

TEST_CASE("checks hold, and two of three others fail", "[98.11][!shouldfail]") {
  check<doubled>(4, real(2));
  for (const real x : {3, 4}) check<doubled>(2 * x, x);
  check<doubled>(5, real(2.5));
}

TEST_CASE("a mistake that fails where the student's code held is not named, and that code is not asked again") {
  CHECK(named("98.11") == "never ");
  CHECK(asked == 5 + 1);  // what fails first is asked twice
}

TEST_CASE("three single numbers are right when arguments change places", "[98.6][!shouldfail]") {
  Check check;
  check.function = "few", check.expected = right, check.extra = "it is right when a and b change places";
  const Seen own{Parts{{"", arma::mat{2}}}, false, "", "it differs"};
  for (int k = 0; k < 3; ++k) settle(check, own, [&] { return own; }, {});
  check.function = "many";
  for (int k = 0; k < 4; ++k) settle(check, own, [&] { return own; }, {});
}

TEST_CASE("arguments that change places are told where that is no chance") {
  const std::string clues = clues_of("98.6");
  CHECK(clues.find("few: it is right") == std::string::npos);
  CHECK(clues.find("many: it is right when a and b change places") != std::string::npos);
}

TEST_CASE("a mistake that is the same in three checks of nine, or of ten", "[98.9][!shouldfail]") {
  const auto seen = [](double x) { return Seen{Parts{{"", arma::mat{x}}}, false, "", "it differs"}; };
  for (const char* function : {"third", "less"})
    for (int k = 0; k < (function == std::string("third") ? 9 : 10); ++k) {
      Check check;
      check.function = function, check.expected = Parts{{"", arma::mat{double(k)}}};
      const Seen own = seen(k + 2.5 + k * k), other = k < 3 ? own : seen(-k);
      settle(check, own, [&] { return own; }, {{&one, [&] { return other; }}});
    }
}

TEST_CASE("one of two mistakes is told by the checks that it explains") {
  const std::string clues = clues_of("98.9");
  CHECK(clues.find("third: a known mistake gives the same in 3 of the 9 failed checks: the first mistake. It does not "
                   "explain the others") != std::string::npos);
  CHECK(clues.find("less: a known") == std::string::npos);
}

TEST_CASE("a mistake says 0, too, in fifteen checks of twenty where it should be 1", "[98.10][!shouldfail]") {
  const auto seen = [](double x) { return Seen{Parts{{"", arma::mat(1, 1).fill(x)}}, false, "", "it differs"}; };
  for (int k = 0; k < 20; ++k) {
    Check check;
    check.function = "bit", check.expected = Parts{{"", arma::mat(1, 1).fill(1)}};
    settle(check, seen(0), [&] { return seen(0); }, {{&one, [&] { return k < 15 ? seen(0) : seen(1); }}});
  }
}

TEST_CASE("a wrong 0 like a mistake's is no evidence of it") {
  const std::string clues = clues_of("98.10");
  CHECK(clues.find("bit: the result is 0") != std::string::npos);
  CHECK(clues.find("known mistake") == std::string::npos);
}

TEST_CASE("a mistake that gives six wrong numbers of twelve, or five", "[98.4][!shouldfail]") {
  const auto seen = [](const arma::mat& value) { return Seen{Parts{{"", value}}, false, "", "it differs"}; };
  for (const arma::uword alike : {6, 5}) {
    Check check;
    check.function = alike == 6 ? "half" : "minority",
    check.expected = Parts{{"", arma::mat(1, 12, arma::fill::zeros)}};
    const arma::mat own = arma::square(arma::regspace<arma::rowvec>(1, 12));
    arma::mat mistake(1, 12, arma::fill::zeros);
    mistake.head_cols(alike) = own.head_cols(alike);
    settle(check, seen(own), [&] { return seen(own); }, {{&one, [&] { return seen(mistake); }}});
  }
}

TEST_CASE("a mistake that gives less than half of what is wrong is not told") {
  const std::string clues = clues_of("98.4");
  CHECK(clues.find("half: a known mistake gives 6 of the 12 wrong numbers: the first mistake. It does not explain the "
                   "other 6") != std::string::npos);
  CHECK(clues.find("minority: a known") == std::string::npos);
}

TEST_CASE("arguments that do not fit are taken once, and lead to another exception twice", "[98.8][!shouldfail]") {
  const Seen wrong{Parts{{"", arma::mat{2}}}, false, "", "it differs"}, refused{{}, true, "no", ""};
  for (const char* function : {"takes", "chokes"}) {
    Check check;
    check.function = function, check.expected = right;
    settle(check, wrong, [&] { return wrong; }, {});
    check.asks = Asks::refusal, check.expected.reset();
    for (const Seen& seen : {thrown("out of bounds"), thrown("bad size"), refused})
      settle(check, seen, [&] { return seen; }, {});
    if (check.function == "takes") settle(check, wrong, [&] { return wrong; }, {});
  }
}

TEST_CASE("another exception is not told as taking what does not fit") {
  const std::string clues = clues_of("98.8");
  CHECK(clues.find("takes: besides, it takes arguments that do not fit, in 1 of 4 such checks") != std::string::npos);
  CHECK(clues.find("chokes: besides") == std::string::npos);
}

// Numbers that a mistake explains but for very little, as with a guard of another size.
TEST_CASE("all but a thousandth of what is wrong", "[98.5][!shouldfail]") {
  const auto seen = [](const arma::mat& value, const std::string& complaint) {
    return Seen{Parts{{"", value}}, false, "", complaint};
  };
  const arma::mat expected{{1, -2, 3, 7}}, mistake{{2, 5, -4, 9}};
  Check check;
  check.function = "nearly", check.expected = Parts{{"", expected}};
  const Seen own = seen(mistake + 1e-5, "it differs");
  settle(check, own, [&] { return own; }, {{&one, [&] { return seen(mistake, "it differs"); }}});
}

TEST_CASE("-1e9 is not nearly -1e4 where minus infinity is wanted", "[98.7][!shouldfail]") {
  const auto seen = [](double x) { return Seen{Parts{{"", arma::mat(4, 5).fill(x)}}, false, "", "it differs"}; };
  Check check;
  check.function = "mask", check.expected = seen(-arma::datum::inf).result;
  settle(check, seen(-1e9), [&] { return seen(-1e9); }, {{&one, [&] { return seen(-1e4); }}});
}

TEST_CASE("what a mistake nearly gives is told as that") {
  const std::string clues = clues_of("98.5");
  for (const Finding& finding : findings())
    for (const std::string& clue : finding.clues) CHECK((finding.task != "98.7" || clue.find("known") == clue.npos));
  CHECK(clues.find("a known mistake nearly gives 4 of the 4 wrong numbers: the first mistake") != std::string::npos);
}

}  // namespace nn
