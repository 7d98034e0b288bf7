#include "autograder/grader/batch/changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

namespace grader {

using json = nlohmann::ordered_json;

static Before state_of(const Report& report) {
  Before now;
  if (!report.infrastructure_failed()) now.score = report.score(), now.points = report.points();
  now.penalty = report.late ? report.late->penalty : 0;
  for (const LessonReport& lesson : report.lessons)
    for (const TaskReport& task : lesson.tasks)
      now.verdicts[task.id] = words(task.verdict), now.worth[task.id] = task.points;
  return now;
}

/// "3" of "3.2"; a hidden test's id begins with a letter.
static std::set<std::string> lessons_of(const std::map<std::string, std::string>& verdicts) {
  std::set<std::string> all;
  for (const auto& [task, verdict] : verdicts)
    if (std::isdigit(static_cast<unsigned char>(task[0]))) all.insert(task.substr(0, task.find('.')));
  return all;
}

bool Before::is_of_lessons_of(const Report& report) const {
  return lessons_of(verdicts) == lessons_of(state_of(report).verdicts);
}

Scores read_scores(const std::string& text) {
  Scores all;
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object()) return all;
  for (const auto& [student, each] : document.items()) {
    Before& before = all[student];
    if (each.contains("score")) before.score = each.at("score").get<int>();
    before.points = each.value("points", 0);
    before.penalty = each.value("penalty", 0);
    before.worth = each.value("worth", std::map<std::string, int>{});
    before.verdicts = each.value("verdicts", std::map<std::string, std::string>{});
  }
  return all;
}

std::string scores_json(const std::vector<Report>& reports) {
  json all = json::object();
  for (const Report& report : reports) {
    const Before now = state_of(report);
    json each = {{"points", now.points}, {"penalty", now.penalty}, {"verdicts", now.verdicts}, {"worth", now.worth}};
    if (now.score) each["score"] = *now.score;
    all[report.submission] = each;
  }
  return all.dump(1) + "\n";
}

std::vector<std::string> changes(const Scores& before, const std::vector<Report>& reports) {
  std::vector<std::pair<int, std::string>> all;
  for (const Report& report : reports) {
    const auto it = before.find(report.submission);
    const Before now = state_of(report);
    if (it == before.end() || it->second.score == now.score) continue;
    const auto is_other = [&](const auto& each) {
      const auto old = it->second.verdicts.find(each.first);
      return old != it->second.verdicts.end() && old->second != each.second;
    };
    if (!it->second.is_of_lessons_of(report) && std::ranges::none_of(now.verdicts, is_other)) continue;
    const auto shown = [](std::optional<int> score) { return score ? std::to_string(*score) : "no score"; };
    std::vector<std::string> why;
    for (const auto& [task, verdict] : now.verdicts) {
      const auto old = it->second.verdicts.find(task);
      const std::string was = old == it->second.verdicts.end() ? "not graded" : old->second;
      if (was != verdict) why.push_back(fmt::format("{} {} -> {}", task, was, verdict));
    }
    for (const auto& [task, verdict] : it->second.verdicts)
      if (!now.verdicts.contains(task)) why.push_back(fmt::format("{} {} -> not graded", task, verdict));
    for (const auto& [task, points] : it->second.worth)
      if (const auto other = now.worth.find(task); other != now.worth.end() && other->second != points)
        why.push_back(fmt::format("{} is worth {}, not {}", task, other->second, points));
    if (now.penalty != it->second.penalty)
      why.push_back(fmt::format("late {} % -> {} %", it->second.penalty, now.penalty));
    if (report.by_hand && report.by_hand->score) why.push_back("by hand");
    if (why.empty()) why.push_back("before, a score by hand counted, or the better of two");
    const int difference = now.score.value_or(0) - it->second.score.value_or(0);
    all.emplace_back(difference, fmt::format("{}: {} -> {} ({:+}): {}", report.submission, shown(it->second.score),
                                             shown(now.score), difference, fmt::join(why, ", ")));
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> lines;
  for (const auto& each : all) lines.push_back(each.second);
  return lines;
}

void warn_of_lost_tests(const Kit& kit, const fs::path& out) {
  if (!fs::exists(out / "scores.json")) return;
  std::set<std::string> lost;
  for (const auto& [student, before] : read_scores(base::read_file(out / "scores.json")))
    for (const auto& [task, verdict] : before.verdicts) lost.insert(task);
  for (const base::Lesson& lesson : kit.project.lessons) {
    for (const base::Task& task : lesson.tasks) lost.erase(task.id);
    const auto hidden = kit.hidden.find(lesson.number);
    if (hidden == kit.hidden.end()) continue;
    for (const HiddenTask& each : hidden->second) lost.erase(each.task.id);
  }
  if (!lost.empty())
    fmt::print(stderr,
               "warning: the grading before in {} had tests that this grader does not have: {}.\n"
               "Hidden tests count only with `./course grade --hidden DIR`, each time.\n",
               out.string(), fmt::join(lost, ", "));
}

}  // namespace grader
