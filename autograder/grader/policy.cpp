#include "autograder/grader/policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/project.hpp"

namespace grader {

constexpr Time day = 24 * 3600;

std::optional<Lateness> lateness(const LatePolicy& policy, std::optional<Time> submitted) {
  if (!policy.due || !submitted) return {};
  Lateness late{base::utc_text(*submitted), base::utc_text(*policy.due), 0, 0, 0};
  const Time after = *submitted - *policy.due;
  if (after <= policy.grace) return late;
  late.days = int((after + day - 1) / day);
  late.free_days = std::min(late.days, policy.free_days);
  late.penalty = std::min(policy.most, (late.days - late.free_days) * policy.penalty);
  return late;
}

Time parse_time(const std::string& text) {
  std::tm t{};
  int year = 0, hours = 0, minutes = 0, length = 0;
  char zone = 0;
  const int read = std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n%c%2d:%2d", &year, &t.tm_mon, &t.tm_mday,
                               &t.tm_hour, &t.tm_min, &t.tm_sec, &length, &zone, &hours, &minutes);
  const bool utc = read == 7 && zone == 'Z' && text.size() == std::size_t(length) + 1;
  const bool offset = read == 9 && (zone == '+' || zone == '-') && text.size() == std::size_t(length) + 6;
  t.tm_year = year - 1900;
  --t.tm_mon;
  const std::tm asked = t;
  const Time local = timegm(&t);  // which turns 31 April into 1 May
  if ((!utc && !offset) || asked.tm_mon != t.tm_mon || asked.tm_mday != t.tm_mday || asked.tm_hour != t.tm_hour ||
      asked.tm_min != t.tm_min || asked.tm_sec != t.tm_sec || hours > 14 || minutes > 59)
    throw base::UsageError(
        fmt::format("'{}' is no time; expected one like 2026-11-21T23:59:00+01:00 or 2026-11-21T22:59:00Z", text));
  return local - (zone == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

Earlier read_earlier(const std::filesystem::path& file) {
  const auto report = nlohmann::json::parse(base::read_file(file), nullptr, false);
  if (!report.is_object() || report.value("schema", "") != "nand2mnist/report/v1")
    throw base::UsageError(
        fmt::format("{} is no report of an earlier grading, expected what --json wrote", file.string()));
  Earlier earlier;
  if (report.contains("late")) earlier.submitted = parse_time(report.at("late").at("submitted"));
  if (report.contains("score")) earlier.score = report.at("score").get<int>();
  return earlier;
}

}  // namespace grader
