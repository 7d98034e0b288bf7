// The commands of a student's day: run, hint, next, diff, reset, and where am I.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <sstream>

#include "base/keep.hpp"
#include "base/process.hpp"
#include "base/source_text.hpp"
#include "base/stubs.hpp"
#include "base/terminal.hpp"
#include "tools/course/commands.hpp"
#include "tools/course/show.hpp"
#include "tools/course/submit.hpp"

namespace course {

int run_status(const Project& project) { return show_status(project, read_progress(project)), passed; }

/// Of what compiles here, and not as it is handed in.
static void warn_of_files(const Project& project, const Lesson& lesson) {
  for (const std::string& file : lesson.files) {
    const fs::path path = project.exercise(lesson, file);
    const std::string was = fs::exists(path) ? base::as_utf8(read_file(path)).was : "";
    if (!was.empty()) fmt::print(stderr, "course: exercises/{}/{} is {}; save it as UTF-8\n", lesson.name, file, was);
    if (const std::string why = includes_of_its_own(project, lesson, file); !why.empty())
      fmt::print(stderr, "course: {}\n", why);
  }
}

// Grades a lesson, or one task of it, writes down and shows what came of it. True when all of it passed.
static bool graded(const Project& project, const Lesson& lesson, const std::vector<std::string>& tasks,
                   const Shown& shown) {
  warn_of_files(project, lesson);
  const LessonResult result = grade(project, student_tree(project), lesson, tasks);
  const Progress progress = update_progress(project, [&](Progress& all) { all.take(result); });
  show_lesson(project, lesson, result, progress, shown);
  if (std::getenv("COURSE_TIMES"))
    fmt::print("times: build {:.3f} s, run {:.3f} s\n", result.build_seconds,
               result.run_seconds);  // for benchmarks/feedback
  return std::all_of(result.tasks.begin(), result.tasks.end(),
                     [](const auto& task) { return task.second.verdict == Verdict::passed; });
}

int run_run(const Project& project, const std::string& what, bool every_check) {
  if (what == "all") {
    bool all = true;
    for (const Lesson& lesson : project.lessons) {
      all = graded(project, lesson, {}, {every_check, false}) && all;
      std::fflush(stdout);
    }
    show_status(project, read_progress(project));
    return all ? passed : failed;
  }
  if (what.find('.') != std::string::npos)
    return graded(project, project.lesson_of_task(what), {project.task(what).id}, {every_check}) ? passed : failed;
  const std::string current =
      next_task(project, read_progress(project)).value_or(project.lessons.back().tasks.back().id);
  const Lesson& lesson = what.empty() ? project.lesson_of_task(current) : project.lesson(what);
  return graded(project, lesson, {}, {every_check}) ? passed : failed;
}

int run_hint(const Project& project, const std::string& id) {
  const Task& task = project.task(
      id.empty() ? next_task(project, read_progress(project)).value_or(project.lessons.front().tasks.front().id) : id);
  const int last = int(task.hints.size());
  if (last == 0) throw std::runtime_error(fmt::format("task {} has no hints yet", task.name()));
  int shown = 0;
  update_progress(project, [&](Progress& all) {
    int& hints = all.tasks[task.id].hints;
    hints = shown = std::min(hints + 1, last);
  });
  fmt::print("{}  {}\n\n", ink(Ink::bold, task.name()), ink(Ink::dim, fmt::format("hint {} of {}", shown, last)));
  for (int i = 0; i < shown; ++i)
    fmt::print("{}\n\n", i + 1 < shown ? ink(Ink::dim, wrapped(task.hints[i], 2)) : wrapped(task.hints[i], 2));
  if (shown < last) fmt::print("{}\n", ink(Ink::dim, "Ask again for the next one."));
  return passed;
}

int run_next(const Project& project) {
  const Progress progress = read_progress(project);
  const auto next = next_task(project, progress);
  if (!next) return show_map(project), passed;
  const Task& task = project.task(*next);
  const Lesson& lesson = project.lesson_of_task(*next);
  fmt::print("{}  {}\n\n", ink(Ink::bold, task.name()),
             ink(Ink::dim, fmt::format("about {} min, {} points", task.minutes, task.points)));
  fmt::print("  read    lessons/{}/README.md\n  what    {}\n", lesson.name, lesson.header);
  fmt::print("  write   exercises/{}/{}\n", lesson.name, file_of(project, lesson, task));
  fmt::print("  try     ./course run {}      or  ctest --preset student -R {}\n", task.id, task.test_id());
  return passed;
}

// A function's definition in formatted code, from its first line to the brace that closes it: one that stands in the
// first column, or ends the first line. Braces of loops are indented.
static std::string definition_of(const std::string& function, const std::string& code) {
  static const std::regex head(R"(^[A-Za-z][^;=]*?(\w+)\()");
  std::istringstream lines(code);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    std::smatch m;
    if (text.empty() && !(std::regex_search(line, m, head) && m[1] == function)) continue;
    text += "  " + line + "\n";
    if (line == "}" || (!line.starts_with(' ') && line.ends_with(" }"))) return text;
  }
  return text;
}

// One more correct answer, and what is good in each: the comment that it begins with, and its code for the tasks.
static void print_another(const Project& project, const Lesson& lesson, const std::string& file,
                          const std::vector<Task>& tasks) {
  const std::string name = "autograder/alternatives/" + lesson.name + "/" + file;
  if (!fs::exists(project.root / name)) return;  // not in a student's repository (./course export)
  const std::string code = read_file(project.root / name);
  std::string functions, comment;
  for (const Task& task : tasks)
    for (const std::string& function : task.functions) functions += definition_of(function, code);
  if (functions.empty()) return;
  std::istringstream lines(code);
  for (std::string line; std::getline(lines, line) && line.starts_with("// ");) comment += line.substr(3) + "\n";
  fmt::print("\n{}\n\n{}\n{}", ink(Ink::bold, name), functions, comment);
}

int run_diff(const Project& project, const std::string& what) {
  const Progress progress = read_progress(project);
  const Lesson& lesson = what.find('.') == std::string::npos ? project.lesson(what) : project.lesson_of_task(what);
  for (const Task& task : lesson.tasks)
    if (!progress.passed(task.id) && (what.find('.') == std::string::npos || project.task(what).id == task.id))
      throw UsageError(
          fmt::format("{} does not pass yet; ours is shown beside yours once it does. `./course hint {}` helps on",
                      task.name(), task.id));
  if (!fs::exists(project.root / "solutions" / lesson.name))
    throw UsageError(fmt::format("ours of lesson {} comes with the next lesson", lesson.plain_number()));
  for (const std::string& file : lesson.files) {
    std::string ours;  // our solution as a student would write it: without the markers
    std::istringstream lines(read_file(project.solution(lesson, file)));
    for (std::string line; std::getline(lines, line);) {
      const auto at = line.find_first_not_of(' ');
      const std::string text = at == std::string::npos ? "" : line.substr(at, 3);
      if (text != "//>" && text != "//<" && text != "//-") ours += line + "\n";
    }
    const fs::path shown = project.root / "build/ours" / lesson.name / file;
    write_file(shown, ours);
    const std::string yours = fmt::format("exercises/{}/{}", lesson.name, file);
    std::vector<std::string> argv = {"diff", "--expand-tabs"};
    const Terminal& terminal = Terminal::out();
    if (terminal.tty && terminal.width >= 2 * 64) {
      argv.insert(argv.end(), {"--side-by-side", "-W", std::to_string(terminal.width)});
      fmt::print("{}\n",
                 ink(Ink::bold, fmt::format("{} (yours)  |  solutions/{}/{} (ours)", yours, lesson.name, file)));
    } else {  // no room for two columns: one above the other
      argv.insert(argv.end(), {"--unified=100000", "--label", yours + " (yours: -)", "--label",
                               fmt::format("solutions/{}/{} (ours: +)", lesson.name, file)});
      if (terminal.colour) argv.push_back("--color=always");
    }
    argv.insert(argv.end(), {project.exercise(lesson, file).string(), shown.string()});
    std::fflush(stdout);
    if (pass_through({argv, project.root}).exit_code > 1) return environment;
    print_another(project, lesson, file,
                  what.find('.') == std::string::npos ? lesson.tasks : std::vector{project.task(what)});
  }
  return passed;
}

int run_reset(const Project& project, const std::string& what) {
  const bool one = what.find('.') != std::string::npos;
  const Lesson& lesson = one ? project.lesson_of_task(what) : project.lesson(what);
  std::vector<Task> tasks = one ? std::vector{project.task(what)} : lesson.tasks;
  for (const std::string& file : one ? std::vector{file_of(project, lesson, tasks[0])} : lesson.files) {
    const fs::path exercise = project.exercise(lesson, file);
    const std::string stub = stub_of(project, lesson, file).text;
    const fs::path kept = replace_keeping(exercise, one ? with_stub_of(tasks[0], read_file(exercise), stub) : stub);
    const std::string name = fs::relative(exercise, project.root).string(), of = one ? what + " in " : "";
    if (kept.empty()) fmt::print("{}{} is the stub already.\n", of, name);
    else
      fmt::print("{}{} is the stub again; your file is kept as {}\n", of, name,
                 fs::relative(kept, project.root).string());
  }
  update_progress(project, [&](Progress& all) {
    for (const Task& task : tasks) all.tasks.erase(task.id);
  });
  return passed;
}

}  // namespace course
