#include "base/oracles.hpp"

#include <catch2/catch_test_macros.hpp>
#include <stdexcept>

using base::without_oracles;

TEST_CASE("an oracle keeps its name and loses its body", "[oracles]") {
  CHECK(without_oracles("a\nstatic const auto f = oracle<mat>(\"f\", [](const mat& Z) { return (2 * Z); });\nb\n") ==
        "a\nstatic const auto f = oracle<mat>(\"f\");\nb\n");
  CHECK(without_oracles("each(Z, oracle<std::vector<mat>>(\n    \"two words\", g))") ==
        "each(Z, oracle<std::vector<mat>>(\n    \"two words\"))");
  CHECK(without_oracles("no oracle, check<f>(1, 2)") == "no oracle, check<f>(1, 2)");
}

TEST_CASE("parentheses in strings, characters and comments do not count", "[oracles]") {
  CHECK(without_oracles("oracle<int>(\"f\", [] { return \"\\\")\" + ')' + 1'000;  // :-)\n}) + 1") ==
        "oracle<int>(\"f\") + 1");
  CHECK_THROWS_AS(without_oracles("oracle<int>(\"f\", [] { return 1; }"), std::runtime_error);
}
