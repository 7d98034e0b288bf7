// Who may have copied: Debian's similarity-tester on what students added to the stubs, lesson by lesson.
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "autograder/grader/class_report/class_report.hpp"
#include "autograder/grader/intake.hpp"
#include "base/stubs.hpp"

namespace grader {

namespace {

constexpr const char* program = "/usr/bin/sim_c++";
constexpr int least_percent = 60;  // independent answers reach half of that
constexpr int copied_percent = 95;
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
  job.rights = Rights::compiler;
  job.limits.cpu_seconds = 300;
  job.limits.wall_seconds = 600;
  job.limits.output = std::size_t{64} << 20;
  const JobResult ended = sandbox.start(job).wait();
  if (!ended.ok()) throw Unavailable("sim_c++ did not end as it should: " + ended.output.substr(0, 200));
  std::vector<std::tuple<int, int, int>> all;
  static const std::regex line(R"(/(\d+)\.cpp consists for (\d+) % of \S*/(\d+)\.cpp material)");
  for (auto it = std::sregex_iterator(ended.output.begin(), ended.output.end(), line); it != std::sregex_iterator();
       ++it)
    all.emplace_back(std::stoi((*it)[1]), std::stoi((*it)[3]), std::stoi((*it)[2]));
  return all;
}

/// What each added to the stub of this lesson, by number; those with too little to say anything are left out.
std::map<int, std::string> own_texts(const base::Lesson& lesson, const std::vector<Submission>& submissions,
                                     const fs::path& root) {
  std::map<int, std::string> all;
  for (int i = 0; i < int(submissions.size()); ++i) {
    std::string own;
    for (const std::string& file : lesson.files) {
      const auto it = submissions[std::size_t(i)].sources.find(lesson.name + "/" + file);
      const fs::path solution = root / "solutions" / lesson.name / file;
      if (it == submissions[std::size_t(i)].sources.end()) continue;
      const std::string stub =
          fs::exists(solution) ? base::make_stub(lesson, base::read_file(solution), file).text : "";
      own += own_lines(it->second.text, lines_of(stub));
    }
    if (own.size() >= least_own) all[i] = own;
  }
  return all;
}

/// Copies become one group, whoever of them was compared with whom; everything else stays a pair.
void group(const std::string& lesson, const std::map<std::pair<int, int>, int>& percents,
           const std::vector<SubmittedWork>& submitted, std::vector<Alike>& groups) {
  std::map<int, int> leader;
  const auto find = [&](int i) {
    while (leader.count(i) && leader[i] != i) i = leader[i];
    return i;
  };
  for (const auto& [pair, percent] : percents)
    if (percent >= copied_percent) {
      const int a = find(pair.first), b = find(pair.second);
      leader[std::max(a, b)] = leader[std::min(a, b)] = std::min(a, b);
    }
  std::map<int, Alike> copies;
  for (const auto& [number, any] : leader) {
    Alike& each = copies.try_emplace(find(number), Alike{lesson, {}, 100}).first->second;
    each.students.push_back(submitted[std::size_t(number)].name);
  }
  for (const auto& [pair, percent] : percents) {
    if (percent >= copied_percent)
      copies[find(pair.first)].percent = std::min(copies[find(pair.first)].percent, percent);
    else
      groups.push_back(
          {lesson, {submitted[std::size_t(pair.first)].name, submitted[std::size_t(pair.second)].name}, percent});
  }
  for (const auto& [first, each] : copies) groups.push_back(each);
}

}  // namespace

Similar similar_groups(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const fs::path& root,
                       const std::vector<SubmittedWork>& submitted, const std::vector<std::string>& lessons,
                       const std::set<std::pair<int, int>>& partners) try {
  Similar all;
  if (!fs::exists(program)) return {"sim_c++ is not installed (./course install similarity)", {}};
  std::vector<Submission> submissions;
  for (const SubmittedWork& each : submitted) try {
      submissions.push_back(take_in(each.paths, kit.project, sandbox, kit.unpack()));
    } catch (const std::exception&) {
      submissions.emplace_back();  // nothing to compare
    }
  for (const base::Lesson& lesson : kit.project.lessons) {
    if (!lessons.empty() && !std::count(lessons.begin(), lessons.end(), lesson.number)) continue;
    const fs::path folder = work.make("similar-" + lesson.number);
    std::map<std::string, int> first;  // by own text: copies to the letter need no comparing
    std::map<std::pair<int, int>, int> percents;
    std::vector<int> different;
    for (const auto& [number, own] : own_texts(lesson, submissions, root)) {
      const auto [it, is_new] = first.emplace(own, number);
      if (!is_new) {
        percents[{it->second, number}] = 100;
        continue;
      }
      different.push_back(number);
      base::write_file(folder / fmt::format("{}.cpp", number), own);
    }
    if (different.size() > 1)
      for (const auto& [a, b, percent] : compare(sandbox, folder, different)) {
        int& known = percents[{std::min(a, b), std::max(a, b)}];
        known = std::max(known, percent);
      }
    std::erase_if(percents, [&](const auto& pair) { return partners.contains(pair.first); });
    group(lesson.number, percents, submitted, all.groups);
    fs::remove_all(folder);
  }
  std::stable_sort(all.groups.begin(), all.groups.end(),
                   [](const Alike& a, const Alike& b) { return a.percent > b.percent; });
  return all;
} catch (const std::exception& e) {  // whatever it is: the class is graded without this
  return {e.what(), {}};
}

}  // namespace grader
