#include "nn/support/toys.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <vector>

using namespace nn;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::WithinAbs;

namespace {

using Maker = std::function<ToyData(uword, real, Rng&)>;

struct Toy {
  const char* name;
  uword classes;
  Maker make;
};

const std::vector<Toy> toys = {
    {"xor_points", 2, xor_points},
    {"circles", 2, [](uword n, real noise, Rng& rng) { return circles(n, noise, rng); }},
    {"moons", 2, moons},
    {"spiral", 3, [](uword n, real noise, Rng& rng) { return spiral(n, 3, noise, rng); }},
    {"blobs", 5, [](uword n, real noise, Rng& rng) { return blobs(n, 5, noise, rng); }},
};

constexpr double tiny = 1e-6;  // of a float build

}  // namespace

TEST_CASE("the tables of the gates are the truth tables", "[support][toys]") {
  for (const auto& [data, answers] : {std::pair{and_table(), uvec{0, 0, 0, 1}},
                                      {nand_table(), uvec{1, 1, 1, 0}},
                                      {or_table(), uvec{0, 1, 1, 1}},
                                      {xor_table(), uvec{0, 1, 1, 0}}}) {
    CHECK(arma::approx_equal(data.X, mat{{0, 0, 1, 1}, {0, 1, 0, 1}}, "absdiff", 0));
    CHECK(arma::all(data.labels == answers));
    CHECK(data.classes == 2);
    CHECK(data.size() == 4);
  }
}

TEST_CASE("every toy has the shape and the balance that it promises", "[support][toys]") {
  for (const Toy& toy : toys)
    for (const uword n : {5, 6, 7, 100}) {
      INFO(toy.name << ", n = " << n);
      Rng rng(1);
      const ToyData data = toy.make(n, real(0.2), rng);
      REQUIRE((data.X.n_rows == 2 && data.X.n_cols == n && data.labels.n_elem == n));
      CHECK(data.X.is_finite());
      CHECK(data.classes == toy.classes);
      for (uword i = 0; i < n; ++i) REQUIRE(data.labels(i) == i % toy.classes);
    }
}

TEST_CASE("the same seed gives the same toy, another seed another one", "[support][toys]") {
  for (const Toy& toy : toys) {
    INFO(toy.name);
    Rng one(3), same(3), other(4);
    const mat X = toy.make(20, real(0.1), one).X;
    CHECK(arma::approx_equal(X, toy.make(20, real(0.1), same).X, "absdiff", 0));
    CHECK_FALSE(arma::approx_equal(X, toy.make(20, real(0.1), other).X, "absdiff", real(1e-3)));
    CHECK(one.state == same.state);
  }
}

TEST_CASE("without noise every point lies where its class says", "[support][toys]") {
  Rng rng(2);
  const uword n = 300;

  const ToyData corners = xor_points(n, 0, rng);
  for (uword i = 0; i < n; ++i) {
    const bool x = corners.X(0, i) == 1, y = corners.X(1, i) == 1;
    REQUIRE((x || corners.X(0, i) == 0));
    REQUIRE((y || corners.X(1, i) == 0));
    REQUIRE((x != y) == (corners.labels(i) == 1));
  }
  const ToyData rings = circles(n, 0, rng, real(0.25));
  for (uword i = 0; i < n; ++i)
    REQUIRE_THAT(arma::norm(rings.X.col(i)), WithinAbs(rings.labels(i) == 0 ? 1 : 0.25, tiny));

  const ToyData halves = moons(n, 0, rng);
  for (uword i = 0; i < n; ++i) {
    const double x = halves.X(0, i), y = halves.X(1, i);
    REQUIRE_THAT(halves.labels(i) == 0 ? std::hypot(x, y) : std::hypot(x - 1, y - 0.5), WithinAbs(1, tiny));
    REQUIRE((halves.labels(i) == 0 ? y >= -tiny : y <= 0.5 + tiny));
  }
  const ToyData arms = spiral(n, 3, 0, rng, real(1.5));
  for (uword i = 0; i < n; ++i) {
    const double radius = arma::norm(arms.X.col(i)), angle = std::atan2(arms.X(1, i), arms.X(0, i));
    const double turn = angle / (2 * std::numbers::pi) - double(arms.labels(i)) / 3 - 1.5 * radius;
    REQUIRE(radius < 1);
    REQUIRE_THAT(turn - std::round(turn), WithinAbs(0, radius > 0.01 ? 1e-4 : 1));
  }
  const ToyData clouds = blobs(n, 4, 0, rng);
  const mat centres = {{1, 0, -1, 0}, {0, 1, 0, -1}};
  for (uword i = 0; i < n; ++i) REQUIRE(arma::norm(clouds.X.col(i) - centres.col(clouds.labels(i))) < tiny);
}

TEST_CASE("both corners of each XOR class are drawn", "[support][toys]") {
  Rng rng(2);
  const ToyData data = xor_points(100, 0, rng);
  for (const uword label : {0, 1}) {
    const mat X = data.X.cols(arma::find(data.labels == label));
    CHECK(arma::accu(X.row(0)) > 10);
    CHECK(arma::accu(X.row(0)) < 40);
  }
}

TEST_CASE("noise is the standard deviation of each coordinate", "[support][toys]") {
  Rng rng(5);
  const ToyData data = blobs(20000, 2, real(0.3), rng);
  for (const uword label : {0, 1}) {
    const mat X = data.X.cols(arma::find(data.labels == label));
    CHECK_THAT(arma::mean(X.row(0)), WithinAbs(label == 0 ? 1 : -1, 0.02));
    CHECK_THAT(arma::stddev(X.row(0)), WithinAbs(0.3, 0.01));
    CHECK_THAT(arma::stddev(X.row(1)), WithinAbs(0.3, 0.01));
  }
}

TEST_CASE("nonsense parameters of toys are refused, with the name of the toy", "[support][toys]") {
  Rng rng(1);
  const real inf = std::numeric_limits<real>::infinity(), nan = std::numeric_limits<real>::quiet_NaN();
  for (const Toy& toy : toys) {
    INFO(toy.name);
    for (const real noise : {real(-0.1), inf, -inf, nan})
      CHECK_THROWS_MATCHES(toy.make(10, noise, rng), std::invalid_argument,
                           MessageMatches(ContainsSubstring(std::string(toy.name) + ": noise is")));
    CHECK_THROWS_MATCHES(toy.make(toy.classes - 1, 0, rng), std::invalid_argument,
                         MessageMatches(ContainsSubstring(std::string(toy.name) + ": n is")));
  }
  for (const real inner : {real(0), real(1), real(-0.5), nan, inf})
    CHECK_THROWS_AS(circles(10, 0, rng, inner), std::invalid_argument);
  for (const real turns : {real(0), real(-1), nan, inf})
    CHECK_THROWS_AS(spiral(10, 2, 0, rng, turns), std::invalid_argument);
  CHECK_THROWS_AS(spiral(10, 0, 0, rng), std::invalid_argument);
  CHECK_THROWS_AS(blobs(10, 0, 0, rng), std::invalid_argument);
  CHECK(rng.state == 1);
}
