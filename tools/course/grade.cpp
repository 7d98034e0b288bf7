#include "tools/course/grade.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "base/test_exit.hpp"
#include "tools/course/helpers.hpp"
#include "tools/course/sanitize.hpp"

namespace course {

const char* words(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::wrong: return "wrong";
    case Verdict::wrong_shape: return "wrong shape";
    case Verdict::not_a_number: return "not a number";
    case Verdict::not_written: return "not written yet";
    case Verdict::does_not_compile: return "does not compile";
    case Verdict::crashed: return "crashed";
    case Verdict::timed_out: return "timed out";
  }
  return "";
}

Tree student_tree(const Project& project) { return configured(project, "student"); }

// The frame of the student's own file among the places an exception came through, as "exercises/...:line".
static std::string student_line(const Project& project, const fs::path& program,
                                const std::vector<std::size_t>& offsets) {
  if (offsets.empty()) return "";
  Command command{{"addr2line", "-i", "-e", program.string()}, project.root, {}, 5.0};
  for (const std::size_t offset : offsets) command.argv.push_back(fmt::format("{:#x}", offset));
  try {
    std::istringstream lines(capture(command).output);
    const std::string own = (project.root / "exercises").string() + "/";
    for (std::string line; std::getline(lines, line);)
      if (line.rfind(own, 0) == 0)
        return fs::relative(line.substr(0, line.rfind(" (discriminator")), project.root).string();
  } catch (const EnvironmentError&) {
    // no addr2line here: the message stands without the line
  }
  return "";
}

static Verdict kind_of(const std::string& failure) {
  if (std::regex_search(failure, std::regex("should have been \\d+ x \\d+, but it was \\d+ x \\d+")))
    return Verdict::wrong_shape;
  if (failure.find("but it was not a number") != std::string::npos) return Verdict::not_a_number;
  return Verdict::wrong;
}

namespace {

// Reads what a test program says (autograder/tests/support/events.cpp) into results.
class Events {
 public:
  Events(const Project& project, const fs::path& program, std::map<std::string, TaskResult>& tasks)
      : project_(project), program_(program), tasks_(tasks) {}

  void read(const std::string& output) {
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);)
      if (line.rfind("{\"event\":", 0) == 0) take(nlohmann::json::parse(line, nullptr, false));
  }

 private:
  void take(const nlohmann::json& event) {
    if (event.is_discarded()) return;
    const std::string kind = event.value("event", "");
    if (kind == "begin") {
      std::smatch m;
      const std::string tags = event.value("tags", "");
      current_ = std::regex_search(tags, m, std::regex("\\[(\\d+\\.\\d+)\\]")) ? m[1].str() : "";
      test_ = event.value("test", "");
      ++tests_[current_];
    } else if (kind == "mistake") {
      const std::string key = event.value("key", ""), id = key.substr(0, key.find('/'));
      if (const auto it = tasks_.find(id); it != tasks_.end() && it->second.mistake.empty())
        it->second.mistake = event.value("says", "");
    } else if (kind == "clue") {
      if (const auto it = tasks_.find(event.value("task", "")); it != tasks_.end())
        it->second.clues.push_back(event.value("says", ""));
    }
    const auto it = tasks_.find(current_);
    if (it == tasks_.end()) return;
    TaskResult& task = it->second;
    if (kind == "not written") {
      task.verdict = Verdict::not_written;
      ++task.failed_checks;
      if (event.value("task", "").rfind(current_ + " ", 0) != 0)
        task.failures.push_back("it calls " + event.value("task", "") + ", which is not written yet");
    } else if (kind == "failure") {
      const std::string text = event.value("text", "");
      const Verdict kind = kind_of(text);
      // An exception first: its line and its rule say more than a number. Then a wrong shape, then what is smallest.
      const bool threw = text.find("it threw an exception") != std::string::npos;
      const std::pair rank(threw ? 0 : kind == Verdict::wrong_shape ? 1 : 2, threw ? 0 : event.value("size", 0));
      auto& ranks = ranks_[current_];
      const auto at = std::upper_bound(ranks.begin(), ranks.end(), rank);
      if (at == ranks.begin()) {  // the one that is shown
        if (task.verdict != Verdict::not_written) task.verdict = kind;
        task.claim = test_;
        task.place = student_line(project_, program_, event.value("thrown_at", std::vector<std::size_t>{}));
      }
      if (task.claims.empty() || task.claims.back() != test_) task.claims.push_back(test_);
      task.failures.insert(task.failures.begin() + std::min<std::ptrdiff_t>(at - ranks.begin(), task.failures.size()),
                           text);
      ranks.insert(at, rank);
      ++task.failed_checks;
    } else if (kind == "end") {
      task.checks += event.value("checks", 0);
      task.only_claim = task.claims.size() == 1 && tests_[current_] > 1;
      current_.clear();
    }
  }

  const Project& project_;
  const fs::path program_;
  std::map<std::string, TaskResult>& tasks_;
  std::string current_, test_;
  // Task by task: what the failures are shown by, first to last, and how many tests there were.
  std::map<std::string, std::vector<std::pair<int, int>>> ranks_;
  std::map<std::string, int> tests_;
};

Outcome run_tasks(const Project& project, const fs::path& program, const std::vector<std::string>& ids,
                  double seconds) {
  std::string selection;
  for (const std::string& id : ids) selection += fmt::format("{}[{}]", selection.empty() ? "" : ",", id);
  return capture({{program.string(), selection, "-r", "events"},
                  project.root,
                  {{"OPENBLAS_NUM_THREADS", "1"}, {"NN_SECONDS", fmt::format("{:.0f}", std::ceil(seconds))}},
                  seconds * base::wall_factor + 5,  // the program keeps the limits itself
                  4 << 20});
}

// Whether every test came to its end; the exit codes are those of base/test_exit.hpp.
bool complete(const Outcome& outcome) {
  return outcome.exit_code == base::tests_passed || outcome.exit_code == base::tests_failed ||
         outcome.exit_code == base::tests_not_written;
}

// What the compiler warned of when it last compiled the lesson's files (cmake/compile_as_begun.sh).
std::string warnings_of(const Tree& tree, const Lesson& lesson) {
  std::string all;
  const fs::path objects = tree.folder / "CMakeFiles" / ("body_" + lesson.number + ".dir") / "exercises" / lesson.name;
  for (const std::string& file : lesson.files)
    if (const fs::path said = objects / (file + ".o.warnings"); fs::exists(said)) all += read_file(said);
  return all;
}

std::string last_line(const std::string& output) {
  const auto end = output.find_last_not_of('\n');
  const auto begin = output.rfind('\n', end);
  return end == std::string::npos ? "" : output.substr(begin == std::string::npos ? 0 : begin + 1, end - begin);
}

}  // namespace

LessonResult grade(const Project& project, const Tree& tree, const Lesson& lesson,
                   const std::vector<std::string>& wanted) {
  LessonResult result;
  std::vector<std::string> ids = wanted;
  if (ids.empty())
    for (const Task& task : lesson.tasks) ids.push_back(task.id);

  const Outcome built = tree.build_with_progress({"test_" + lesson.number});
  result.build_seconds = built.seconds;
  if (!built.ok()) {
    result.build_error = built.output;
    for (const std::string& id : ids) result.tasks[id].verdict = Verdict::does_not_compile;
    return result;
  }

  result.warnings = warnings_of(tree, lesson);
  const fs::path program = tree.program("test_" + lesson.number);
  const auto run = [&](const std::vector<std::string>& some, double seconds) {
    for (const std::string& id : some) {
      result.tasks[id] = {};
      result.tasks[id].verdict = Verdict::passed;
    }
    const Outcome outcome = run_tasks(project, program, some, seconds);
    result.run_seconds += outcome.seconds;
    Events(project, program, result.tasks).read(outcome.output);
    return outcome;
  };

  double longest = 0;
  for (const std::string& id : ids) longest = std::max(longest, double(project.task(id).seconds));
  const Outcome together = run(ids, longest);
  if (!complete(together)) {  // some task took the others with it: each gets a process of its own
    for (const std::string& id : ids) {
      const Outcome alone = run({id}, project.task(id).seconds);
      TaskResult& task = result.tasks[id];
      if (alone.timed_out || alone.exit_code == base::tests_timed_out) {
        task.verdict = Verdict::timed_out;
        task.place.clear();
        task.failures.insert(task.failures.begin(), fmt::format("it was stopped after {} s; a loop that never ends?",
                                                                project.task(id).seconds));
      } else if (alone.signal != 0) {
        task.verdict = Verdict::crashed;
        explain_crash(project, tree, lesson, id, alone.signal, task);
      } else if (!complete(alone)) {
        task.verdict = Verdict::crashed;
        task.failures.insert(task.failures.begin(),
                             alone.exit_code == base::tests_left_early
                                 ? last_line(alone.output)
                                 : fmt::format("the test program ended with exit code {}", alone.exit_code));
      }
    }
  }
  for (const std::string& id : ids)
    if (TaskResult& task = result.tasks[id]; task.verdict == Verdict::passed && task.checks == 0) {
      task.verdict = Verdict::wrong;
      task.failures.push_back(
          fmt::format("no check was made (the test program ended with exit code {})", together.exit_code));
    }
  std::string code;
  for (const std::string& file : lesson.files) code += read_file(project.exercise(lesson, file));
  for (const Task& task : lesson.tasks) {
    const auto it = result.tasks.find(task.id);
    if (it == result.tasks.end() || it->second.failures.empty()) continue;
    if (it->second.verdict != Verdict::crashed && it->second.verdict != Verdict::timed_out &&
        reads_unchecked(code, task))
      explain_unchecked(project, tree, lesson, task.id, it->second);
    break;  // only the first that fails is shown in full
  }
  name_helpers(code, lesson, result, [&](const std::string& id) {
    std::map<std::string, TaskResult> asked;
    asked[id].verdict = Verdict::passed;
    const Outcome outcome = run_tasks(project, program, {id}, project.task(id).seconds);
    Events(project, program, asked).read(outcome.output);
    return asked[id].verdict == Verdict::passed && outcome.ok();
  });
  return result;
}

}  // namespace course
