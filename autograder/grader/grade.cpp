#include "autograder/grader/grade.hpp"

#include <algorithm>
#include <chrono>

#include "autograder/grader/parallel.hpp"
#include "autograder/grader/patience.hpp"
#include "autograder/grader/sha256.hpp"

namespace grader {

std::uint64_t seed_of(const std::string& secret, const std::string& content_hash) {
  const auto digest = sha256(secret + '\0' + content_hash);
  std::uint64_t seed = 0;
  for (int i = 0; i < 8; ++i) seed = seed << 8 | digest[std::size_t(i)];
  return seed | 1;  // 0 would be the seed of the tests as students run them
}

static const char* const never_begun =
    "the program never gets as far as a first call; does an initialiser at file scope wait or loop?";

std::vector<TaskReport> run_lesson(const Kit& kit, const Sandbox& sandbox, const course::Lesson& lesson,
                                   const WorkerProgram& worker, std::uint64_t seed) {
  std::vector<TaskReport> reports;
  bool slow_alone = false;  // seen once, it needs no second look in each task
  for (const course::Task& task : lesson.tasks) {
    const bool never_begins =
        reports.size() == 1 && reports[0].verdict == Verdict::timed_out && !begins(sandbox, worker);
    if (never_begins || (!reports.empty() && reports.back().reason == never_begun)) {
      TaskReport& report = reports.emplace_back();
      report.id = task.id;
      report.title = task.title;
      report.points = task.points;
      report.verdict = Verdict::timed_out;
      report.reason = never_begun;
    } else {
      reports.push_back(patiently([&] { return run_task(kit, sandbox, lesson, task, worker, seed); },
                                  [&](const TaskReport& report) { return report.late && !slow_alone; }));
      slow_alone = slow_alone || reports.back().late;
    }
  }
  return reports;
}

static LessonReport grade_lesson(const Kit& kit, const Sandbox& sandbox, const course::Lesson& lesson,
                                 const Submission& submission, std::uint64_t seed, const fs::path& folder) {
  kit.require(lesson);
  LessonReport report{lesson.number, lesson.name, lesson.title, {}, "", 0};
  const Compiled compiled = compile(kit, sandbox, lesson, submission, folder);
  report.compiler = compiled.compiler;
  report.compile_seconds = compiled.seconds;
  if (compiled.verdict == Verdict::passed) {
    report.tasks = run_lesson(kit, sandbox, lesson, {compiled.worker, {}, {}}, seed);
  } else {
    for (const course::Task& task : lesson.tasks) {
      TaskReport& each = report.tasks.emplace_back();
      each.id = task.id;
      each.title = task.title;
      each.points = task.points;
      each.verdict = compiled.verdict;
      each.reason = compiled.reason;
    }
  }
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
  std::vector<const course::Lesson*> lessons;
  for (const course::Lesson& lesson : kit.project.lessons)
    if (order.lessons.empty() || std::count(order.lessons.begin(), order.lessons.end(), lesson.number))
      lessons.push_back(&lesson);
  report.lessons.resize(lessons.size());

  in_parallel(order.jobs, lessons.size(), [&](std::size_t i) {
    report.lessons[i] = grade_lesson(kit, sandbox, *lessons[i], submission, order.seed, folder / lessons[i]->number);
  });
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return report;
}

}  // namespace grader
