#include "tools/course/show.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/stubs.hpp"
#include "base/terminal.hpp"
#include "tools/course/compile_errors.hpp"
#include "tools/course/explain.hpp"

namespace course {

static std::string mark(Verdict verdict) {
  if (verdict == Verdict::passed) return tick();
  return verdict == Verdict::not_written ? dot() : cross();
}

static std::string wrapped_lines(const std::string& text, int indent) {
  std::istringstream lines(text);
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    const int own = int(line.find_first_not_of(' ') == std::string::npos ? 0 : line.find_first_not_of(' '));
    all += wrapped(line, indent + own) + "\n";
  }
  return all;
}

static std::string sentence(const std::string& text) {
  return text.ends_with("?") || text.ends_with(".") ? text : text + ".";
}

constexpr std::size_t lines_of_a_failure = 10;  // so that a report fits a screen of 24

static std::string shortened(const std::string& text) {
  std::size_t end = 0;
  for (std::size_t line = 0; line < lines_of_a_failure && end != std::string::npos; ++line)
    end = text.find('\n', end + 1);
  if (end == std::string::npos || text.find('\n', end + 1) == std::string::npos) return text;
  return text.substr(0, end) + "\n        ...\n";
}

static void print_details(const TaskResult& task, const std::string& id, bool all) {
  constexpr int indent = 6;
  const std::string margin(indent, ' ');
  if (!task.place.empty()) fmt::print("{}{}\n", margin, ink(Ink::bold, task.place));
  const bool ended = task.verdict == Verdict::crashed || task.verdict == Verdict::timed_out;
  if (!task.claim.empty() && !ended)
    fmt::print("{}\n", wrapped((task.only_claim ? "All else holds, but not: " : "Not so: ") + task.claim, indent));
  const std::size_t shown = all ? task.failures.size() : std::min<std::size_t>(1, task.failures.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string text = wrapped_lines(explained(task.failures[i]), indent);
    fmt::print("{}", all ? text : shortened(text));
  }
  if (task.failed_checks > int(shown) && shown > 0)
    fmt::print("{}\n", ink(Ink::dim, fmt::format("{}{} of {} checks failed{}", margin, task.failed_checks, task.checks,
                                                 all ? "" : fmt::format("; all of them: ./course run {} --all", id))));
  if (task.helper.empty() && task.mistake.empty() && task.clues.empty()) {
    std::vector<std::string> others = task.claims;  // the later a test, the more particular is what it asks
    std::erase(others, task.claim);
    for (std::size_t i = others.size() - std::min<std::size_t>(others.size(), 3); i < others.size(); ++i)
      fmt::print("{}\n", wrapped("Nor: " + others[i], indent));
  }
  if (!task.helper.empty()) fmt::print("{}\n", ink(Ink::yellow, wrapped(sentence(task.helper), indent)));
  else if (!task.mistake.empty())
    fmt::print("{}\n", ink(Ink::yellow, wrapped(sentence("Known mistake: " + task.mistake), indent)));
  for (const std::string& clue : task.clues) fmt::print("{}\n", ink(Ink::yellow, wrapped(sentence(clue), indent)));
}

// The compiler's warnings, those in functions of tasks that do not pass first.
static void print_warnings(const Project& project, const Lesson& lesson, const LessonResult& result, bool all) {
  std::set<std::string> failing, not_asked;
  for (const Task& task : lesson.tasks) {
    const auto it = result.tasks.find(task.id);
    if (it != result.tasks.end() && it->second.verdict == Verdict::passed) continue;
    (it == result.tasks.end() ? not_asked : failing).insert(task.functions.begin(), task.functions.end());
  }
  const std::string text = explained_warnings(project, lesson, result.warnings, failing, not_asked, all ? 100 : 1);
  if (!text.empty()) fmt::print("{}\n", wrapped_lines(text, 2));
}

static std::string capstone_line(const Project& project, const Lesson& lesson) {
  const bool first = project.capstone().number == lesson.number;
  return fmt::format("`./course capstone{}` {}.", first ? "" : fmt::format(" {}", lesson.plain_number()),
                     lesson.capstone->says);
}

static void print_part(const Project& project, const Lesson& lesson) {
  if (const std::string part = project.part_begins(lesson); !part.empty())
    fmt::print("{}  {}\n\n", lesson.number == project.lessons.front().number ? "" : "\n", ink(Ink::bold, part));
}

void show_map(const Project& project) {
  for (const Lesson& lesson : project.lessons) {
    print_part(project, lesson);
    std::set<std::string> needed;
    for (const std::string& name : lesson.requires_lessons) needed.insert(project.lesson(name).number);
    fmt::print("  {} {}  {}\n", tick(), lesson.number,
               needed.empty() ? ink(Ink::bold, lesson.title)
                              : ink(Ink::bold, fmt::format("{:<42}", lesson.title)) +
                                    ink(Ink::dim, fmt::format("on {}", fmt::join(needed, ", "))));
    fmt::print("{}\n", wrapped(sentence(lesson.built.substr(0, lesson.built.find(". "))), 8));
  }
  fmt::print("\nAll tasks in this repository pass: all of this is yours.\n\n");
  for (const Lesson& lesson : project.lessons)
    if (lesson.capstone) fmt::print("{}\n", wrapped(capstone_line(project, lesson), 0));
  if (fs::exists(project.root / "docs/reading.md")) fmt::print("\nWhat you can now read: docs/reading.md\n");
}

// The next step: in this lesson while there is one, else wherever the first open task is.
static void print_next(const Project& project, const Progress& progress, const Lesson* here = nullptr) {
  std::optional<std::string> next;
  if (here)
    for (const Task& task : here->tasks)
      if (!next && !progress.passed(task.id)) next = task.id;
  if (!next) next = next_task(project, progress);
  if (!next) return fmt::print("All tasks in this repository pass. What you have built: ./course\n");
  const Task& task = project.task(*next);
  const Lesson& lesson = project.lesson_of_task(*next);
  fmt::print("Next: {} {}\n", ink(Ink::bold, task.name()),
             ink(Ink::dim, fmt::format("(about {} min, {} points)", task.minutes, task.points)));
  fmt::print("  {}  {}\n", fmt::format("exercises/{}/{}", lesson.name, file_of(project, lesson, task)),
             ink(Ink::dim, "contract: " + lesson.header));
  fmt::print("  {}\n", ink(Ink::dim, fmt::format("./course hint {}", task.id)));
}

void show_lesson(const Project& project, const Lesson& lesson, const LessonResult& result, const Progress& progress,
                 const Shown& shown) {
  int points = 0;
  for (const Task& task : lesson.tasks) points += progress.passed(task.id) ? task.points : 0;
  fmt::print("{} {}\n\n", ink(Ink::bold, fmt::format("Lesson {}  {}", lesson.plain_number(), lesson.title)),
             ink(Ink::dim, fmt::format("  {} of {} points", points, lesson.points())));
  if (!result.build_error.empty()) {
    fmt::print("{}", wrapped_lines(explained_build(project, lesson, result.build_error), 2));
    fmt::print("\n");
    return;
  }
  bool detailed = false;
  for (const Task& task : lesson.tasks) {
    const auto it = result.tasks.find(task.id);
    if (it == result.tasks.end()) continue;
    const TaskResult& r = it->second;
    fmt::print("  {} {:<4} {:<32} {}\n", mark(r.verdict), task.id, task.title,
               r.verdict == Verdict::passed ? ink(Ink::dim, fmt::format("{} checks", r.checks)) : words(r.verdict));
    const bool broken = r.verdict != Verdict::passed && (r.verdict != Verdict::not_written || !r.failures.empty());
    if (broken && (!detailed || result.tasks.size() == 1)) {
      print_details(r, task.id, shown.every_check);
      detailed = true;
    }
  }
  fmt::print("\n");
  print_warnings(project, lesson, result, shown.every_check);
  const bool whole =
      std::all_of(lesson.tasks.begin(), lesson.tasks.end(), [&](const Task& task) { return progress.passed(task.id); });
  if (whole) fmt::print("{}\n\n", ink(Ink::green, wrapped("You have built " + lesson.built, 2)));
  if (whole && lesson.capstone && next_task(project, progress))
    fmt::print("{}\n\n", ink(Ink::bold, capstone_line(project, lesson)));
  if (shown.next_step) print_next(project, progress, &lesson);
}

void show_status(const Project& project, const Progress& progress) {
  if (!next_task(project, progress)) return show_map(project);
  int all = 0, got = 0;
  for (const Lesson& lesson : project.lessons) {
    int points = 0;
    std::size_t tasks = 0;
    for (const Task& task : lesson.tasks)
      if (progress.passed(task.id)) points += task.points, ++tasks;
    const bool whole = tasks == lesson.tasks.size();
    print_part(project, lesson);
    fmt::print("  {} {}  {:<34} {:>2} of {:>2} tasks {:>4} of {:>3} points {:>5} min\n", whole ? tick() : dot(),
               lesson.number, lesson.title, tasks, lesson.tasks.size(), points, lesson.points(), lesson.minutes);
    all += lesson.points();
    got += points;
  }
  fmt::print("\n  {} of {} points\n\n", got, all);
  print_next(project, progress);
}

}  // namespace course
