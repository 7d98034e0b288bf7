#include "autograder/grader/grade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "autograder/grader/compiled_before.hpp"
#include "autograder/grader/retry_alone.hpp"
#include "autograder/grader/sha256.hpp"
#include "base/parallel.hpp"

namespace grader {

std::uint64_t seed_of(const std::string& secret, const std::string& content_hash) {
  const auto digest = sha256(secret + '\0' + content_hash);
  std::uint64_t seed = 0;
  for (int i = 0; i < 8; ++i) seed = seed << 8 | digest[std::size_t(i)];
  return seed | 1;  // 0 would be the seed of the tests as students run them
}

/// A lesson's tasks may run out of so many seconds in all, each of its own; then the others get a fifth of theirs,
/// which is more than an answer needs that ends.
constexpr int seconds_in_vain = 30;

static const char* const never_begun =
    "the program never gets as far as a first call; does an initialiser at file scope wait or loop?";

/// A task that there was no way to ask about.
static TaskReport unasked(const base::Task& task, Verdict verdict, const std::string& reason) {
  TaskReport report;
  report.id = task.id;
  report.title = task.title;
  report.points = task.points;
  report.verdict = verdict;
  report.reason = reason;
  return report;
}

static std::vector<HiddenTask> hidden_of(const Kit& kit, const base::Lesson& lesson) {
  const auto it = kit.hidden.find(lesson.number);
  return it == kit.hidden.end() ? std::vector<HiddenTask>{} : it->second;
}

/// Reports of hidden tests hold only the name and the score, so that no message leaks what the test checks.
static void silence(TaskReport& report, Visibility visibility) {
  report.visibility = visibility;
  report.failures.clear();
  report.mistake.clear();
  if (report.verdict == Verdict::infrastructure) report.reason = "the grader failed at this test";
  else report.reason.clear();
}

static std::vector<TaskReport> all_unasked(const Kit& kit, const base::Lesson& lesson, Verdict verdict,
                                           const std::string& reason) {
  std::vector<TaskReport> all;
  for (const base::Task& task : lesson.tasks) all.push_back(unasked(task, verdict, reason));
  for (const HiddenTask& hidden : hidden_of(kit, lesson)) {
    all.push_back(unasked(hidden.task, verdict, reason));
    silence(all.back(), hidden.visibility);
  }
  return all;
}

std::vector<LessonReport> without_work(const Kit& kit, const std::vector<std::string>& lessons) {
  std::vector<LessonReport> all;
  for (const std::string& number : lessons) {
    const base::Lesson& lesson = kit.project.lesson(number);
    all.push_back(
        {lesson.number, lesson.name, lesson.title, all_unasked(kit, lesson, Verdict::not_written, ""), "", 0});
  }
  return all;
}

std::vector<TaskReport> run_lesson(const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson,
                                   const WorkerProgram& worker, std::uint64_t seed) {
  std::vector<TaskReport> reports;
  bool slow_alone = false;  // seen once, it needs no second look in each task
  int in_vain = 0;
  const auto run = [&](const base::Task& task, const fs::path& tests) {
    const bool never_begins =
        reports.size() == 1 && reports[0].verdict == Verdict::timed_out && !begins(sandbox, worker);
    if (never_begins || (!reports.empty() && reports.back().reason == never_begun))
      return unasked(task, Verdict::timed_out, never_begun);
    base::Task given = task;
    const bool hurried = in_vain >= seconds_in_vain;
    if (hurried) given.seconds = std::max(1, task.seconds / 5);
    TaskReport report = retry_alone(
        [&] {
          return run_task(sandbox, {tests, "[" + task.id + "]"}, given, worker, seed);
        },
        [&](const TaskReport& each) { return each.late && !slow_alone; });
    slow_alone = slow_alone || (report.late && report.verdict != Verdict::infrastructure);
    if (report.costly) in_vain += seconds_in_vain;
    if (report.verdict != Verdict::timed_out) return report;
    in_vain += given.seconds;
    if (hurried && !report.late)
      report.reason +=
          fmt::format(" It had a fifth of its {} s, since tasks before it ran out of theirs.", task.seconds);
    return report;
  };
  for (const base::Task& task : lesson.tasks) reports.push_back(run(task, kit.tests(lesson)));
  for (const HiddenTask& hidden : hidden_of(kit, lesson)) {
    reports.push_back(run(hidden.task, kit.hidden_tests(lesson)));
    silence(reports.back(), hidden.visibility);
  }
  return reports;
}

/// Whether the result may depend on the compiler: on unspecified evaluation order, or undefined behaviour.
static bool perhaps_the_compiler(const std::vector<TaskReport>& tasks) {
  return std::any_of(tasks.begin(), tasks.end(), [](const TaskReport& task) {
    return task.verdict == Verdict::wrong || task.verdict == Verdict::crashed;
  });
}

static LessonReport grade_lesson(const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson,
                                 const Submission& submission, const Order& order, const fs::path& folder) {
  kit.require(lesson);
  LessonReport report{lesson.number, lesson.name, lesson.title, {}, "", 0};
  static CompiledBefore before;
  const auto compile_by = [&](Compiler compiler) {
    const Compiled made = before.compile(kit, sandbox, lesson, submission, folder,
                                         folder.parent_path().parent_path() / "compiled", compiler);
    report.compile_seconds += made.seconds;
    if (made.verdict == Verdict::passed)
      report.tasks = run_lesson(kit, sandbox, lesson, {made.worker, {}, {}}, order.seed);
    return made;
  };
  Compiled compiled = compile_by(Compiler::quick_together);
  if (order.second_opinion && compiled.quickly && perhaps_the_compiler(report.tasks))
    compiled = compile_by(Compiler::of_the_course);
  report.compiler = compiled.compiler;
  if (compiled.verdict != Verdict::passed) report.tasks = all_unasked(kit, lesson, compiled.verdict, compiled.reason);
  fs::remove_all(folder);
  return report;
}

Report grade(const Kit& kit, const Sandbox& sandbox, const Submission& submission, const Order& order,
             const fs::path& folder) {
  const auto begun = std::chrono::steady_clock::now();
  Report report;
  report.submission = submission.name;
  report.content = submission.content_hash();
  report.sandbox = sandbox.description();
  report.seed = order.seed;
  report.notes = submission.notes;
  std::vector<const base::Lesson*> lessons;
  for (const base::Lesson& lesson : kit.project.lessons)
    if (order.lessons.empty() || std::count(order.lessons.begin(), order.lessons.end(), lesson.number))
      lessons.push_back(&lesson);
  report.lessons.resize(lessons.size());

  base::in_parallel(order.jobs, lessons.size(), [&](std::size_t begun_before) {
    const std::size_t i = lessons.size() - 1 - begun_before;  // the last take longest, and are waited for by none
    report.lessons[i] = grade_lesson(kit, sandbox, *lessons[i], submission, order, folder / lessons[i]->number);
  });
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return report;
}

}  // namespace grader
