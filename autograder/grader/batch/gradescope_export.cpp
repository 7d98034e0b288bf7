// What Gradescope says of the submissions that it hands out: submission_metadata.yml.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "autograder/grader/batch/submissions.hpp"
#include "autograder/grader/policy.hpp"
#include "autograder/remote/printable.hpp"
#include "base/files.hpp"

namespace grader {

/// "2026-06-01 10:00:00.000000000 -08:00" and "2026-06-01T10:00:00Z" as we write times.
static std::string as_we_write(std::string time) {
  if (const auto dot = time.find('.'); dot != std::string::npos)
    time.erase(dot, time.find_first_not_of("0123456789", dot + 1) - dot);
  if (time.size() > 10 && time[10] == ' ') time[10] = 'T';
  std::erase(time, ' ');
  if (time.ends_with("UTC")) time.replace(time.size() - 3, 3, "Z");
  return time;
}

void read_gradescope_metadata(const fs::path& file, std::vector<SubmittedWork>& handed) try {
  const YAML::Node all = YAML::Load(base::read_file(file));
  const auto text = [](const YAML::Node& node) {
    return node && node.IsScalar() ? nn::detail::printable(node.as<std::string>(), 100) : std::string();
  };
  for (SubmittedWork& each : handed) {
    const YAML::Node said = all[each.paths.at(0).filename().string()];
    if (!said) continue;
    for (const YAML::Node& person : said[":submitters"])
      each.members.push_back({text(person[":name"]), text(person[":sid"]), "", text(person[":email"]), "", "", ""});
    if (const std::string time = text(said[":created_at"]); !time.empty())
      each.submitted = parse_time(as_we_write(time));
    if (each.members.size() == 1) each.name = each.members[0].name;
  }
} catch (const YAML::Exception& e) {
  throw base::UsageError(fmt::format("{}: {}", file.string(), e.what()));
}

}  // namespace grader
