// What ./course bench makes of its readings.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "tools/staff/bench.hpp"

using namespace course;
using Catch::Matchers::Equals;
using Catch::Matchers::WithinAbs;

namespace {

const BenchCase usual{100, 1, "float"};

BenchReading reading(const BenchCase& at, const std::string& key, int round, double wall) {
  return {at, key, key, round, wall, wall / 2, key == "products" ? -1 : 0.95, 60};
}

const BenchBound& bound(const std::vector<BenchBound>& bounds, const std::string& what) {
  for (const BenchBound& b : bounds)
    if (b.what == what) return b;
  throw std::runtime_error("no bound is called " + what);
}

}  // namespace

TEST_CASE("ratios are taken within a round, so that a slow round spoils none") {
  // the machine is ten times slower in round 2
  const std::vector<BenchReading> readings = {reading(usual, "ours", 1, 0.10), reading(usual, "numpy", 1, 0.20),
                                              reading(usual, "ours", 2, 1.00), reading(usual, "numpy", 2, 2.10),
                                              reading(usual, "ours", 3, 0.10), reading(usual, "numpy", 3, 0.22)};
  CHECK_THAT(paired_ratio(readings, usual, "numpy", usual, "ours"), WithinAbs(2.1, 1e-12));
  CHECK(std::isnan(paired_ratio(readings, usual, "torch_loader", usual, "ours")));
}

TEST_CASE("a bound holds, does not hold, or was not measured") {
  const BenchCase wide{800, 1, "float"}, wide_two{800, 2, "float"};
  const std::vector<BenchBound> bounds = bench_bounds(
      {reading(usual, "ours", 1, 0.107), reading(usual, "cblas_tuned", 1, 0.1), reading(usual, "numpy", 1, 0.25),
       reading(wide, "ours", 1, 0.9), reading(wide_two, "ours", 1, 0.5)});
  CHECK_FALSE(bound(bounds, "width 100: ours / hand-tuned cblas").holds());
  CHECK(bound(bounds, "width 100: NumPy, written out / ours").holds());
  CHECK(bound(bounds, "width 800: one thread / two threads").holds());
  CHECK(std::isnan(bound(bounds, "width 100: mlpack / ours").found));
  CHECK_FALSE(bound(bounds, "width 100: mlpack / ours").holds());
}

TEST_CASE("lesson 10 has bounds of its own") {
  const BenchCase one{128, 1, "float", "10"}, two{128, 2, "float", "10"};
  const std::vector<BenchReading> readings = {reading(one, "ours", 1, 1.3), reading(one, "products", 1, 1),
                                              reading(one, "torch_tensors", 1, 1.5), reading(two, "ours", 1, 1.4)};
  const std::vector<BenchBound> bounds = bench_bounds(readings, "10");
  CHECK(bound(bounds, "filters: ours / matrix products alone").holds());
  CHECK_FALSE(bound(bounds, "filters: PyTorch tensors / ours").holds());
  CHECK_FALSE(bound(bounds, "filters: one thread / two threads").holds());
  CHECK_THAT(one.name(), Equals("filters-128-10, float, 1 thread"));
  CHECK(std::isnan(bound(bench_bounds(readings), "width 100: ours / matrix products alone").found));
}

TEST_CASE("on one thread the processor's time counts, on two the clock") {
  BenchReading ours = reading(usual, "ours", 1, 9), numpy = reading(usual, "numpy", 1, 2);
  ours.cpu = 1;
  CHECK_THAT(paired_ratio({ours, numpy}, usual, "numpy", usual, "ours"), WithinAbs(1, 1e-12));
  ours.at.threads = 2;
  CHECK_THAT(paired_ratio({ours, numpy}, usual, "numpy", ours.at, "ours"), WithinAbs(2.0 / 9, 1e-12));
}

TEST_CASE("the table is sorted by time and fits 80 columns") {
  CHECK_THAT(bench_table({reading(usual, "ours", 1, 0.11), reading(usual, "products", 1, 0.10),
                          reading({100, 2, "float"}, "ours", 1, 0.01)},
                         usual),
             Equals("784-100-10, float, 1 thread\n"
                    "                            s/epoch    CPU s   / ours  peak MB   test set\n"
                    "products                     0.1000   0.0500     0.91       60\n"
                    "ours                         0.1100   0.0550     1.00       60    95.00 %\n"));
}
