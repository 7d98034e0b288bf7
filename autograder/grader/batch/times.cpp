#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "autograder/grader/batch/batch.hpp"

namespace grader {

std::map<std::string, Time> read_times(const std::string& file, const std::vector<Handed>& handed) {
  std::map<std::string, Time> all;
  if (file.empty()) return all;
  std::istringstream lines(course::read_file(file));
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const auto comma = line.rfind(',');
    if (line.empty() || (number == 1 && line == "student,submitted")) continue;
    std::string name = line.substr(0, comma == std::string::npos ? 0 : comma);
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    const bool known = std::any_of(handed.begin(), handed.end(), [&](const Handed& each) { return each.name == name; });
    if (!known)
      throw course::UsageError(
          fmt::format("{}:{}: expected \"student,time\" with a name of the class, found '{}'", file, number, line));
    all[name] = parse_time(line.substr(comma + 1));
  }
  return all;
}

}  // namespace grader
