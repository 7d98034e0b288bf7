// What is seen of a call, and of what judges its result.
#include "autograder/tests/support/expect.hpp"

#include <catch2/catch_test_macros.hpp>
#include <stdexcept>

namespace nn {

namespace {

template <class Exception>
Seen choked_on() {
  return seen([] { return mat(2, 2, arma::fill::ones); },
              [](const mat&) -> std::optional<std::string> { throw Exception("index out of bounds"); });
}

}  // namespace

TEST_CASE("an exception while a result is judged fails the check") {
  for (const Seen& own : {choked_on<std::out_of_range>(), choked_on<std::invalid_argument>()}) {
    CHECK(own.complaint == "it threw an exception: index out of bounds");
    CHECK_FALSE(own.result);
  }
  CHECK_THROWS_AS(choked_on<not_implemented>(), not_implemented);
}

TEST_CASE("what the judge says of a result is the complaint, and silence is none") {
  const auto one = [] { return mat(1, 1, arma::fill::ones); };
  CHECK(seen(one, [](const mat&) { return std::optional<std::string>("too small"); }).complaint == "too small");
  const Seen right = seen(one, [](const mat&) { return std::optional<std::string>(); });
  CHECK(right.complaint.empty());
  CHECK(right.result);
}

}  // namespace nn
