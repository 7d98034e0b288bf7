// How a cost grows: measured at several sizes, and held against the law that it should follow.
//
//   Curve curve{"epoch-samples", "an epoch", "samples", "seconds", {{1, 0.5, 4000}}};   // seconds ~ samples^1 from
//   4000 on measure(curve, effort, [&](double n) { return [=] { one_epoch(n); }; });
#pragma once

#include <csignal>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace growth {

/// What is expected among the sizes `from` ... `to`: y ~ x^slope, within `allowed` of the slope.
struct Law {
  double slope, allowed, from, to = std::numeric_limits<double>::infinity();
};

struct Curve {
  std::string file;         ///< the name of its CSV, without .csv
  std::string title, x, y;  ///< what is measured; the two columns
  std::vector<Law> laws;    ///< the first one is what is drawn and printed beside the measured values
  std::vector<double> sizes = {}, values = {};

  std::vector<std::size_t> under(const Law& law) const;  ///< the points that it speaks of; throws unless there are 3
  double slope(const Law& law) const;                    ///< the slope of their line, both axes logarithmic
  double expected(double size) const;                    ///< the line of the first law's slope, through its points
};

/// How long to measure.
struct Effort {
  bool quick = false;

  int rounds() const { return quick ? 5 : 7; }
  double seconds() const { return quick ? 0.001 : 0.005; }  ///< at least, for one value: short work is repeated
  double up_to(double size, double when_quick) const { return quick ? when_quick : size; }
};

/// CPU seconds of this process: what other programs do to the clock on the wall does not count.
double cpu_seconds();

/// Set by Ctrl-C; the next measurement then throws Stopped.
extern volatile std::sig_atomic_t stopped;
struct Stopped {};
void stop_if_asked();

std::vector<double> doubling(double from, double to);

/// The least CPU time of what `prepare(size)` returns, at each of the curve's sizes; the sizes take turns.
void measure(Curve& curve, const Effort& effort, const std::function<std::function<void()>(double)>& prepare);

/// Prints the curve as a table and writes it as CSV. False when a slope is not what a law says.
bool report(const Curve& curve, const std::filesystem::path& folder);

/// The four questions. `self` is this program, `folder` one for large files.
std::vector<Curve> gradient_curves(const Effort& effort);
std::vector<Curve> epoch_curves(const Effort& effort);
std::vector<Curve> filter_curves(const Effort& effort);
std::vector<Curve> loading_curves(const Effort& effort, const std::filesystem::path& self);

/// In a process of its own: loads the data set (none for an empty path); prints CPU seconds and the peak in kB.
int load_and_report(const std::filesystem::path& dataset);

}  // namespace growth
