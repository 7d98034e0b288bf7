#include "autograder/grader/class_report/class_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"
#include "base/median.hpp"

namespace grader {

namespace {

constexpr std::size_t most_rows = 40;

std::string more(std::size_t all) {
  return all > most_rows ? fmt::format("<p>… and {} more.</p>\n", all - most_rows) : "";
}

std::string fact(const std::string& number, const std::string& what) {
  return fmt::format("<li><b>{}</b> {}</li>\n", number, what);
}

/// The numbers of the students' rows, to lead there from other tables.
std::map<std::string, std::size_t> anchors(const std::vector<Report>& reports) {
  std::map<std::string, std::size_t> all;
  for (std::size_t i = 0; i < reports.size(); ++i) all[reports[i].submission] = i;
  return all;
}

std::string link(const std::map<std::string, std::size_t>& anchors, const std::string& student) {
  return fmt::format("<a href=\"#s{}\">{}</a>", anchors.at(student), markup(student));
}

std::string summary(const Statistics& all, std::size_t submissions) {
  std::string out = "<ul class=\"facts\">\n" + fact(std::to_string(submissions), "submissions");
  if (!all.scores.empty()) {
    const double mean = std::accumulate(all.scores.begin(), all.scores.end(), 0.0) / double(all.scores.size());
    out += fact(fmt::format("{:.1f}", mean), fmt::format("mean, of {} points", all.points));
    out += fact(fmt::format("{}", base::median(all.scores)), "median");
    out += fact(fmt::format("{} … {}", all.scores.front(), all.scores.back()), "least and most");
  }
  out += fact(fmt::format("{:.0f} min", (all.compiling + all.testing) / 60),
              fmt::format("of work for the grader: {:.0f} s compiling, {:.0f} s testing", all.compiling, all.testing));
  return out + "</ul>\n";
}

std::string not_graded(const Statistics& all, const std::vector<Report>& reports) {
  if (all.not_graded.empty()) return "";
  std::string out =
      fmt::format("<div class=\"alarm\"><b>{} not graded</b>: they have no score.<ul>\n", all.not_graded.size());
  for (const Report& report : reports)
    if (report.infrastructure_failed())
      out += fmt::format("<li>{}: {}{}</li>\n", markup(report.submission),
                         report.unclear ? "" : "the grader itself failed. ",
                         report.notes.empty() ? "" : markup(report.notes[0]));
  return out + "</ul></div>\n";
}

std::string mistakes(const Statistics& all) {
  std::string out = "<h2>Known mistakes</h2>\n";
  if (all.mistakes.empty()) return out + "<p>None was recognised.</p>\n";
  out += "<table><tr><th class=\"n\">students</th><th>task</th><th>mistake</th></tr>\n";
  for (std::size_t i = 0; i < std::min(most_rows, all.mistakes.size()); ++i) {
    const Statistics::Mistake& each = all.mistakes[i];
    std::string names;
    for (const std::string& student : each.students) names += (names.empty() ? "" : ", ") + markup(student);
    out +=
        fmt::format("<tr><td class=\"n\">{}</td><td>{}</td><td><details><summary>{}</summary>{}</details></td></tr>\n",
                    each.students.size(), markup(each.task), markup(each.sentence), names);
  }
  return out + "</table>\n" + more(all.mistakes.size());
}

std::string broken(const Statistics& all, const std::map<std::string, std::size_t>& anchors) {
  std::string out = "<h2>What did not compile</h2>\n";
  if (all.broken.empty()) return out + "<p>Everything compiled.</p>\n";
  out += "<table><tr><th>lesson</th><th>student</th><th>first error</th></tr>\n";
  for (std::size_t i = 0; i < std::min(most_rows, all.broken.size()); ++i) {
    const Statistics::NotCompiling& each = all.broken[i];
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", markup(each.lesson), link(anchors, each.student),
                       markup(shortened(each.error, 200)));
  }
  return out + "</table>\n" + more(all.broken.size());
}

/// The same students, in one lesson or more.
struct Together {
  std::vector<std::string> students;
  std::string lessons;  ///< "98 % in 03, 71 % in 05"
  int percent = 0;      ///< the most
};

/// What has students in common stands together, so that a circle of ten is one row, not forty-five.
std::vector<std::vector<Together>> circles(const std::vector<Alike>& groups) {
  std::map<std::set<std::string>, Together> by_students;
  for (const Alike& each : groups) {
    Together& one = by_students[{each.students.begin(), each.students.end()}];
    one.students = each.students;
    one.lessons += fmt::format("{}{} % in {}", one.lessons.empty() ? "" : ", ", each.percent, each.lesson);
    one.percent = std::max(one.percent, each.percent);
  }
  std::vector<std::pair<std::set<std::string>, std::vector<Together>>> all;
  for (const auto& one : by_students) {
    std::set<std::string> names = one.first;
    std::vector<Together> rows = {one.second};
    std::erase_if(all, [&](auto& other) {
      if (std::ranges::none_of(other.first, [&](const auto& name) { return one.first.contains(name); })) return false;
      names.merge(other.first);
      rows.insert(rows.end(), other.second.begin(), other.second.end());
      return true;
    });
    all.emplace_back(names, rows);
  }
  std::vector<std::vector<Together>> sorted;
  for (auto& [names, rows] : all) {
    std::ranges::stable_sort(rows, std::greater(), &Together::percent);
    sorted.push_back(std::move(rows));
  }
  std::ranges::stable_sort(sorted, std::greater(), [](const auto& rows) { return rows.front().percent; });
  return sorted;
}

std::string similar(const Similar& all, const std::map<std::string, std::size_t>& anchors) {
  std::string out = "<h2>Similar answers</h2>\n";
  if (!all.unavailable.empty()) return out + fmt::format("<p>Not compared: {}.</p>\n", markup(all.unavailable));
  out +=
      "<p>What students added to the stubs, compared lesson by lesson. Short answers are often alike for good reasons; "
      "look before you ask.</p>\n";
  if (all.groups.empty()) return out + "<p>No two are much alike.</p>\n";
  const auto names = [&](const std::vector<std::string>& students) {
    std::string text;
    for (const std::string& student : students) text += (text.empty() ? "" : ", ") + link(anchors, student);
    return text;
  };
  out += "<table><tr><th class=\"n\">alike</th><th>students</th></tr>\n";
  const auto found = circles(all.groups);
  for (std::size_t i = 0; i < std::min(most_rows, found.size()); ++i) {
    std::set<std::string> everybody;
    std::string lines;
    for (const Together& each : found[i]) {
      everybody.insert(each.students.begin(), each.students.end());
      lines += fmt::format("{}{}: {}", lines.empty() ? "" : "<br>", names(each.students), markup(each.lessons));
    }
    if (found[i].size() > 1)
      lines = fmt::format("<details><summary>{} students, {} pairs or groups</summary>{}</details>", everybody.size(),
                          found[i].size(), lines);
    out += fmt::format("<tr><td class=\"n\">{} %</td><td>{}</td></tr>\n", found[i].front().percent, lines);
  }
  return out + "</table>\n" + more(found.size());
}

std::string students(const std::vector<Report>& reports) {
  std::string out =
      "<h2>Students</h2>\n<table><tr><th>student</th><th class=\"n\">points</th><th class=\"n\">seconds</th></tr>\n";
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const Report& report = reports[i];
    const bool graded = !report.infrastructure_failed();
    std::string lost, notes;
    std::map<Verdict, std::string> ids;
    for (const LessonReport& lesson : report.lessons)
      for (const TaskReport& task : lesson.tasks)
        if (task.verdict != Verdict::passed) ids[task.verdict] += " " + task.id;
    for (const auto& [verdict, which] : ids) lost += fmt::format("<br>{}:{}", words(verdict), markup(which));
    for (const std::string& note : report.notes) notes += "<br>" + markup(note);
    const std::string name = markup(report.submission);
    out += fmt::format("<tr id=\"s{}\"><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{:.1f}</td></tr>\n", i,
                       lost.empty() && notes.empty()
                           ? name
                           : fmt::format("<details><summary>{}</summary>{}{}</details>", name, notes, lost),
                       graded ? std::to_string(report.score()) : "not graded", report.seconds);
  }
  return out + "</table>\n";
}

}  // namespace

std::string class_report(const std::string& title, const std::vector<Report>& reports, const Similar& pairs) {
  const Statistics all = statistics(reports);
  const auto rows = anchors(reports);
  return fmt::format(
             "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, "
             "initial-scale=1\">\n<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
             markup(title), page_style) +
         summary(all, reports.size()) + not_graded(all, reports) + "<h2>Scores</h2>\n" +
         histogram(all.scores, all.points) + "<h2>Tasks</h2>\n" + verdict_bars(all.tasks) + mistakes(all) +
         broken(all, rows) + similar(pairs, rows) + students(reports) + "</body>\n</html>\n";
}

}  // namespace grader
