// compare_figures FRESH COMMITTED: are the numbers of the figures still those that are committed?
//
// Every CSV file of one folder must be in the other, with the same columns, as many rows, equal texts, and numbers that
// differ by at most absolute + relative * |committed|: 1e-9 and 2e-5 (one unit of the sixth digit), or what
// COMMITTED/tolerances says:
//   rates.csv  loss     0.02 0.1     absolute, relative         (* for a column: all of them)
//   cost.csv   seconds  any          measured: any finite number
// Exit code: 0 equal; 1 they differ, or there is nothing to compare; 2 usage.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "base/files.hpp"

namespace {
namespace fs = std::filesystem;

struct Tolerance {
  double absolute = 1e-9, relative = 2e-5;
  bool any = false;
};
using Tolerances = std::map<std::pair<std::string, std::string>, Tolerance>;  // by file and column

Tolerances read_tolerances(const fs::path& path) {
  Tolerances all;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string name, column, first;
    Tolerance tolerance;
    words >> name >> column >> first;
    tolerance.any = first == "any";
    if (!tolerance.any) {
      tolerance.absolute = std::stod(first);
      if (!(words >> tolerance.relative))
        throw std::runtime_error(fmt::format("{}: cannot read `{}`", path.string(), line));
    }
    all[{name, column}] = tolerance;
  }
  return all;
}

std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

bool close(const std::string& fresh, const std::string& committed, const Tolerance& tolerance) {
  const auto a = number(fresh), b = number(committed);
  if (!a || !b) return fresh == committed;
  if (tolerance.any) return std::isfinite(*a) == std::isfinite(*b);
  if (!std::isfinite(*a) || !std::isfinite(*b)) return fresh == committed;
  return std::abs(*a - *b) <= tolerance.absolute + tolerance.relative * std::abs(*b);
}

std::string compare(const std::string& name, const fs::path& fresh, const fs::path& committed,
                    const Tolerances& tolerances) {
  const auto a = base::csv_rows(base::read_file(fresh / name)), b = base::csv_rows(base::read_file(committed / name));
  if (b.size() < 2) return "the committed file has no rows";
  if (a.size() != b.size()) return fmt::format("{} rows, committed {}", a.size(), b.size());
  const auto& columns = a[0].cells;
  if (columns != b[0].cells)
    return fmt::format("columns {}, committed {}", fmt::join(columns, ","), fmt::join(b[0].cells, ","));
  std::string first;
  std::size_t differ = 0, all = 0;
  for (std::size_t i = 1; i < a.size(); ++i) {
    const auto &x = a[i].cells, &y = b[i].cells;
    if (x.size() != y.size()) return fmt::format("line {}: {} cells, committed {}", a[i].line, x.size(), y.size());
    for (std::size_t j = 0; j < x.size() && j < columns.size(); ++j, ++all) {
      auto rule = tolerances.find({name, columns[j]});
      if (rule == tolerances.end()) rule = tolerances.find({name, "*"});
      const Tolerance tolerance = rule == tolerances.end() ? Tolerance{} : rule->second;
      if (close(x[j], y[j], tolerance)) continue;
      if (differ++ == 0)
        first = fmt::format("line {}, column {}: {}, committed {} (tolerance {} + {} relative)", a[i].line, columns[j],
                            x[j], y[j], tolerance.absolute, tolerance.relative);
    }
  }
  return differ == 0 ? "" : fmt::format("{}; {} of {} cells differ", first, differ, all);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3 || !fs::is_directory(argv[1]) || !fs::is_directory(argv[2])) {
    fmt::print(stderr, "usage: compare_figures FRESH COMMITTED, two folders of CSV files\n");
    return 2;
  }
  const fs::path fresh = argv[1], committed = argv[2];
  std::set<std::string> names;
  for (const fs::path& folder : {fresh, committed})
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".csv") names.insert(entry.path().filename().string());
  const Tolerances tolerances = read_tolerances(committed / "tolerances");
  int problems = 0;
  for (const auto& [key, tolerance] : tolerances)
    if (!names.contains(key.first)) ++problems, fmt::print("tolerances: there is no file {}\n", key.first);
  for (const std::string& name : names) {
    std::string problem;
    if (!fs::exists(committed / name)) problem = "new, not committed";
    else if (!fs::exists(fresh / name)) problem = "committed, but no longer made";
    else problem = compare(name, fresh, committed, tolerances);
    if (!problem.empty()) ++problems, fmt::print("{}: {}\n", name, problem);
  }
  if (names.empty())
    fmt::print("there is nothing to compare: no CSV file in {} or {}\n", fresh.string(), committed.string());
  else if (problems == 0) fmt::print("{} files as committed\n", names.size());
  return problems > 0 || names.empty() ? 1 : 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "compare_figures: {}\n", error.what());
  return 2;
}
