// What a class comes to: gradebooks, feedback for each, the class report, and a summary for whoever started it.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "autograder/grader/batch/batch.hpp"
#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"
#include "autograder/grader/report.hpp"
#include "base/median.hpp"

namespace grader {

namespace {

/// A file name for the student, which cannot lead out of the folder: names hold no slash, being names of files themselves.
std::string file_name(const std::string& student) { return student.starts_with(".") ? "_" + student : student; }

void write_feedback(const std::vector<Report>& reports, const fs::path& folder, const ClassOptions& options) {
  std::vector<std::string> names = {"text", "json"};
  names.insert(names.end(), options.formats.begin(), options.formats.end());
  const bool due_passed = options.policy.due && *options.policy.due < std::time(nullptr);
  std::set<fs::path> written;
  for (const Report& report : reports)
    for (const std::string& name : names) {  // all that stands here is for the student
      const Report shown = seen_by_student(report, due_passed, options.published);
      const std::optional<std::string> text = format(name).write(name == "text" ? shown : without_withheld(shown));
      if (!text) continue;
      const fs::path file = folder / (file_name(report.submission) + (name == "text" ? ".txt" : "." + name));
      course::write_file(file, *text);
      written.insert(file);
    }
  for (const auto& entry : fs::directory_iterator(folder))  // of students that are not in the class any more
    if (!written.count(entry.path())) fs::remove(entry.path());
}

void print_summary(const std::vector<Graded>& graded) {
  std::vector<int> scores;
  double compiling = 0, testing = 0;
  int points = 0;
  for (const Graded& each : graded) {
    if (each.report.infrastructure_failed()) continue;
    scores.push_back(each.report.score());
    points = std::max(points, each.report.points());
    for (const LessonReport& lesson : each.report.lessons) {
      compiling += lesson.compile_seconds;
      for (const TaskReport& task : lesson.tasks) testing += task.seconds;
    }
  }
  if (!scores.empty()) {
    std::sort(scores.begin(), scores.end());
    fmt::print("{} graded: mean {:.1f}, median {}, least {}, most {}, of {} points\n", scores.size(),
               std::accumulate(scores.begin(), scores.end(), 0.0) / double(scores.size()), base::median(scores),
               scores.front(), scores.back(), points);
    fmt::print("time in all: {:.0f} s compiling, {:.0f} s testing\n", compiling, testing);
  }
  const auto list = [&](bool unclear, const char* heading) {
    const auto is_listed = [&](const Graded& each) {
      return each.report.infrastructure_failed() && each.unclear == unclear;
    };
    if (const auto count = std::count_if(graded.begin(), graded.end(), is_listed))
      fmt::print("{} {}:\n", count, heading);
    for (const Graded& each : graded)
      if (is_listed(each))
        fmt::print("  {}\n", no_commands(each.report.submission + ": " + each.why.substr(0, each.why.find('\n'))));
  };
  list(false, "NOT GRADED, without a score; the same command tries them again");
  list(true, "NOT GRADED, without a score; look at them, set them right, give the same command again");
}

}  // namespace

void finish(const std::vector<Graded>& graded, const Similar& similar, const fs::path& out,
            const ClassOptions& options) {
  std::vector<Report> reports;
  for (const Graded& each : graded) reports.push_back(each.report);
  course::write_file(out / "gradebook.csv", gradebook_csv(reports));
  course::write_file(out / "canvas.csv", canvas_csv(reports, options.title));
  course::write_file(out / "gradescope.csv", gradescope_csv(reports));
  fs::create_directories(out / "feedback");
  write_feedback(reports, out / "feedback", options);
  course::write_file(out / "class.html", class_report(options.title, reports, similar));
  print_summary(graded);
  const std::string whole = out.string(), near = fs::proximate(out).string();
  const std::string& shown = near.size() < whole.size() ? near : whole;
  fmt::print("{0}/gradebook.csv (canvas.csv, gradescope.csv)\n{0}/feedback/\n{0}/class.html\n", shown);
}

}  // namespace grader
