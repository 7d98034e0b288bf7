// Who may have copied: Debian's similarity-tester on what students added to the stubs, lesson by lesson.
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "autograder/grader/class_report/class_report.hpp"
#include "autograder/grader/intake.hpp"
#include "tools/course/stubs.hpp"

namespace grader {

namespace {

constexpr const char* program = "/usr/bin/sim_c++";
constexpr int least_percent = 60;       // independent answers reach half of that
constexpr std::size_t least_own = 200;  // bytes; what is shorter says nothing

std::string trimmed(const std::string& line) {
  const auto begin = line.find_first_not_of(" \t\r");
  return begin == std::string::npos ? "" : line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

/// The lines that are not in the stub too.
std::string own_lines(const std::string& text, const std::set<std::string>& stub) {
  std::string own;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (!stub.count(trimmed(line))) own += line + "\n";
  return own;
}

std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) all.insert(trimmed(line));
  return all;
}

/// The pairs among the numbered files of a folder, from "A consists for P % of B material".
std::vector<std::tuple<int, int, int>> compare(const Sandbox& sandbox, const fs::path& folder,
                                               const std::vector<int>& numbers) {
  Job job;
  job.argv = {program, "-p", "-e", "-t", std::to_string(least_percent)};
  for (const int number : numbers) job.argv.push_back((folder / fmt::format("{}.cpp", number)).string());
  job.shown = {folder};
  job.tools = true;
  job.limits.cpu_seconds = 300;
  job.limits.wall_seconds = 600;
  job.limits.output = std::size_t{64} << 20;
  const Ended ended = sandbox.start(job).wait();
  if (!ended.ok()) throw Unavailable("sim_c++ did not end as it should: " + ended.output.substr(0, 200));
  std::vector<std::tuple<int, int, int>> all;
  static const std::regex line(R"(/(\d+)\.cpp consists for (\d+) % of \S*/(\d+)\.cpp material)");
  for (auto it = std::sregex_iterator(ended.output.begin(), ended.output.end(), line); it != std::sregex_iterator();
       ++it)
    all.emplace_back(std::stoi((*it)[1]), std::stoi((*it)[3]), std::stoi((*it)[2]));
  return all;
}

}  // namespace

Similar similar_pairs(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const fs::path& root,
                      const std::vector<Handed>& handed) try {
  Similar all;
  if (!fs::exists(program)) return {"sim_c++ is not installed (package similarity-tester)", {}};
  std::vector<Submission> submissions;
  for (const Handed& each : handed) try {
      submissions.push_back(take_in(each.path, kit.project, sandbox, kit.unpack()));
    } catch (const std::exception&) {
      submissions.emplace_back();  // nothing to compare
    }
  for (const course::Lesson& lesson : kit.project.lessons) {
    const fs::path folder = work.make("similar-" + lesson.number);
    std::map<std::string, std::vector<int>> same;  // by own text: copies to the letter need no comparing
    for (int i = 0; i < int(submissions.size()); ++i) {
      std::string own;
      for (const std::string& file : lesson.files) {
        const auto it = submissions[std::size_t(i)].sources.find(lesson.name + "/" + file);
        if (it == submissions[std::size_t(i)].sources.end()) continue;
        const fs::path solution = root / "solutions" / lesson.name / file;
        own +=
            own_lines(it->second.text, fs::exists(solution)
                                           ? lines_of(course::make_stub(lesson, course::read_file(solution), file).text)
                                           : std::set<std::string>{});
      }
      if (own.size() >= least_own) same[own].push_back(i);
    }
    std::vector<int> firsts;
    for (const auto& [own, members] : same) {
      firsts.push_back(members[0]);
      course::write_file(folder / fmt::format("{}.cpp", members[0]), own);
      for (std::size_t k = 1; k < members.size(); ++k)
        all.pairs.push_back(
            {lesson.number, handed[std::size_t(members[0])].name, handed[std::size_t(members[k])].name, 100});
    }
    if (firsts.size() < 2) continue;
    std::map<std::pair<int, int>, int> best;
    for (const auto& [a, b, percent] : compare(sandbox, folder, firsts)) {
      int& known = best[{std::min(a, b), std::max(a, b)}];
      known = std::max(known, percent);
    }
    for (const auto& [pair, percent] : best)
      all.pairs.push_back(
          {lesson.number, handed[std::size_t(pair.first)].name, handed[std::size_t(pair.second)].name, percent});
    fs::remove_all(folder);
  }
  std::stable_sort(all.pairs.begin(), all.pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.percent > b.percent; });
  return all;
} catch (const Unavailable& e) {
  return {e.what(), {}};
}

}  // namespace grader
