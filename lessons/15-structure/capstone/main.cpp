// The capstone of lesson 15, in three parts: most weights of a network that reads digits go, most of its units go, and
// networks for points of the plane grow. On the sample's 5000 images; 1000 test images, or 1000 new points, judge.
// Sizes, rates and shares are the first that were tried; points of the spirals have no noise, since its arms meet in
// the centre, where noise would make them two classes in one place.
#include <array>

#include "lessons/15-structure/capstone/size.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/claims.hpp"

namespace {

using namespace nn;
using trainer::all;
using trainer::Claims;

struct Settings : trainer::CapstoneSettings {
  bool curves = false, mnist = false;
};

/// Images to learn from and to be judged by, and a dense network that has learned.
struct Reading {
  const Dataset &train, &test;
  Course first, after;  ///< to learn, and to learn on once something is gone
  Network dense;

  double right(const Network& network) const { return 100 * double(accuracy(network, test, all(test))); }
};

Reading read(const trainer::Digits& digits, const Course& first, const Course& after, Rng& rng) {
  const Dataset& train = digits.train;
  return {train, digits.test, first, after, learn(hidden_of(100, train, rng), train, first, rng)};
}

/// Per cent of the test images, before and after what is left has learned on.
struct Thinned {
  double before = 0, after = 0;
};

enum class By { everywhere, each_layer, chance };

Thinned thin(const Reading& reading, By by, double share, Rng rng) {
  const std::vector<mat> masks = by == By::chance ? chance_masks(reading.dense, real(share), rng)
                                                  : magnitude_masks(reading.dense, real(share), by == By::everywhere);
  const Network thinned = masked(reading.dense, masks);
  return {reading.right(thinned), reading.right(learn_masked(thinned, masks, reading.train, reading.after, rng))};
}

/// So many units of the dense network.
Thinned fewer(const Reading& reading, uword units, Rng rng) {
  const Network kept = most_important(reading.dense, units);
  return {reading.right(kept), reading.right(learn(kept, reading.train, reading.after, rng))};
}

/// As many from the start, and the same epochs.
double small(const Reading& reading, uword units, Rng rng) {
  const Network network = learn(hidden_of(units, reading.train, rng), reading.train, reading.first, rng);
  return reading.right(learn(network, reading.train, reading.after, rng));
}

void weights(const Reading& reading, const Settings& settings, Claims& claims) {
  const double dense = reading.right(reading.dense);
  fmt::print("784-100-10, dense: {:.1f} % right\n", dense);
  double after[3] = {0, 0, 0};
  for (const auto& [by, name] : {std::pair{By::everywhere, "the smallest of all"},
                                 {By::each_layer, "the smallest of each layer"},
                                 {By::chance, "by chance"}})
    for (const double share : {0.9, 0.95, 0.99}) {
      if (share != 0.9 && (settings.quiet || by != By::everywhere)) continue;
      const Thinned now = thin(reading, by, share, Rng(settings.seed));
      fmt::print("{:.0f} % of the weights gone, {}: {:.1f} %, after {} more epochs {:.1f} %\n", 100 * share, name,
                 now.before, reading.after.epochs, now.after);
      if (share == 0.9) after[int(by)] = now.after;
    }
  claims.add("93 % right with a tenth of the weights", after[0] >= 93);
  claims.add("the smallest of all are a better choice than those of each layer, and these than chance",
             after[0] > after[1] && after[1] > after[2]);
}

void units(const Reading& reading, const Settings& settings, Claims& claims) {
  for (const uword count : {30, 10}) {
    if (count != 30 && settings.quiet) continue;
    const Thinned now = fewer(reading, count, Rng(settings.seed));
    fmt::print("{} of 100 units kept: {:.1f} %, after {} more epochs {:.1f} %; {} from the start: {:.1f} %\n", count,
               now.before, reading.after.epochs, now.after, count, small(reading, count, Rng(settings.seed)));
    if (count == 30) claims.add("92 % right with 30 of 100 units", now.after >= 92);
  }
}

/// As grow does it, but new units are drawn and begin where they fell.
uword units_by_chance(const ToyData& data, Rng rng) {
  Network network = one_unit(rng);
  std::vector<real> losses;
  while (true) {
    const Gradients g = backprop(network, data.X, targets(data), Loss::binary_cross_entropy);
    losses.push_back(g.loss);
    if (right_side(network, data) == 1 || network[0].b.n_elem >= most_units) return network[0].b.n_elem;
    const bool rests = settled(vec(losses), growth_window, growth_least);
    network = sgd_step(std::move(network), g, 1);
    if (!rests) continue;
    const mat W = random_normal(1, 2, rng);
    network = add_unit(std::move(network), {W, random_normal(1, 1, rng), Activation::tanh}, vec(1, arma::fill::zeros));
    losses.clear();
  }
}

void growth(const char* name, const std::function<ToyData(uword, Rng&)>& points, uword most, double least,
            const Settings& settings, Claims& claims) {
  Rng rng(settings.seed);
  const ToyData data = points(200, rng), fresh = points(1000, rng);
  const uword chance = settings.quiet ? 0 : units_by_chance(data, rng);
  const Grown grown = grow_on(data, rng);
  const uword count = grown.network[0].b.n_elem;
  const double right = 100 * right_side(grown.network, fresh);
  fmt::print("{}: grown to {} units in {} steps, {:.1f} % of new points right", name, count, grown.losses.n_elem - 1,
             right);
  if (!settings.quiet) fmt::print("; with new units drawn by chance {}", chance);
  fmt::print("\n");
  claims.add(fmt::format("{} units at most, {} % of the new points right", most, least),
             count <= most && right >= least);
}

double run(const Settings& settings) {
  const trainer::Digits& digits = trainer::digits({});
  if (!settings.quiet) fmt::print("{}\n\n", digits.title);
  Claims claims;
  Rng rng(settings.seed);
  const Reading reading = read(digits, at_first, afterwards, rng);
  weights(reading, settings, claims);
  units(reading, settings, claims);
  const real noise = real(0.08);
  growth(
      "circles", [&](uword n, Rng& r) { return circles(n, noise, r); }, 4, 92, settings, claims);
  growth(
      "moons", [&](uword n, Rng& r) { return moons(n, noise, r); }, 5, 97, settings, claims);
  growth(
      "two spirals", [](uword n, Rng& r) { return spiral(n, 2, 0, r); }, 6, 97, settings, claims);
  return claims.percent();
}

constexpr double shares[] = {0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99};

/// The mean of five seeds as CSV: per cent right against the share of weights that are gone, and of the units that are.
void curves() {
  mat by_share(std::size(shares), 6, arma::fill::zeros), of_units(9, 3, arma::fill::zeros);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Rng rng(seed);
    const Reading reading = read(trainer::digits({}), at_first, afterwards, rng);
    for (uword i = 0; i < by_share.n_rows; ++i)
      for (const By by : {By::everywhere, By::each_layer, By::chance}) {
        const Thinned now = thin(reading, by, shares[i], Rng(seed));
        by_share(i, 2 * uword(by)) += real(now.before) / 5;
        by_share(i, 2 * uword(by) + 1) += real(now.after) / 5;
      }
    for (uword i = 0; i < of_units.n_rows; ++i) {
      const uword count = uword(std::array{5, 8, 10, 15, 20, 30, 50, 70, 100}[i]);
      const Thinned now = fewer(reading, count, Rng(seed));
      of_units(i, 0) += real(now.before) / 5;
      of_units(i, 1) += real(now.after) / 5;
      of_units(i, 2) += real(small(reading, count, Rng(seed))) / 5;
    }
  }
  fmt::print("share,everywhere,everywhere_after,each_layer,each_layer_after,chance,chance_after\n");
  for (uword i = 0; i < by_share.n_rows; ++i)
    fmt::print("{},{:.1f},{:.1f},{:.1f},{:.1f},{:.1f},{:.1f}\n", 100 * shares[i], by_share(i, 0), by_share(i, 1),
               by_share(i, 2), by_share(i, 3), by_share(i, 4), by_share(i, 5));
  fmt::print("\nunits,kept,kept_after,from_start\n");
  for (uword i = 0; i < of_units.n_rows; ++i)
    fmt::print("{},{:.1f},{:.1f},{:.1f}\n", std::array{5, 8, 10, 15, 20, 30, 50, 70, 100}[i], of_units(i, 0),
               of_units(i, 1), of_units(i, 2));
}

/// The same on all of MNIST, as CSV: five epochs, and one more once something is gone.
void mnist(const Settings& settings) {
  Rng rng(settings.seed);
  const Reading reading = read(trainer::digits(settings.data), {5, at_first.rate}, {1, afterwards.rate}, rng);
  fmt::print("what,left,before,after\ndense,100,{:.1f},nan\n", reading.right(reading.dense));
  for (const double share : {0.9, 0.95, 0.99}) {
    const Thinned now = thin(reading, By::everywhere, share, Rng(settings.seed));
    fmt::print("weights,{:.0f},{:.1f},{:.1f}\n", 100 - 100 * share, now.before, now.after);
  }
  for (const uword count : {50, 30, 20, 10}) {
    const Thinned now = fewer(reading, count, Rng(settings.seed));
    fmt::print("units,{},{:.1f},{:.1f}\nsmall,{},nan,{:.1f}\n", count, now.before, now.after, count,
               small(reading, count, Rng(settings.seed)));
  }
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  return trainer::capstone(
      argc, argv, {"15", "Takes nine weights of ten away, and most units, and grows networks one by one.", false},
      settings,
      [&](trainer::Options& own) {
        own.flag("--curves", settings.curves, "the mean of five seeds for many shares: minutes, as CSV");
        own.flag("--mnist", settings.mnist, "weights and units that go, on all of MNIST: a minute, as CSV");
      },
      [&] {
        if (settings.curves) curves();
        else if (settings.mnist) mnist(settings);
        else return run(settings);
        return 100.0;
      });
}
