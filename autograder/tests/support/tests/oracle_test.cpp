#include "autograder/tests/support/oracle.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "base/tests/temp_folder.hpp"
#include "contracts/backprop.hpp"

namespace nn {

template <class T>
static T read_again(const T& value) {
  std::string line;
  detail::write_numbers(line, value);
  const char* at = line.c_str();
  T other{};
  detail::read_numbers(at, other);
  CHECK(std::string(at) == " ");
  return other;
}

TEST_CASE("what an oracle said is read as it was written", "[oracle]") {
  CHECK(read_again(real(0.1)) == real(0.1));
  CHECK(read_again(uword(1) << 63) == uword(1) << 63);
  CHECK(read_again(std::pair(true, std::vector<real>{1, -2})) == std::pair(true, std::vector<real>{1, -2}));
  const Network network{{{{1, 2, 3}, {4, 5, arma::datum::inf}}, {0.5, -1}, Activation::relu}};
  CHECK(same(parts_of(read_again(network)), parts_of(network), {0, 0}));
  const Trace trace{{mat(2, 0)}, {mat{{1, 2}}}};
  CHECK(same(parts_of(read_again(trace)), parts_of(trace), {0, 0}));
}

TEST_CASE("an oracle cannot be asked about what a student returned", "[oracle]") {
  const auto twice = oracle<real>("twice", [](real x) { return 2 * x; });
  CHECK(twice(real(3)) == 6);
  const detail::Looking looking;
  CHECK_THROWS_AS(twice(real(3)), std::logic_error);
}

TEST_CASE("an oracle answers once more, and then goes on", "[oracle]") {
  const base::test::TempFolder folder;
  std::filesystem::create_directory(folder / "values");
  std::ofstream(folder / "values/some_test.txt")
      << "= an oracle answers once more, and then goes on\nnext: 1 \nnext: 2 \nnext: 3 \n";
  const std::string tests = folder / "some_test.cpp";
  const auto next = oracle<real>("next", tests.c_str());
  CHECK(next() == 1);
  for (int k = 0; k < 2; ++k) {
    const OraclesAgain again("an oracle answers once more, and then goes on");
    CHECK(next() == 1);
    CHECK(next() == 2);
  }
  CHECK(next() == 2);
}

TEST_CASE("values that are not there are an error that names the file", "[oracle]") {
  const auto nothing = oracle<real>("nothing");
  try {
    nothing(real(1));
    FAIL("it answered");
  } catch (const std::runtime_error& e) {
    CHECK(std::string(e.what()).find("values/oracle_test.txt") != std::string::npos);
  }
}

}  // namespace nn
