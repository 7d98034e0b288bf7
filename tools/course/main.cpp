// ./course: one command for students, instructors and contributors. The script of that name has checked the machine and
// built us, and tools/staff/ when that is asked for.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "tools/course/commands.hpp"
#include "tools/course/completion.hpp"
#include "tools/course/end.hpp"
#include "tools/course/staff.hpp"
#include "tools/course/suggest.hpp"
#include "tools/course/watch.hpp"

static void require_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands({})) names.push_back(sub->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  const std::string near = course::nearest(word, names);
  throw course::UsageError("there is no command '" + word + (near.empty() ? "'." : "'. Did you mean '" + near + "'?") +
                           " ./course help lists all.");
}

int main(int argc, char* argv[]) {
  using namespace course;
  CLI::App app{"From NAND to MNIST: neural networks from nothing, in C++", "./course"};
  app.require_subcommand(0, 1);
  int result = passed;
  const auto project = [] {
    const char* root = std::getenv("NAND2MNIST_ROOT");
    return Project::load(root ? root : ".");
  };

  std::string what, archive, group;
  const auto command = [&](const std::string& name, const std::string& description) {
    return app.add_subcommand(name, description)->group(group);
  };
  const auto with_argument = [&](const std::string& name, const std::string& description, const std::string& meaning,
                                 bool required, auto run) {
    CLI::App* sub = command(name, description);
    sub->add_option("which", what, meaning)->required(required);
    sub->callback([&result, &what, project, run] { result = run(project(), what); });
  };
  // A command that hands what follows its name to another program.
  const auto handing_over = [&](const std::string& name, const std::string& description, auto run) {
    CLI::App* sub = command(name, description);
    sub->prefix_command();
    sub->callback([&result, sub, run] { result = run(sub->remaining()); });
    return sub;
  };
  using Arguments = std::vector<std::string>;

  group = "For students";
  CLI::App* run = command("run", "build and grade: ./course run 3, run 3.2, run all");
  bool all = false;
  run->add_option("which", what, "a lesson or a task; yours to do next if absent");
  run->add_flag("--all", all, "every failed check in full, not only the smallest");
  run->callback([&] { result = run_run(project(), what, all); });
  CLI::App* watch = command("watch", "grade a lesson on every save: ./course watch 3");
  bool poll = false;
  watch->add_option("lesson", what, "a lesson; the one to do next if absent");
  watch->add_flag("--poll", poll, "look at the files instead of waiting for file events (network mounts)");
  watch->callback([&] { result = run_watch(project(), what, poll); });
  command("next", "what to do next, and where")->callback([&] { result = run_next(project()); });
  with_argument("hint", "the next of three hints to a task: ./course hint 3.2", "a task; the one to do next if absent",
                false, run_hint);
  with_argument("plot", "draw a lesson's figures from your code: ./course plot 3", "a lesson", true, run_plot);
  with_argument("try", "build and run a scratch program on your own functions", "a .cpp; scratch/try.cpp if absent",
                false, run_try);
  handing_over("play", "your network live in a page, built anew on every save", [&](const Arguments& rest) {
    return run_play(project(), rest);
  })->set_help_flag();  // its own
  with_argument("diff", "ours beside yours, once it passes: ./course diff 3", "a lesson or a task", true, run_diff);
  with_argument("reset", "the stub again, your file is kept: ./course reset 3", "a lesson or a task", true, run_reset);
  CLI::App* submit = command("submit", "check and pack what you hand in: ./course submit 3");
  submit->add_option("lesson", what, "a lesson; all that are here if absent");
  submit->add_option("--out", archive, "the archive (default: submission-03.zip)");
  submit->callback([&] { result = run_submit(project(), what, archive); });
  command("list", "lessons and tasks")->callback([&] { result = run_list(project()); });
  handing_over("capstone", "MNIST on your own code (8: of lesson 8; 8 --help)",
               [&](const Arguments& rest) { return run_capstone(project(), rest); });
  handing_over("demo", "train our network on MNIST (or --lesson 8, or --best)",
               [&](const Arguments& rest) { return run_demo(project(), rest); });
  handing_over("data", "fetch a data set and verify it: ./course data mnist",
               [&](const Arguments& rest) { return run_data(project(), rest); });
  handing_over("book", "the lessons as a site to read and print, in build/book",
               [&](const Arguments& rest) { return run_book(project(), rest); });
  for (const auto& [name, description] : {std::pair("doctor", "what is installed, what is missing"),
                                          std::pair("install", "install what is missing: ./course install NAME...")})
    handing_over(name, description,
                 [&, name = std::string(name)](const Arguments& rest) { return run_script(project(), name, rest); });

  for (const auto& [name, of, description] : staff_commands) {
    group = of;
    handing_over(name, description, [&, name = std::string(name)](const Arguments& rest) {
      return run_staff(project(), name, rest);
    })->set_help_flag();  // its own
  }
  CLI::App* completion = command("completion", "the completion script of a shell (bash, zsh, fish)");
  completion->add_option("shell", what, "bash, zsh or fish")->required();
  completion->callback([&] {
    std::vector<std::pair<std::string, std::string>> commands;
    for (const CLI::App* sub : app.get_subcommands({})) commands.emplace_back(sub->get_name(), sub->get_description());
    result = run_completion(project(), what, commands);
  });

  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments[0] == "help") {  // help run is run --help
    arguments.erase(arguments.begin());
    arguments.push_back("--help");
  }
  return ended([&]() -> int {
    if (!arguments.empty() && arguments[0][0] != '-') require_command(app, arguments[0]);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    try {
      app.parse(arguments);
    } catch (const CLI::ParseError& e) {
      return app.exit(e) == 0 ? passed : usage;
    }
    return app.get_subcommands().empty() ? run_status(project()) : result;
  });
}
