// The JSON that grading platforms read. Each of the schemas in schemas/ says what its platform documents.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "autograder/grader/formats/escape.hpp"
#include "autograder/grader/formats/formats.hpp"
#include "base/clock.hpp"
#include "base/project.hpp"

namespace grader {

using json = nlohmann::ordered_json;

namespace {

constexpr std::size_t largest_result = 1'000'000;

/// `build(longest)` with the longest texts that keep the whole below a platform's limit.
template <class Build>
std::string fitting(Build build) {
  std::string text;
  for (const std::size_t longest : {20'000, 4'000, 1'000, 200, 0}) {
    text = build(longest).dump(1, ' ', false, json::error_handler_t::replace) + "\n";
    if (text.size() <= largest_result) break;
  }
  return text;
}

std::string all_notes(const Report& report) {
  std::string out;
  for (const std::string& note : report.notes) out += "note: " + no_commands(note) + "\n";
  return out;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::optional<std::string> as_gradescope(const Report& report) {
  if (report.infrastructure_failed()) return {};  // without results.json Gradescope says that the autograder failed
  return fitting([&](std::size_t longest) {
    json tests = json::array();
    for (const LessonReport& lesson : report.lessons)
      for (const TaskReport& task : lesson.tasks)
        tests.push_back({{"score", task.score()},
                         {"max_score", task.points},
                         {"status", task.verdict == Verdict::passed ? "passed" : "failed"},
                         {"name", fmt::format("{} ({})", task.title, words(task.verdict))},
                         {"name_format", "text"},
                         {"number", task.id},
                         {"output", shortened(explanation(lesson, task), longest)},
                         {"output_format", "text"},
                         {"tags", {lesson.name, words(task.verdict)}},
                         {"visibility", words(task.visibility)}});
    const Report shown = seen_by_student(report, false, false);  // what stands on top is read by everybody
    const std::string summary =
        fmt::format("{} of {} points{}\n{}", shown.score(), shown.points(),
                    shown.points() < report.points() ? ", hidden tests apart" : "", all_notes(report));
    return json{{"score", report.score()},
                {"execution_time", std::lround(report.seconds)},
                {"output", shortened(summary, longest + 200)},
                {"output_format", "text"},
                {"visibility", "visible"},
                {"stdout_visibility", "hidden"},
                {"extra_data", {{"seed", report.seed}, {"content", report.content}, {"sandbox", report.sandbox}}},
                {"tests", tests}};
  });
}

std::optional<std::string> as_classroom50(const Report& report) {
  if (report.infrastructure_failed()) return {};  // with an exit code of its own it is "status=error" there
  const auto required = [](const char* name) {
    const std::string value = environment(name);
    if (value.empty())
      throw base::UsageError(fmt::format(
          "classroom50: expected {} in the environment, as Classroom 50's runner sets it; it is empty", name));
    return value;
  };
  const std::string commit = required("COMMIT_URL"), owner = environment("OWNER"),
                    submitted = environment("NN_SUBMITTED_AT");
  const std::string review = environment("REVIEW_URL"), kind = environment("ASSIGNMENT_TYPE");
  return fitting([&](std::size_t longest) {
    json tests = json::array();
    for (const LessonReport& lesson : report.lessons)
      for (const TaskReport& task : lesson.tasks)
        tests.push_back({{"test-name", name_of(task)},
                         {"passed", task.verdict == Verdict::passed},
                         {"score", task.score()},
                         {"max-score", task.points},
                         {"message", words(task.verdict)},
                         {"output", shortened(explanation(lesson, task), longest)}});
    return json{{"schema", "classroom50/result/v1"},
                {"classroom", required("CLASSROOM")},
                {"assignment", required("ASSIGNMENT")},
                {"assignment_type", kind.empty() ? "individual" : kind},
                {"owner", owner.empty() ? required("USERNAME") : owner},
                {"submission", required("SUBMISSION_TAG")},
                {"commit", commit},
                {"release", required("RELEASE_URL")},
                {"review", review.empty() ? commit : review},
                {"datetime", submitted.empty() ? base::utc_text(std::time(nullptr)) : submitted},
                {"graded_at", base::utc_text(std::time(nullptr))},
                {"score", report.earned()},  // it marks what is late itself
                {"max-score", report.points()},
                {"tests", tests}};
  });
}

std::optional<std::string> as_prairielearn(const Report& report) {
  if (report.infrastructure_failed())
    return json{{"gradable", false},
                {"message", not_graded_sentence(report)},
                {"format_errors", {not_graded_sentence(report)}}}
               .dump(1) +
           "\n";
  return fitting([&](std::size_t longest) {
    json tests = json::array();
    for (const LessonReport& lesson : report.lessons)
      for (const TaskReport& task : lesson.tasks)
        tests.push_back({{"name", name_of(task)},
                         {"description", fmt::format("lesson {}: {}", lesson.number, lesson.title)},
                         {"points", task.score()},
                         {"max_points", task.points},
                         {"message", words(task.verdict)},
                         {"output", shortened(explanation(lesson, task), longest)}});
    return json{{"gradable", true},
                {"score", report.points() ? double(report.score()) / report.points() : 0.0},
                {"message", fmt::format("{} of {} points", report.score(), report.points())},
                {"output", shortened(all_notes(report), longest)},
                {"tests", tests}};
  });
}

}  // namespace grader
