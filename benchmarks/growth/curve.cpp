#include "benchmarks/growth/curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <stdexcept>

#include "nn/support/csv.hpp"

namespace growth {
namespace {

double seconds_of(const std::function<void()>& work, int times) {
  const double start = cpu_seconds();
  for (int i = 0; i < times; ++i) work();
  return cpu_seconds() - start;
}

std::string range(const Law& law, const std::string& x) {
  return std::isinf(law.to) ? fmt::format("for {} from {:.4g} on", x, law.from)
                            : fmt::format("for {} from {:.4g} to {:.4g}", x, law.from, law.to);
}

}  // namespace

volatile std::sig_atomic_t stopped = 0;

void stop_if_asked() {
  if (stopped) throw Stopped();
}

double cpu_seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

std::vector<double> doubling(double from, double to) {
  std::vector<double> sizes;
  for (double size = from; size <= to; size *= 2) sizes.push_back(size);
  return sizes;
}

std::vector<std::size_t> Curve::under(const Law& law) const {
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (law.from <= sizes[i] && sizes[i] <= law.to) points.push_back(i);
  if (points.size() < 3)
    throw std::logic_error(fmt::format("{}: {} points {}, expected at least 3", file, points.size(), range(law, x)));
  return points;
}

double Curve::slope(const Law& law) const {
  const std::vector<std::size_t> points = under(law);
  double mean_x = 0, mean_y = 0, xy = 0, xx = 0;
  for (const std::size_t i : points) {
    mean_x += std::log(sizes[i]) / double(points.size());
    mean_y += std::log(values[i]) / double(points.size());
  }
  for (const std::size_t i : points) {
    const double dx = std::log(sizes[i]) - mean_x;
    xy += dx * (std::log(values[i]) - mean_y);
    xx += dx * dx;
  }
  return xy / xx;
}

double Curve::expected(double size) const {
  const Law& law = laws.front();
  const std::vector<std::size_t> points = under(law);
  double height = 0;
  for (const std::size_t i : points)
    height += (std::log(values[i]) - law.slope * std::log(sizes[i])) / double(points.size());
  return std::exp(height) * std::pow(size, law.slope);
}

void measure(Curve& curve, const Effort& effort, const std::function<std::function<void()>(double)>& prepare) {
  struct Point {
    std::function<void()> work;
    int times = 1;
    double spent = 0;
  };
  std::vector<Point> points;
  for (const double size : curve.sizes) points.push_back({prepare(size)});
  curve.values.assign(points.size(), std::numeric_limits<double>::infinity());
  for (Point& point : points) {
    stop_if_asked();
    point.work();  // memory and caches are warm from here on
    while (seconds_of(point.work, point.times) < effort.seconds()) point.times *= 2;
  }
  for (int round = 0; round < effort.rounds(); ++round)
    for (std::size_t i = 0; i < points.size(); ++i) {
      stop_if_asked();
      if (points[i].spent > 1 && round >= 3) continue;
      const double seconds = seconds_of(points[i].work, points[i].times);
      points[i].spent += seconds;
      curve.values[i] = std::min(curve.values[i], seconds / points[i].times);
    }
}

bool report(const Curve& curve, const std::filesystem::path& folder) {
  fmt::print("{}\n{:>14}{:>14}{:>14}{:>12}\n", curve.title, curve.x, curve.y, "expected", "ratio");
  nn::CsvLog csv(folder / (curve.file + ".csv"), {curve.x, curve.y, "expected"});
  for (std::size_t i = 0; i < curve.sizes.size(); ++i) {
    const double expected = curve.expected(curve.sizes[i]);
    fmt::print("{:>14.6g}{:>14.4g}{:>14.4g}{:>12.2f}\n", curve.sizes[i], curve.values[i], expected,
               curve.values[i] / expected);
    csv.row(curve.sizes[i], curve.values[i], expected);
  }
  bool as_expected = true;
  for (const Law& law : curve.laws) {
    const double slope = curve.slope(law);
    const bool right = std::abs(slope - law.slope) <= law.allowed;  // and NaN is not
    fmt::print("  slope {:.2f} {}, expected {:g} +- {:g}{}\n", slope, range(law, curve.x), law.slope, law.allowed,
               right ? "" : ": NO");
    as_expected = as_expected && right;
  }
  fmt::print("\n");
  std::fflush(stdout);
  return as_expected;
}

}  // namespace growth
