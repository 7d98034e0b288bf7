// ./course: one command for students, instructors and contributors. The script of that name has checked the machine and
// built us.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tools/course/commands.hpp"
#include "tools/course/completion.hpp"
#include "tools/course/export.hpp"
#include "tools/course/new_lesson.hpp"
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

  const auto whole = [&](const std::string& for_what) {
    Project all = project();
    require_whole_course(all, for_what);
    return all;
  };

  std::string what, folder, group;
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
  with_argument("run", "build and grade: ./course run 3, run 3.2, run all",
                "a lesson or a task; yours to do next if absent", false, run_run);
  CLI::App* watch = command("watch", "grade a lesson on every save: ./course watch 3");
  bool poll = false;
  watch->add_option("lesson", what, "a lesson; the one to do next if absent");
  watch->add_flag("--poll", poll, "look at the files instead of waiting for file events (network mounts)");
  watch->callback([&] { result = run_watch(project(), what, poll); });
  command("next", "what to do next, and where")->callback([&] { result = run_next(project()); });
  with_argument("hint", "the next of three hints to a task: ./course hint 3.2", "a task; the one to do next if absent",
                false, run_hint);
  with_argument("plot", "draw a lesson's figures from your code: ./course plot 3", "a lesson", true, run_plot);
  with_argument("diff", "ours beside yours, once it passes: ./course diff 3", "a lesson or a task", true, run_diff);
  with_argument("reset", "the stub again, your file is kept: ./course reset 3", "a lesson or a task", true, run_reset);
  command("list", "lessons and tasks")->callback([&] { result = run_list(project()); });
  handing_over("capstone", "MNIST on your own code (8: what lesson 8 ends in)",
               [&](const Arguments& rest) { return run_capstone(project(), rest); });
  handing_over("demo", "train our network on MNIST and draw its figures",
               [&](const Arguments& rest) { return run_demo(project(), rest); });
  handing_over("data", "fetch a data set and verify it: ./course data mnist",
               [&](const Arguments& rest) { return run_data(project(), rest); });
  handing_over("book", "the lessons as a site to read and print, in build/book",
               [&](const Arguments& rest) { return run_book(whole("book"), rest); });
  for (const auto& [name, description] : {std::pair("doctor", "what is installed, what is missing"),
                                          std::pair("install", "install what is missing: ./course install NAME...")})
    handing_over(name, description,
                 [&, name = std::string(name)](const Arguments& rest) { return run_script(project(), name, rest); });

  group = "For instructors";
  handing_over("grade", "grade a submission or a class, in a sandbox", [&](const Arguments& rest) {
    return run_grade(whole("grade"), rest);
  })->set_help_flag();  // the grader's own
  CLI::App* exported = command("export", "a repository for students: export --through 3 DIR");
  exported
      ->add_option("--through", what,
                   "the last lesson that is in it; or a list, 9,14: these lessons and all that they require")
      ->required();
  exported->add_option("folder", folder, "a new folder, or that of an earlier export")->required();
  exported->callback([&] { result = run_export(project(), what, folder); });

  group = "For contributors";
  bool again = false, times = false;
  CLI::App* test = command("test", "everything this repository promises, tested");
  test->add_flag("--again", again, "also what has passed before and is unchanged");
  test->add_flag("--times", times, "what each promise has cost");
  test->callback([&] { result = run_test(whole("test"), again, times); });
  command("check", "the quick part of ./course test")->callback([&] { result = run_check(whole("check")); });
  CLI::App* stubs = command("stubs", "write anew what is made from the lessons: the stubs, README.md's table");
  stubs->add_option("folder", folder, "where to (default: exercises/, old files are kept)");
  stubs->callback([&] { result = run_stubs(whole("stubs"), folder); });
  CLI::App* fresh = command("new", "the skeleton of a lesson: ./course new 18-name");
  fresh->add_option("name", what, "two digits and words, as in 18-attention")->required();
  fresh->add_option("--requires", folder,
                    "the lessons that it stands on, as in 9,11 (default: that of the first capstone)");
  fresh->callback([&] { result = run_new(whole("new"), what, folder); });
  CLI::App* figures = command("figures", "a lesson's figures and their numbers anew, from our solution");
  figures->add_option("lesson", what, "the lesson's number")->required();
  figures->callback([&] { result = run_figures(whole("figures"), what); });
  handing_over("bench", "how fast: our trainer beside the frameworks that are here",
               [&](const Arguments& rest) { return run_bench(project(), rest); });
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
  try {
    if (!arguments.empty() && arguments[0][0] != '-') require_command(app, arguments[0]);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    app.parse(arguments);
    if (app.get_subcommands().empty()) result = run_status(project());
    return result;
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? passed : usage;
  } catch (const UsageError& e) {
    std::cerr << "course: " << e.what() << '\n';
    return usage;
  } catch (const EnvironmentError& e) {
    std::cerr << "course: " << e.what() << '\n';
    return environment;
  } catch (const std::exception& e) {
    std::cerr << "course: " << e.what() << '\n';
    return failed;
  }
}
