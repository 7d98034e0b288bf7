#include "nn/support/random.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

using namespace nn;
using Catch::Matchers::WithinAbs;

static_assert(std::uniform_random_bit_generator<Rng>);
static_assert(std::is_trivially_copyable_v<Rng> && sizeof(Rng) == 8);

namespace {
constexpr bool is_double = std::is_same_v<real, double>;
const real infinite = std::numeric_limits<real>::infinity(), not_a_number = std::numeric_limits<real>::quiet_NaN();
}  // namespace

TEST_CASE("the bits are those of the published SplitMix64", "[support][random]") {
  Rng rng(1234567);
  for (const std::uint64_t expected :
       {6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u, 16408922859458223821u})
    CHECK(rng() == expected);
}

TEST_CASE("the first uniform numbers are the same on every platform", "[support][random]") {
  Rng rng(7);
  for (const double expected : {0.38982974839127149, 0.016788294528156111, 0.90076068060688341, 0.58293029302807808})
    if (is_double) CHECK(rng.uniform() == static_cast<real>(expected));
    else CHECK_THAT(rng.uniform(), WithinAbs(expected, 1e-7));
}

TEST_CASE("the first uniform numbers of an interval are the same on every platform", "[support][random]") {
  Rng rng(7);
  for (const double expected : {-0.050851258043642655, -1.9160585273592194, 2.503803403034417, 0.91465146514039031})
    CHECK(rng.uniform(-2, 3) == static_cast<real>(expected));
}

TEST_CASE("the first normal numbers are the same on every platform", "[support][random]") {
  Rng rng(7);
  for (const double expected : {0x1.fd7247e5e67efp-1, -0x1.73dc57638381ap-3, 0x1.dab5d9561ca08p-3, 0x1.24cbd99439b31p+1,
                                -0x1.2bbe804fd10f2p+0, -0x1.1cd0b2e74839ap-3})
    CHECK(rng.normal() == static_cast<real>(expected));
}

TEST_CASE("normal numbers agree with the same computation in 200 bits", "[support][random]") {
  Rng rng(7);
  for (const double exact : {0.9950125187053783076, -0.18157261154596045200, 0.23179216188471247853,
                             2.287471005798032773724, -1.170875567900165288207, -0.139069936450167124245})
    CHECK_THAT(rng.normal(), WithinAbs(exact, is_double ? 2e-15 : 2e-7));
}

TEST_CASE("integers below a bound are the same on every platform", "[support][random]") {
  Rng rng(7);
  for (const uword expected : {7, 4, 6, 3, 4, 5, 8, 2, 5, 5, 3, 6}) CHECK(rng.below(10) == expected);
}

TEST_CASE("integers below a bound that does not divide 2^64 reject what would bias them", "[support][random]") {
  if (sizeof(uword) < 8) SKIP("needs 64-bit sizes");
  Rng rng(7);  // one quarter of all draws is rejected; the values come from an independent implementation
  for (const std::uint64_t expected : {7191089600892374487u, 2781043691533445634u, 10753165928301472203u,
                                       8346079845500723674u, 8632209307422871798u, 6051947643683389182u})
    CHECK(rng.below(static_cast<uword>(3ull << 62)) == expected);
}

TEST_CASE("a permutation is the same on every platform", "[support][random]") {
  Rng rng(7);
  CHECK(arma::all(random_permutation(8, rng) == uvec{1, 4, 5, 2, 6, 0, 3, 7}));
}

TEST_CASE("a permutation holds every number once", "[support][random]") {
  for (const std::uint64_t seed : {0, 1, 2})
    for (const uword n : {0, 1, 2, 3, 100, 1001}) {
      Rng rng(seed);
      const uvec order = random_permutation(n, rng);
      REQUIRE(order.n_elem == n);
      CHECK(arma::all(arma::sort(order) == arma::regspace<uvec>(0, n).head(n)));
    }
}

TEST_CASE("all permutations of four are equally likely", "[support][random]") {
  Rng rng(3);
  std::array<int, 256> counts{};
  for (int i = 0; i < 24000; ++i) {
    const uvec p = random_permutation(4, rng);
    ++counts[p(0) * 64 + p(1) * 16 + p(2) * 4 + p(3)];
  }
  int seen = 0;
  double chi_squared = 0;
  for (const int count : counts)
    if (count > 0) {
      ++seen;
      chi_squared += (count - 1000.0) * (count - 1000.0) / 1000.0;
    }
  CHECK(seen == 24);
  CHECK(chi_squared < 49.7);  // 23 degrees of freedom: exceeded once in a thousand seeds
}

TEST_CASE("uniform numbers stay in their interval and fill it", "[support][random]") {
  for (const std::uint64_t seed : {0, 1, 2}) {
    Rng rng(seed);
    const mat X = random_uniform(100, 1000, -3, 5, rng);
    REQUIRE(X.is_finite());
    CHECK(X.min() >= -3);
    CHECK(X.max() < 5);
    CHECK_THAT(arma::mean(arma::vectorise(X)), WithinAbs(1, 0.03));
    CHECK_THAT(arma::var(arma::vectorise(X)), WithinAbs(64 / 12.0, 0.08));
  }
}

TEST_CASE("an interval of neighbouring numbers never yields its upper end", "[support][random]") {
  Rng rng(1);
  const real low = 1, high = std::nextafter(low, real(2));
  for (int i = 0; i < 100; ++i) REQUIRE(rng.uniform(low, high) == low);
  for (int i = 0; i < 100; ++i) REQUIRE(rng.uniform(low, low) == low);
}

TEST_CASE("normal numbers have the moments and the quantiles of a normal distribution", "[support][random]") {
  for (const std::uint64_t seed : {0, 1, 2}) {
    Rng rng(seed);
    std::vector<double> x(200000);
    for (double& value : x) value = rng.normal();
    double mean = 0, square = 0, cube = 0, fourth = 0;
    for (const double value : x) {
      mean += value;
      square += value * value;
      cube += value * value * value;
      fourth += value * value * value * value;
    }
    const double n = static_cast<double>(x.size());
    CHECK_THAT(mean / n, WithinAbs(0, 0.01));
    CHECK_THAT(square / n, WithinAbs(1, 0.015));
    CHECK_THAT(cube / n, WithinAbs(0, 0.04));
    CHECK_THAT(fourth / n, WithinAbs(3, 0.1));

    std::sort(x.begin(), x.end());
    double worst = 0;  // Kolmogorov-Smirnov
    for (std::size_t i = 0; i < x.size(); ++i)
      worst = std::max(worst, std::abs(0.5 * std::erfc(-x[i] / std::sqrt(2.0)) - (static_cast<double>(i) + 0.5) / n));
    CHECK(worst * std::sqrt(n) < 1.95);  // exceeded once in a thousand seeds
  }
}

TEST_CASE("a random matrix is filled column by column", "[support][random]") {
  Rng one(5), other(5);
  const mat X = random_normal(3, 2, one);
  REQUIRE((X.n_rows == 3 && X.n_cols == 2));
  for (uword j = 0; j < 2; ++j)
    for (uword i = 0; i < 3; ++i) CHECK(X(i, j) == other.normal());
  CHECK(one.state == other.state);
  CHECK(random_normal(0, 4, one).n_cols == 4);
}

TEST_CASE("a copy of a generator repeats its numbers, another seed does not", "[support][random]") {
  Rng rng(11);
  rng();
  Rng copy = rng;
  CHECK(rng.normal() == copy.normal());
  CHECK(Rng(11)() != Rng(12)());
}

TEST_CASE("nonsense intervals and bounds are refused", "[support][random]") {
  Rng rng(1);
  const real huge = std::numeric_limits<real>::max();
  CHECK_THROWS_AS(rng.uniform(1, 0), std::invalid_argument);
  CHECK_THROWS_AS(rng.uniform(0, infinite), std::invalid_argument);
  CHECK_THROWS_AS(rng.uniform(-infinite, 0), std::invalid_argument);
  CHECK_THROWS_AS(rng.uniform(not_a_number, 1), std::invalid_argument);
  CHECK_THROWS_AS(rng.uniform(0, not_a_number), std::invalid_argument);
  CHECK_THROWS_AS(rng.uniform(-huge, huge), std::invalid_argument);
  CHECK_THROWS_AS(random_uniform(0, 0, 1, 0, rng), std::invalid_argument);
  CHECK_THROWS_AS(rng.below(0), std::invalid_argument);
  CHECK(rng.state == 1);  // a refused call draws nothing
}
