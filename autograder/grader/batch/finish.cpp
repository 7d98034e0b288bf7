// What a class comes to: gradebooks, feedback for each, the class report, and a summary for whoever started it.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "autograder/grader/batch/batch.hpp"
#include "autograder/grader/batch/changes.hpp"
#include "autograder/grader/batch/outputs.hpp"
#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"
#include "autograder/grader/report.hpp"
#include "base/median.hpp"

namespace grader {

namespace {

constexpr const char* mail = "mail.csv";

/// A file name for the student, another for each, which cannot lead out of the folder: names hold no slash, being names
/// of files themselves.
std::string file_name(const std::string& student) {
  return student.starts_with(".") || student.starts_with("_") || student == mail ? "_" + student : student;
}

void write_feedback(const std::vector<Report>& reports, Outputs& outputs, const ClassOptions& options) {
  std::vector<std::string> names = {"text", "json"};
  names.insert(names.end(), options.formats.begin(), options.formats.end());
  const bool due_passed = options.policy.due && *options.policy.due < std::time(nullptr);
  for (const Report& report : reports)
    for (const std::string& name : names) {  // all that stands here is for the student
      if (report.missing) continue;
      const Report shown = seen_by_student(report, due_passed, options.published);
      const std::optional<std::string> text = format(name).write(name == "text" ? shown : without_withheld(shown));
      if (text)
        outputs.write("feedback/" + file_name(report.submission) + (name == "text" ? ".txt" : "." + name), *text);
    }
}

/// A folder for each student, named as Moodle takes feedback back, and who is to be told what by e-mail.
void write_handback(const std::vector<Report>& reports, Outputs& outputs, const ClassOptions& options) {
  const bool due_passed = options.policy.due && *options.policy.due < std::time(nullptr);
  std::string lines = "email,name,score,points,feedback\r\n";
  for (const Report& report : reports) {
    if (report.missing) continue;
    const Report shown = without_withheld(seen_by_student(report, due_passed, options.published));
    const std::string student = file_name(report.submission);
    const std::string folder =
        "handback/" + (report.person.moodle_id.empty()
                           ? student
                           : fmt::format("{}_{}_assignsubmission_file_", student, report.person.moodle_id));
    outputs.write(folder + "/feedback.html", as_html(shown));
    outputs.write(folder + "/feedback.txt", as_text(shown));
    const bool graded = !report.infrastructure_failed();
    lines += fmt::format("{},{},{},{},{}\r\n", csv(report.person.email), csv(report.submission),
                         graded ? std::to_string(shown.score()) : "", shown.points(), csv(folder + "/feedback.html"));
  }
  outputs.write(fs::path("handback") / mail, lines);
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
  const auto list = [&](const char* heading, bool with_reason, const auto& is_listed) {
    if (const auto count = std::count_if(graded.begin(), graded.end(), is_listed))
      fmt::print("{} {}:\n", count, heading);
    for (const Graded& each : graded) {
      if (!is_listed(each)) continue;
      const std::string why = with_reason ? ": " + each.report.notes.at(0) : "";
      fmt::print("  {}\n", no_commands(each.report.submission + why.substr(0, why.find('\n'))));
    }
  };
  const auto lacks = [](const Graded& each) { return each.report.infrastructure_failed() && !each.report.missing; };
  list("NOT GRADED, without a score; the same command tries them again", true,
       [&](const Graded& each) { return lacks(each) && !each.report.unclear; });
  list("NOT GRADED, without a score; look at them, set them right, give the same command again", true,
       [&](const Graded& each) { return lacks(each) && each.report.unclear; });
  list("handed in nothing that is graded", true, [](const Graded& each) { return each.nothing; });
  list("with a score by hand, from overrides.csv", false,
       [](const Graded& each) { return each.report.by_hand && each.report.by_hand->score; });
  list("of the roster handed in nothing", false, [](const Graded& each) { return each.report.missing; });
  list("match nobody of the roster", false, [](const Graded& each) { return each.unmatched; });
  list("with no time of handing in, taken as on time", false, [](const Graded& each) { return each.no_time; });
}

}  // namespace

void finish(std::vector<Graded> graded, const Similar& similar, const fs::path& out, const ClassOptions& options) {
  const fs::path scores = out / "scores.json";
  const Scores before = fs::exists(scores) ? read_scores(base::read_file(scores)) : Scores{};
  std::vector<Report> reports, handed_in;
  for (Graded& each : graded) {
    if (const auto it = before.find(each.report.submission);
        options.keep_best && it != before.end() && it->second.is_of_lessons_of(each.report))
      each.report.best_before = it->second.score;
    reports.push_back(each.report);
    if (!each.report.missing) handed_in.push_back(each.report);
  }
  Outputs outputs(out);
  outputs.write("gradebook.csv", gradebook_csv(reports));
  outputs.write("canvas.csv", canvas_csv(reports, options.title));
  outputs.write("moodle.csv", moodle_csv(reports));
  outputs.write("gradescope.csv", gradescope_csv(reports));
  write_feedback(reports, outputs, options);
  write_handback(reports, outputs, options);
  outputs.write("class.html", class_report(options.title, handed_in, similar));
  const std::vector<std::string> changed = changes(before, reports);
  if (!before.empty() && !changed.empty()) {
    std::string text;
    for (const std::string& line : changed) text += line + "\n";
    base::write_file(out / "changes.txt", text);
    fmt::print("{} scores are other than before (changes.txt):\n{}", changed.size(),
               no_commands(changed.size() <= 10 ? text : text.substr(0, text.find('\n')) + "\n...\n"));
  }
  base::write_file(scores, scores_json(reports));
  outputs.finish();
  print_summary(graded);
  const std::string whole = out.string(), near = fs::proximate(out).string();
  const std::string& shown = near.size() < whole.size() ? near : whole;
  fmt::print(
      "{0}/gradebook.csv (canvas.csv, moodle.csv, gradescope.csv)\n{0}/feedback/, {0}/handback/\n{0}/class.html\n",
      shown);
}

}  // namespace grader
