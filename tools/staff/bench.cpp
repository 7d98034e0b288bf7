#include "tools/staff/bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/median.hpp"
#include "base/terminal.hpp"

namespace course {

std::string BenchCase::name() const {
  return fmt::format("{}{}-10, {}, {} thread{}", lesson == "10" ? "filters-" : "784-", width, real, threads,
                     threads > 1 ? "s" : "");
}

namespace {

// The values that `take` finds in the readings of one program of one case, round by round.
template <class Take>
std::vector<double> values(const std::vector<BenchReading>& readings, const BenchCase& at, const std::string& key,
                           Take take) {
  std::vector<double> found;
  for (const BenchReading& r : readings)
    if (r.at == at && r.key == key) found.push_back(take(r));
  return found;
}

}  // namespace

double paired_ratio(const std::vector<BenchReading>& readings, const BenchCase& a_at, const std::string& a,
                    const BenchCase& b_at, const std::string& b) {
  std::vector<double> ratios;
  for (const BenchReading& x : readings)
    for (const BenchReading& y : readings)
      if (x.round == y.round && x.at == a_at && x.key == a && y.at == b_at && y.key == b)
        ratios.push_back(a_at.threads == 1 && b_at.threads == 1 ? x.cpu / y.cpu : x.wall / y.wall);
  return median(ratios);
}

std::vector<BenchBound> bench_bounds(const std::vector<BenchReading>& readings, const std::string& lesson) {
  std::vector<BenchBound> bounds;
  const auto ratio = [&](const std::string& what, const BenchCase& a_at, const std::string& a, const BenchCase& b_at,
                         const std::string& b, double bound, bool at_most) {
    bounds.push_back({what, paired_ratio(readings, a_at, a, b_at, b), bound, at_most});
  };
  const auto peak = [&](const BenchCase& at, double bound) {
    const auto found = values(readings, at, "ours", [](const BenchReading& r) { return r.megabytes; });
    bounds.push_back({fmt::format("width {}: peak memory of ours, MB", at.width), median(found), bound, true});
  };
  if (lesson == "10") {
    const BenchCase one{128, 1, "float", lesson}, two{128, 2, "float", lesson};
    ratio("filters: ours / matrix products alone", one, "ours", one, "products", 1.35, true);
    ratio("filters: ours / hand-tuned cblas", one, "ours", one, "cblas_tuned", 1.10, true);
    ratio("filters: PyTorch tensors / ours", one, "torch_tensors", one, "ours", 1.25, false);
    ratio("filters: one thread / two threads", one, "ours", two, "ours", 1.0, false);
    peak(one, 120);
    return bounds;
  }
  const BenchCase usual{100, 1, "float"}, wide{800, 1, "float"}, twice{100, 1, "double"};
  ratio("width 100: ours / hand-tuned cblas", usual, "ours", usual, "cblas_tuned", 1.06, true);
  ratio("width 100: ours / matrix products alone", usual, "ours", usual, "products", 1.25, true);
  ratio("width 100: PyTorch tensors / ours", usual, "torch_tensors", usual, "ours", 1.35, false);
  ratio("width 100: PyTorch DataLoader / ours", usual, "torch_loader", usual, "ours", 2.2, false);
  ratio("width 100: NumPy, written out / ours", usual, "numpy", usual, "ours", 1.7, false);
  ratio("width 100: NumPy, layers as objects / ours", usual, "numpy_layers", usual, "ours", 1.7, false);
  ratio("width 100: scikit-learn / ours", usual, "sklearn", usual, "ours", 1.7, false);
  ratio("width 100: mlpack / ours", usual, "mlpack", usual, "ours", 1.9, false);
  ratio("width 800: ours / matrix products alone", wide, "ours", wide, "products", 1.10, true);
  ratio("double: ours / hand-tuned cblas", twice, "ours", twice, "cblas_tuned", 1.15, true);
  for (const int width : {30, 100, 800}) {
    const BenchCase one{width, 1, "float"}, two{width, 2, "float"};
    ratio(fmt::format("width {}: one thread / two threads", width), one, "ours", two, "ours", width == 800 ? 1.6 : 1.0,
          false);
  }
  peak(usual, 80);
  return bounds;
}

std::string bench_table(const std::vector<BenchReading>& readings, const BenchCase& at) {
  std::vector<std::pair<double, std::string>> rows;
  std::set<std::string> seen;
  for (const BenchReading& r : readings) {
    if (r.at != at || !seen.insert(r.key).second) continue;
    const auto of = [&](auto take) { return median(values(readings, at, r.key, take)); };
    const double wall = of([](const BenchReading& x) { return x.wall; });
    const double accuracy = of([](const BenchReading& x) { return x.accuracy; });
    rows.emplace_back(wall, fmt::format("{:<26} {:>8.4f} {:>8.4f} {:>8.2f} {:>8.0f}{}\n", r.name, wall,
                                        of([](const BenchReading& x) { return x.cpu; }),
                                        paired_ratio(readings, at, r.key, at, "ours"),
                                        of([](const BenchReading& x) { return x.megabytes; }),
                                        accuracy < 0 ? "" : fmt::format("{:>9.2f} %", 100 * accuracy)));
  }
  std::sort(rows.begin(), rows.end());
  std::string table = fmt::format("{}\n{:<26} {:>8} {:>8} {:>8} {:>8} {:>10}\n", ink(Ink::bold, at.name()), "",
                                  "s/epoch", "CPU s", "/ ours", "peak MB", "test set");
  for (const auto& row : rows) table += row.second;
  return table;
}

}  // namespace course
