// grader_scoring: what a score is made of besides verdicts: being late, regrades, hidden tests.
#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/kit.hpp"
#include "autograder/grader/policy.hpp"
#include "autograder/grader/tests/tally.hpp"
#include "base/process.hpp"

namespace grader {

static bool is_time(const std::string& text) {
  try {
    parse_time(text);
    return true;
  } catch (const base::UsageError&) {
    return false;
  }
}

/// GitHub's runner skips all white space before a command.
static void commands() {
  for (const char* space : {"", " ", "\t", "\xc2\xa0", "\xe3\x80\x80", "\xe2\x80\x83", "\xe2\x80\x80 \xe1\x9a\x80",
                            "\xef\xbb\xbf", "\xc2\x85", "\x0b", "text\n\xc2\xa0", "text\r"}) {
    const std::string shown = no_commands(std::string(space) + "::error::x");
    expect(shown.find("::") == shown.rfind("::"), "no workflow command after white space", shown);
  }
  expect(no_commands("nn::mat x") == "nn::mat x", "what is no command stays as it is");
}

static void times() {
  expect(parse_time("1970-01-01T00:00:00Z") == 0, "the beginning of time");
  expect(parse_time("2026-11-21T23:59:00+01:00") == parse_time("2026-11-21T22:59:00Z"), "an offset to the east");
  expect(parse_time("2026-11-21T20:29:00-02:30") == parse_time("2026-11-21T22:59:00Z"), "an offset to the west");
  expect(base::utc_text(parse_time("2028-02-29T12:00:01Z")) == "2028-02-29T12:00:01Z", "a leap day");
  for (const char* text :
       {"", "yesterday", "2026-11-21", "2026-11-21T23:59:00", "2026-11-21T23:59Z", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-11-21T25:00:00Z", "2026-11-21T23:59:00Zjunk", "2026-11-21T23:59:00+99:00"})
    expect(!is_time(text), fmt::format("'{}' is no time", text));
}

static void late() {
  LatePolicy policy;
  const Time due = parse_time("2026-11-21T12:00:00Z"), hour = 3600, day = 24 * hour;
  expect(!lateness(policy, due), "no due date, nobody is late");
  policy = {due, 10 * 60, 20, 50, 1};
  expect(!lateness(policy, {}), "nobody knows when");
  struct Row {
    Time after;
    int days, free_days, penalty;
  };
  for (const Row& row : {Row{-day, 0, 0, 0},
                         {0, 0, 0, 0},
                         {600, 0, 0, 0},
                         {601, 1, 1, 0},
                         {day, 1, 1, 0},
                         {day + 1, 2, 1, 20},
                         {3 * day, 3, 1, 40},
                         {4 * day, 4, 1, 50},
                         {100 * day, 100, 1, 50}}) {
    const auto found = lateness(policy, due + row.after);
    expect(found && found->days == row.days && found->free_days == row.free_days && found->penalty == row.penalty,
           fmt::format("{} s late", row.after),
           found ? fmt::format("{} {} {}", found->days, found->free_days, found->penalty) : "");
  }
}

static TaskReport task(int points, Verdict verdict, Visibility visibility = Visibility::visible) {
  TaskReport report;
  report.points = points;
  report.verdict = verdict;
  report.visibility = visibility;
  return report;
}

static void scores() {
  Report report;
  report.lessons.resize(1);
  report.lessons[0].tasks = {
      task(15, Verdict::passed), task(10, Verdict::wrong), task(7, Verdict::passed, Visibility::hidden),
      task(5, Verdict::passed, Visibility::after_due_date), task(3, Verdict::passed, Visibility::after_published)};
  expect(report.score() == 30 && report.points() == 40, "partial credit is the points of the tasks that passed");
  report.late = Lateness{"", "", 1, 0, 15};
  expect(report.earned() == 30 && report.score() == 26, "30 less 15 % is 25.5, and counts 26");
  report.best_before = 28;
  expect(report.score() == 28, "the better grading stands");
  report.best_before = 20;
  expect(report.score() == 26, "the worse one does not");
  report.late.reset();
  const auto seen = [&](bool due, bool published) {
    const Report now = seen_by_student(report, due, published);
    return std::pair{now.score(), now.points()};
  };
  expect(seen(false, false) == std::pair{15, 25}, "before the due date neither score nor points tell of hidden tests");
  expect(seen(true, false) == std::pair{20, 30}, "after it, one more");
  expect(seen(true, true) == std::pair{23, 33}, "after publication, one more; the hidden one never");
  report.lessons[0].tasks[2].verdict = Verdict::infrastructure;
  expect(seen_by_student(report, false, false).infrastructure_failed(), "a failure of ours is not hidden");
}

/// What runs out of time again and again gets less of it; what answers is judged as ever.
static void out_of_time(const fs::path& program, const fs::path& kit, const fs::path& root) {
  const fs::path folder = kit.parent_path() / fmt::format("scoring-time-{}", getpid());
  const fs::path lesson = folder / "kit/lessons/01-perceptron/lesson.json";
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::copy(kit, folder / "kit", fs::copy_options::recursive | fs::copy_options::create_hard_links);
  auto tasks = nlohmann::json::parse(base::read_file(lesson));
  for (auto& task : tasks["tasks"]) task["seconds"] = task["id"] == "1.5" ? 30 : 5;
  fs::remove(lesson);
  base::write_file(lesson, tasks.dump());
  std::string text = base::read_file(root / "solutions/01-perceptron/perceptron.cpp");
  const auto instead = [&](const std::string& task, const std::string& body) {
    const std::string mark = "//> " + task + "\n";
    text.insert(text.find(mark) + mark.size(), "  for (volatile bool on = true; on;) " + body + "\n");
  };
  instead("1.5", "pause();");  // that costs no 30 seconds
  instead("1.6", "{}");
  base::write_file(folder / "in/exercises/01-perceptron/perceptron.cpp", "#include <unistd.h>\n" + text);
  const base::Outcome outcome =
      base::capture({{program.string(), (folder / "in").string(), "--kit", (folder / "kit").string(), "--lesson", "1",
                      "--seed", "3", "--json", (folder / "report.json").string()},
                     {},
                     {},
                     120.0});
  const std::string json = outcome.ok() ? base::read_file(folder / "report.json") : R"({"lessons": [{"tasks": []}]})";
  expect(json.find("it computed for more than 1 s") != std::string::npos &&
             json.find("a fifth of its 5 s, since tasks before it ran out of theirs") != std::string::npos,
         "after 30 seconds in vain a task has a fifth of its time, and its student reads so", outcome.output);
  const auto report = nlohmann::json::parse(json);
  int passed = 0, late = 0;
  for (const auto& task : report["lessons"][0]["tasks"]) ++(task["verdict"] == "passed" ? passed : late);
  expect(passed == 4 && late == 2, "what answers in time keeps its points", outcome.output);
  fs::remove_all(folder);
}

/// A kit in which the tests of lesson 1 are once more there as hidden ones.
static fs::path kit_with_hidden_tests(const fs::path& kit, const fs::path& folder) {
  fs::copy(kit, folder / "kit", fs::copy_options::recursive | fs::copy_options::create_hard_links);
  fs::remove(folder / "kit/graded/hidden_01");
  fs::copy(kit / "graded/graded_01", folder / "kit/graded/hidden_01", fs::copy_options::create_hard_links);
  fs::remove(folder / "kit/hidden.json");
  base::write_file(folder / "kit/hidden.json", R"([
    {"id": "1.1", "lesson": "01", "title": "a trap", "points": 5},
    {"id": "1.2", "lesson": "01", "title": "a third", "points": 3, "visibility": "after_published"},
    {"id": "1.3", "lesson": "01", "title": "another", "points": 4, "visibility": "after_due_date"}])");
  return folder / "kit";
}

static void hidden_tests(const fs::path& program, const fs::path& kit, const fs::path& root) {
  const fs::path folder = kit.parent_path() / fmt::format("scoring-{}", getpid());
  fs::remove_all(folder);
  std::string text = base::read_file(root / "solutions/01-perceptron/perceptron.cpp");
  text.replace(text.find("a > 0"), 5, "a >= 0");
  base::write_file(folder / "in/exercises/01-perceptron/perceptron.cpp", text);
  const fs::path with_hidden = kit_with_hidden_tests(kit, folder);
  const auto grade = [&](std::vector<std::string> more, const std::string& out) {
    std::vector<std::string> words = {
        program.string(), (folder / "in").string(), "--kit", with_hidden.string(), "--lesson", "1", "--seed", "3",
        "--out",          (folder / out).string()};
    words.insert(words.end(), more.begin(), more.end());
    return base::capture({words, {}, {}, 120.0});
  };
  const base::Outcome first =
      grade({"--due", "2026-01-01T00:00:00Z", "--submitted", "2026-01-01T20:00:00Z", "--penalty", "10"}, "first");
  const std::string json =
                        fs::exists(folder / "first/report.json") ? base::read_file(folder / "first/report.json") : "{}",
                    told = fs::exists(folder / "first/report.txt") ? base::read_file(folder / "first/report.txt") : "";
  const auto report = nlohmann::json::parse(json);
  expect(first.ok() && report.value("points", 0) == 112 && report.value("earned", 0) == 49 &&
             report.value("score", 0) == 44,
         "three hidden tests, one passed, one day late", first.output + json);
  for (const auto& each : report["lessons"][0]["tasks"])
    if (each["visibility"] != "visible")
      expect(each["failures"].empty() && each["mistake"] == "" && each["reason"] == "", "a hidden test says nothing",
             each.dump());
  expect(told.find("a trap: hidden for now") != std::string::npos && told.find("of 104") != std::string::npos,
         "the student reads its name, no points; the other is shown, now that it was due", told);
  expect(grade({}, "now").ok() && base::read_file(folder / "now/report.txt").find("of 100") != std::string::npos,
         "without a due date neither is shown");
  const std::string page = (folder / "page.md").string(), fraction = (folder / "made/result.json").string();
  const base::Outcome published =
      grade({"--published", "--due", "2026-01-01T00:00:00Z", "--submitted", "2026-01-02T20:00:00Z", "--penalty", "40",
             "--most-penalty", "30", "--format", "markdown", "--output", page, "--format", "prairielearn", "--output",
             fraction},
            "published");
  expect(published.ok() && base::read_file(page).find("of 107") != std::string::npos &&
             base::read_file(fraction).find("\"score\"") != std::string::npos,
         "publication shows another; each format goes where it is told", published.output);
  expect(nlohmann::json::parse(base::read_file(folder / "published/report.json"))["score"] == 34,
         "44 hours cost what they cost at most", base::read_file(folder / "published/report.json"));
  fs::rename(with_hidden / "graded/hidden_01", folder / "hidden_01");
  base::write_file(with_hidden / "graded/hidden_01", "what the tests would say\n");
  const base::Outcome broken = grade({}, "broken");
  expect(broken.exit_code == base::environment, "hidden tests that cannot be run are ours to mend", broken.output);
  for (const char* name : {"report.txt", "report.json"}) {
    const std::string shown = base::read_file(folder / "broken" / name);
    expect(shown.find("the grader failed at this test") != std::string::npos &&
               shown.find("hidden_01") == std::string::npos && shown.find("what the tests") == std::string::npos,
           "and say nothing even then", shown);
  }
  fs::rename(folder / "hidden_01", with_hidden / "graded/hidden_01");

  base::write_file(folder / "in/exercises/01-perceptron/perceptron.cpp", "int worse = ;\n");
  const std::string earlier = (folder / "first/report.json").string();
  const auto regrade = [&](const std::string& keep) {
    const auto again = grade(
        {"--due", "2026-01-01T00:00:00Z", "--penalty", "10", "--grace", "1200", "--regrade", earlier, "--keep", keep},
        keep);
    return again.ok() ? nlohmann::json::parse(base::read_file(folder / keep / "report.json"))
                      : nlohmann::json{{"score", again.output}};
  };
  const auto latest = regrade("latest"), best = regrade("best");
  expect(latest["score"] == 0 && best["score"] == 44, "a regrade of latest, of best", latest.dump() + best.dump());
  expect(latest["late"]["submitted"] == "2026-01-01T20:00:00Z", "a regrade keeps the time of the work", latest.dump());
  expect(latest["late"]["days"] == 0, "20 hours are within a grace of 1200 minutes", latest.dump());
  expect(grade({"--due", "2026-01-01T00:00:00Z"}, "x").exit_code == base::usage,
         "due, but handed in nobody knows when");
  expect(grade({"--regrade", "/dev/null"}, "x").exit_code == base::usage, "a regrade of what is no report");
  fs::remove_all(folder);
}

}  // namespace grader

int main(int argc, char* argv[]) {
  using namespace grader;
  if (argc != 4) return fmt::print(stderr, "grader_scoring COURSE_GRADE KIT REPOSITORY\n"), 2;
  try {
    commands();
    times();
    late();
    scores();
    out_of_time(argv[1], argv[2], argv[3]);
    hidden_tests(argv[1], argv[2], argv[3]);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 3;
  }
  fmt::print("{} of {} as they must be; scoring\n", right, right + wrong);
  return wrong == 0 && right > 0 ? 0 : 1;
}
