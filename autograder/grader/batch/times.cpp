#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "autograder/grader/batch/batch.hpp"
#include "base/csv.hpp"

namespace grader {

std::map<std::string, Time> read_times(const std::string& file, const std::vector<Handed>& handed) {
  std::map<std::string, Time> all;
  if (file.empty()) return all;
  std::vector<base::CsvRow> rows;
  try {
    rows = base::csv_rows(course::read_file(file));
  } catch (const std::runtime_error& error) {
    throw course::UsageError(fmt::format("{}: expected lines \"student,time\", but {}", file, error.what()));
  }
  for (const auto& [line, cells] : rows) {
    if (line == 1 && cells == std::vector<std::string>{"student", "submitted"}) continue;
    const std::string name = fmt::format("{}", fmt::join(cells.begin(), cells.end() - 1, ","));
    const bool known = std::any_of(handed.begin(), handed.end(), [&](const Handed& each) { return each.name == name; });
    if (!known)
      throw course::UsageError(fmt::format("{}:{}: expected \"student,time\" with a name of the class, found '{}'",
                                           file, line, fmt::join(cells, ",")));
    all[name] = parse_time(cells.back());
  }
  return all;
}

}  // namespace grader
