#include "autograder/grader/selftest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <sstream>

#include "autograder/grader/report.hpp"
#include "base/parallel.hpp"
#include "base/process.hpp"
#include "base/stubs.hpp"

namespace grader {

namespace {

constexpr std::uint64_t selftest_seed = 20260101;

struct Tally {
  int right = 0, wrong = 0;
  std::mutex one = {};

  void expect(bool holds, const std::string& what, const std::string& details) {
    const std::lock_guard lock(one);
    ++(holds ? right : wrong);
    if (!holds) fmt::print("NOT SO: {}\n{}\n", what, details);
    std::fflush(stdout);
  }
};

/// The files of a folder like solutions/ as a submission; lessons that it does not hold are left out.
Submission submission_of(const Kit& kit, const fs::path& folder, Order& order, const std::vector<std::string>& lessons,
                         bool as_stubs) {
  Submission submission;
  for (const base::Lesson& lesson : kit.project.lessons)
    for (const std::string& file : lesson.files) {
      Source& source = submission.sources[lesson.name + "/" + file];
      const fs::path path = folder / lesson.name / file;
      source.missing = !fs::exists(path);
      if (source.missing) continue;
      source.text = base::read_file(path);
      if (as_stubs) source.text = base::make_stub(lesson, source.text, file).text;
      if (lessons.empty() || std::count(lessons.begin(), lessons.end(), lesson.number))
        order.lessons.push_back(lesson.number);
    }
  return submission;
}

void expect_all(Tally& tally, const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const fs::path& folder,
                const std::vector<std::string>& lessons, const std::string& name, bool as_stubs) {
  Order order;
  order.seed = selftest_seed;
  const Submission submission = submission_of(kit, folder, order, lessons, as_stubs);
  if (order.lessons.empty()) return tally.expect(false, name, "there is nothing to grade in " + folder.string());
  const Report report = grade(kit, sandbox, submission, order, work.make(name));
  fmt::print("{}: {} of {} points\n", name, report.score(), report.points());
  for (const LessonReport& lesson : report.lessons)
    for (const TaskReport& task : lesson.tasks) {
      const Verdict expected = as_stubs ? Verdict::not_written : Verdict::passed;
      std::string details = task.reason + "\n" + lesson.compiler;
      for (const std::string& failure : task.failures) details += "\n" + failure;
      tally.expect(task.verdict == expected,
                   fmt::format("{}: {} {} is {}", name, task.id, task.title, words(task.verdict)), details);
    }
}

/// A known mistake in the place of our function: a worker that the build made (mistaken_worker_NN), told which by its
/// environment. It loses its own task, where it is named.
void expect_loss(Tally& tally, const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson,
                 const WorkerProgram& program, const base::Task& own, const std::string& key) {
  const TaskReport lost = run_task(sandbox, {kit.tests(lesson), "[" + own.id + "]"}, own, program, selftest_seed);
  tally.expect(lost.score() == 0 && lost.verdict != Verdict::infrastructure && !lost.mistake.empty(),
               fmt::format("known mistake {}: {} is {}{}", key, own.id, words(lost.verdict),
                           lost.mistake.empty() ? ", and not named" : ""),
               lost.reason);
}

/// It loses no other task of the lesson. The tests themselves are proved so for each mistake (mistakes/prove.cpp); by
/// way of the grader one of each task is enough. All the others are asked at once, since nothing here is a stranger's.
void expect_no_other_loss(Tally& tally, const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson,
                          const WorkerProgram& program, const base::Task& own, const std::string& key) {
  base::Task others;
  others.points = lesson.points() - own.points;
  others.seconds = 60;
  const TaskReport kept = run_task(sandbox, {kit.tests(lesson), fmt::format("[{}]~[{}]", lesson.number, own.id)},
                                   others, program, selftest_seed);
  tally.expect(kept.score() == others.points,
               fmt::format("known mistake {}: the lesson's other tasks are {}", key, words(kept.verdict)),
               kept.reason + (kept.failures.empty() ? "" : "\n" + kept.failures[0]));
}

void mistakes(Tally& tally, const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson) {
  const base::Outcome list = base::capture({{kit.tests(lesson).string(), "--known-mistakes"}, {}, {}, 20.0});
  const fs::path worker = kit.root / "mistaken" / ("mistaken_worker_" + lesson.number);
  if (!fs::exists(worker)) return tally.expect(false, worker.string() + " is built", "build the target grader_checks");
  std::vector<std::string> keys;
  std::istringstream lines(list.output);
  for (std::string key; std::getline(lines, key);) keys.push_back(key);
  const auto task_of = [](const std::string& key) { return key.substr(0, key.find('/')); };
  base::in_parallel(2, keys.size(), [&](std::size_t i) {
    const WorkerProgram program{
        worker, {worker.parent_path()}, {"NN_MISTAKE=" + keys[i], "LD_LIBRARY_PATH=" + worker.parent_path().string()}};
    const base::Task& own = kit.project.task(task_of(keys[i]));
    expect_loss(tally, kit, sandbox, lesson, program, own, keys[i]);
    const bool first = std::none_of(keys.begin(), keys.begin() + std::ptrdiff_t(i),
                                    [&](const std::string& earlier) { return task_of(earlier) == own.id; });
    if (first) expect_no_other_loss(tally, kit, sandbox, lesson, program, own, keys[i]);
  });
  fmt::print("{}: {} known mistakes\n", lesson.name, keys.size());
  for (const base::Task& task : lesson.tasks) {
    const auto of_this = [&](const std::string& key) { return key.rfind(task.id + "/", 0) == 0; };
    tally.expect(std::any_of(keys.begin(), keys.end(), of_this), task.id + " has known mistakes", list.output);
  }
}

}  // namespace

bool selftest(const Kit& kit, const Sandbox& sandbox, const WorkFolder& work, const fs::path& root,
              const std::vector<std::string>& lessons) {
  Tally tally;
  fmt::print("sandbox: {}\n", sandbox.description());
  expect_all(tally, kit, sandbox, work, root / "solutions", lessons, "reference", false);
  expect_all(tally, kit, sandbox, work, root / "solutions", lessons, "stubs", true);
  expect_all(tally, kit, sandbox, work, root / "autograder/alternatives", lessons, "alternatives", false);
  for (const base::Lesson& lesson : kit.project.lessons)
    if (lessons.empty() || std::count(lessons.begin(), lessons.end(), lesson.number))
      mistakes(tally, kit, sandbox, lesson);
  fmt::print("{} expectations held, {} did not\n", tally.right, tally.wrong);
  return tally.wrong == 0 && tally.right > 0;
}

}  // namespace grader
