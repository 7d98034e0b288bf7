// Writes reports of every kind in every format, for consumers.py to read as their readers do: one that is plain, one
// whose every text is hostile, one that could not be graded, one that is far too long. The same as a class, and a class
// of 300, for class_report_test.mjs to look at. Also checks here what needs no reader.
//
//   format_samples FOLDER
#include <fmt/format.h>

#include <cstdlib>
#include <regex>

#include "autograder/grader/class_report/class_report.hpp"
#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"
#include "autograder/grader/report.hpp"
#include "base/project.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

// What a student may write and `printable` lets through.
const std::string hostile =
    "</pre></details><script>alert(1)</script><img src=x onerror=alert(1)> \"quoted\" 'single' & &amp; ]]> --> "
    "[a](javascript:x) `x` **b** @everyone "
    "#1 | cell\n::set-output name=score::700\n  ::add-mask::x\n##[set-env name=A]b\n##vso[task.complete "
    "result=Succeeded;]\n##teamcity[testFinished]\n"
    "\xc2\xa0::error::owned\n\xe3\x80\x80::warning::x\n\xe2\x80\x83::stop-commands::zz\n  \xc2\xa0 ::add-mask::0\n"
    "=HYPERLINK(\"http://x\")\n\xef\xbf\xbf \xe2\x82\xac\n```\n~~~\n";

Report sample(const std::string& text, Verdict bad, std::size_t length) {
  Report report;
  report.submission = text.substr(0, 100);
  report.content = std::string(64, 'a');
  report.sandbox = "bubblewrap: namespaces, seccomp, rlimits, own uid";
  report.seed = 17446744073709551615u;
  report.seconds = 12.6;
  report.notes = {text, "exercises/01-perceptron/perceptron.cpp was refused: " + text};
  std::string much = text;
  while (much.size() < length) much += text;
  for (const char* number : {"01", "02"}) {
    LessonReport& lesson =
        report.lessons.emplace_back(LessonReport{number, std::string(number) + "-name", "A title", {}, "", 0.5});
    for (int i = 1; i <= 12; ++i) {
      TaskReport& task = lesson.tasks.emplace_back();
      task.id = fmt::format("{}.{}", number[1], i);
      task.title = "softmax, the sum | of all";
      task.points = 5 * i;
      task.verdict = i % 3 == 1 ? bad : i % 3 == 2 ? Verdict::passed : Verdict::wrong;
      task.checks = 10;
      task.seconds = 0.25;
      if (task.verdict == Verdict::passed) continue;
      task.reason = much;
      task.failures = {much, much};
      task.mistake = "the sum goes over the whole matrix";
    }
  }
  report.lessons[1].compiler = much;
  return report;
}

/// With a hidden test that is passed, a day late.
Report late_and_hidden() {
  Report report = sample("plain text", Verdict::not_written, 10);
  report.submission = "late";
  TaskReport& hidden = report.lessons[0].tasks.emplace_back();
  hidden.id = "H1.1";
  hidden.title = "nobody knows";
  hidden.points = 1000;
  hidden.verdict = Verdict::passed;
  hidden.visibility = Visibility::hidden;
  report.late = Lateness{"2026-06-02T10:00:00Z", "2026-06-01T10:00:00Z", 1, 0, 10};
  return report;
}

/// When the grader could not even begin.
Report never_begun() {
  Report report;
  report.submission = "never";
  report.notes = {"the sandbox is missing"};
  return report;
}

// 300 of whom each passed about as much of 24 tasks as the number says, with names of every length.
std::vector<Report> crowd() {
  std::vector<Report> all;
  for (std::size_t i = 0; i < 300; ++i) {
    Report& report = all.emplace_back(i % 50 == 49 ? never_begun() : sample("plain text", Verdict::wrong, 10));
    report.submission = fmt::format("student-{:03}{}", i, i % 7 ? "" : std::string(i % 60, 'x'));
    for (LessonReport& lesson : report.lessons) {
      for (std::size_t t = 0; t < lesson.tasks.size(); ++t)
        if (t * 25 < i || i % 3 == 0) {
          lesson.tasks[t].verdict = Verdict::passed;
          lesson.tasks[t].mistake.clear();
        } else if (i % 11 == 0) {
          lesson.tasks[t].verdict = Verdict::timed_out;
        }
      if (i % 20) lesson.compiler.clear();
    }
  }
  return all;
}

// What an instructor has of a class: the page and the gradebook.
void write_class(const fs::path& folder, const std::string& title, const std::vector<Report>& reports,
                 const Similar& similar) {
  base::write_file(folder / "class.html", class_report(title, reports, similar));
  base::write_file(folder / "gradebook.csv", gradebook_csv(reports));
}

int failures = 0;
void expect(bool holds, const char* what) {
  if (!holds) fmt::print("NOT SO: {}\n", what), ++failures;
}

void check_escapes() {
  expect(csv("=1+1") == "\"'=1+1\"" && csv("a\"b") == "\"a\"\"b\"" && csv("-x") == "\"'-x\"",
         "CSV formulas are marked");
  expect(csv("\xef\xbc\x9d"
             "1")[1] == '\'',
         "a full-width = is marked");
  expect(markup("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;", "markup is escaped");
  expect(no_commands("a\n  ::x\n##[y") == "a\n  \\x3a:x\n\\x23#[y", "commands are broken");
  expect(no_commands("\xe2\x80\x8b:\xc2\xad:x\n#\xe2\x80\x8d#VSO[y") ==
             "\xe2\x80\x8b\\x3a\xc2\xad:x\n\\x23\xe2\x80\x8d#VSO[y",
         "commands with what nobody sees in them are broken");
  expect(no_commands("a::b # ## c") == "a::b # ## c", "what is no command stays");
  expect(no_commands_in_json("{\"a\": \"##[x\"}") == "{\"a\": \"#\\u0023[x\"}", "commands in JSON are broken");
  expect(shortened("a\xe2\x82\xac"
                   "b",
                   2) == "a [cut]",
         "a character is never cut in two");
}

/// Of three who copied in a circle and two in two lessons, each is one row.
void check_similar() {
  std::vector<Report> reports;
  for (const char* name : {"a", "b", "c", "d", "e"}) reports.emplace_back(never_begun()).submission = name;
  const Similar similar{
      "", {{"03", {"a", "b"}, 71}, {"05", {"b", "c"}, 90}, {"01", {"d", "e"}, 98}, {"04", {"d", "e"}, 65}}};
  const std::string page = std::regex_replace(class_report("t", reports, similar), std::regex("<[^>]*>"), "");
  expect(page.find("3 students, 2 pairs or groups") != std::string::npos, "who is like one of them is one of them");
  expect(page.find("d, e: 98 % in 01, 65 % in 04") != std::string::npos, "the same two stand once, with each lesson");
  expect(page.find("b, c: 90 % in 05") < page.find("a, b: 71 % in 03"), "the most alike first");
}

void check_reading(const Report& report, bool whole) {
  const std::string json = as_json(report);
  expect(as_json(read_report(json)) == json, "a report that is read back is the same");
  if (!whole) return;
  const auto refused = [&](std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    try {
      read_report(text);
    } catch (const std::runtime_error&) {
      return true;
    }
    return false;
  };
  expect(refused(json, "\"verdict\": \"passed\"", "\"verdict\": \"wrong\""), "a verdict that was changed is refused");
  expect(refused(json, "report/v1", "report/v2"), "another schema is refused");
  expect(refused(json, "\"lessons\": [", "\"lessons\": [{},"), "a damaged report is refused");
  expect(refused(json, "}", ""), "half a report is refused");
}

void check_options() {
  const auto refused = [](const std::vector<std::string>& names, const std::vector<std::string>& outputs) {
    try {
      wanted(names, outputs);
    } catch (const base::UsageError&) {
      return true;
    }
    return false;
  };
  expect(refused({"nonsense"}, {}), "an unknown format is refused");
  expect(refused({"json", "junit"}, {"a"}), "two formats and one output are refused");
  expect(!refused({"json"}, {}) && wanted({"json"}, {})[0].output == "-", "one format alone goes to standard output");
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 2) return base::usage;
  for (const auto& [name, value] : {std::pair{"CLASSROOM", "c"},
                                    {"ASSIGNMENT", "a"},
                                    {"OWNER", "o"},
                                    {"SUBMISSION_TAG", "submit/x"},
                                    {"COMMIT_URL", "https://x/commit"},
                                    {"RELEASE_URL", "https://x/release"},
                                    {"NN_SUBMITTED_AT", "2026-06-01T14:32:01Z"}})
    setenv(name, value, 1);
  const std::pair<const char*, Report> samples[] = {
      {"plain", sample("plain text", Verdict::not_written, 10)},
      {"hostile", sample(hostile, Verdict::crashed, 10)},
      {"failed", sample(hostile, Verdict::infrastructure, 10)},
      {"late", late_and_hidden()},
      {"never", never_begun()},
      {"long", sample(hostile + "0123456789", Verdict::crashed, 60'000)},
  };
  for (const auto& [name, report] : samples) {
    std::vector<Wanted> all;
    for (const Format& format : formats()) {
      const fs::path file = fs::path(argv[1]) / (std::string(name) + "." + format.name);
      base::write_file(file, "of an earlier run");
      all.push_back({&format, file.string()});
    }
    write(report, seen_by_student(report, false, false), all);
    check_reading(report, !report.lessons.empty());
  }
  std::vector<Report> reports;
  for (const auto& [name, report] : samples) reports.push_back(report);
  base::write_file(fs::path(argv[1]) / "class.csv", gradebook_csv(reports));
  base::write_file(fs::path(argv[1]) / "class.canvas", canvas_csv(reports, "Neurons, =1"));
  base::write_file(fs::path(argv[1]) / "class.gradescope", gradescope_csv(reports));
  for (std::size_t i = 0; i < reports.size(); ++i)
    reports[i].submission = fmt::format("{} {}", samples[i].first, reports[i].submission);
  write_class(fs::path(argv[1]) / "hostile_class", hostile, reports,
              {"", {{"01 A title", {reports[0].submission, reports[1].submission}, 97}}});
  write_class(fs::path(argv[1]) / "large_class", "Neurons", crowd(), {"sim_c++ is not installed", {}});
  check_escapes();
  check_options();
  check_similar();
  return failures ? base::failed : base::passed;
}
