#include "nn/support/toys.hpp"

#include <cmath>
#include <functional>
#include <numbers>
#include <string>

#include "nn/support/shape.hpp"

namespace nn {
namespace {

constexpr double pi = std::numbers::pi;

struct Point {
  double x = 0, y = 0;
};

Point on_circle(double angle, double radius = 1) { return {radius * std::cos(angle), radius * std::sin(angle)}; }

ToyData table(uvec answers) { return {mat{{0, 0, 1, 1}, {0, 1, 0, 1}}, std::move(answers), 2}; }

/// n points, sample i drawn by `draw` for class i mod classes, with noise on both coordinates.
ToyData sample(const std::string& name, uword n, uword classes, real noise, Rng& rng,
               const std::function<Point(uword)>& draw) {
  require(classes > 0, name, "the number of classes is 0, expected at least 1");
  require(n >= classes, name,
          "n is " + std::to_string(n) + ", expected at least " + std::to_string(classes) + " (one point a class)");
  require(std::isfinite(noise) && noise >= 0, name,
          "noise is " + std::to_string(noise) + ", expected a standard deviation: 0 or more, and finite");
  ToyData data{mat(2, n, arma::fill::none), uvec(n, arma::fill::none), classes};
  for (uword i = 0; i < n; ++i) {
    const Point point = draw(i % classes);
    data.X(0, i) = static_cast<real>(point.x) + noise * rng.normal();
    data.X(1, i) = static_cast<real>(point.y) + noise * rng.normal();
    data.labels(i) = i % classes;
  }
  return data;
}

}  // namespace

ToyData and_table() { return table({0, 0, 0, 1}); }
ToyData nand_table() { return table({1, 1, 1, 0}); }
ToyData or_table() { return table({0, 1, 1, 1}); }
ToyData xor_table() { return table({0, 1, 1, 0}); }

ToyData xor_points(uword n, real noise, Rng& rng) {
  return sample("xor_points", n, 2, noise, rng, [&](uword label) {
    const double x = static_cast<double>(rng.below(2));
    return Point{x, label == 0 ? x : 1 - x};
  });
}

ToyData circles(uword n, real noise, Rng& rng, real inner) {
  require(inner > 0 && inner < 1, "circles",
          "inner is " + std::to_string(inner) + ", expected a radius between 0 and 1");
  return sample("circles", n, 2, noise, rng,
                [&](uword label) { return on_circle(rng.uniform(0, real(2 * pi)), label == 0 ? 1 : inner); });
}

ToyData moons(uword n, real noise, Rng& rng) {
  return sample("moons", n, 2, noise, rng, [&](uword label) {
    const Point p = on_circle(rng.uniform(0, real(pi)));
    return label == 0 ? p : Point{1 - p.x, 0.5 - p.y};
  });
}

ToyData spiral(uword n, uword arms, real noise, Rng& rng, real turns) {
  require(std::isfinite(turns) && turns > 0, "spiral",
          "turns is " + std::to_string(turns) + ", expected more than 0, and finite");
  return sample("spiral", n, arms, noise, rng, [&](uword arm) {
    const double radius = rng.uniform(), start = static_cast<double>(arm) / static_cast<double>(arms);
    return on_circle(2 * pi * (start + turns * radius), radius);
  });
}

ToyData blobs(uword n, uword classes, real noise, Rng& rng) {
  return sample("blobs", n, classes, noise, rng, [&](uword label) {
    return on_circle(2 * pi * static_cast<double>(label) / static_cast<double>(classes));
  });
}

}  // namespace nn
