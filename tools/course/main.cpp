// ./course: one command for students, instructors and contributors. The script of that name has checked the machine and
// built us.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "tools/course/commands.hpp"
#include "tools/course/completion.hpp"
#include "tools/course/export.hpp"
#include "tools/course/watch.hpp"

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

  std::vector<std::string> rest;
  std::string what, folder;
  const auto command = [&](const std::string& name, const std::string& description) {
    return app.add_subcommand(name, description);
  };

  CLI::App* demo = command("demo", "train the reference network on MNIST, print its accuracy, draw the figures");
  demo->prefix_command();
  demo->callback([&, demo] { result = run_demo(project(), demo->remaining()); });
  command("test", "everything this repository promises; exit code 0 only if all of it holds")->callback([&] {
    result = run_test(whole("test"));
  });
  command("check", "for contributors: stubs, solutions, mistakes and documents in step")->callback([&] {
    result = run_check(whole("check"));
  });
  CLI::App* stubs =
      command("stubs", "for contributors: write anew what is made from the lessons: the stubs, README.md's table");
  stubs->add_option("folder", folder, "where to (default: exercises/, old files are kept)");
  stubs->callback([&] { result = run_stubs(whole("stubs"), folder); });
  CLI::App* exported =
      command("export", "for instructors: a repository for students, up to a lesson: ./course export --through 3 DIR");
  exported
      ->add_option("--through", what,
                   "the last lesson that is in it; or a list, 9,14: these lessons and all that they require")
      ->required();
  exported->add_option("folder", folder, "a new folder, or that of an earlier export")->required();
  exported->callback([&] { result = run_export(project(), what, folder); });
  CLI::App* data = command("data", "fetch a data set and verify it: ./course data mnist");
  data->prefix_command();
  data->callback([&, data] { result = run_data(project(), data->remaining()); });
  CLI::App* capstone = command(
      "capstone",
      "what a lesson ends in, on your own code: MNIST, or ./course capstone 8; --swap: MNIST with ours in place "
      "of each of your lessons in turn");
  capstone->prefix_command();
  capstone->callback([&, capstone] { result = run_capstone(project(), capstone->remaining()); });
  CLI::App* bench = command("bench", "how fast: our trainer beside the frameworks that are here");
  bench->prefix_command();
  bench->callback([&, bench] { result = run_bench(project(), bench->remaining()); });
  CLI::App* book = command("book", "the lessons as a site to read and print, in build/book");
  book->prefix_command();
  book->callback([&, book] { result = run_book(whole("book"), book->remaining()); });
  CLI::App* grade = command("grade", "for instructors: grade a submission, a folder or an archive, in a sandbox");
  grade->prefix_command();
  grade->set_help_flag();  // the grader's own
  grade->callback([&, grade] { result = run_grade(whole("grade"), grade->remaining()); });
  CLI::App* plot = command("plot", "draw a lesson's figures from your code: ./course plot 3");
  plot->add_option("lesson", what, "the lesson's number")->required();
  plot->callback([&] { result = run_plot(project(), what); });
  command("list", "lessons and tasks")->callback([&] { result = run_list(project()); });

  const auto with_argument = [&](const std::string& name, const std::string& description, const std::string& meaning,
                                 bool required, auto run) {
    CLI::App* sub = command(name, description);
    sub->add_option("which", what, meaning)->required(required);
    sub->callback([&result, &what, project, run] { result = run(project(), what); });
  };
  with_argument("run", "build and grade a lesson or a task: ./course run 3, ./course run 3.2",
                "a lesson or a task; yours to do next if absent", false, run_run);
  with_argument("hint", "the next of three hints to a task: ./course hint 3.2", "a task; the one to do next if absent",
                false, run_hint);
  with_argument("diff", "ours beside yours, once it passes: ./course diff 3", "a lesson or a task", true, run_diff);
  with_argument("reset", "a lesson's stub again; your file is kept: ./course reset 3", "a lesson", true, run_reset);
  CLI::App* watch = command("watch", "grade a lesson on every save: ./course watch 3");
  bool poll = false;
  watch->add_option("lesson", what, "a lesson; the one to do next if absent");
  watch->add_flag("--poll", poll, "look at the files instead of waiting for file events (network mounts)");
  watch->callback([&] { result = run_watch(project(), what, poll); });
  CLI::App* completion =
      command("completion", "the completion script of a shell: eval \"$(./course completion bash)\"");
  completion->add_option("shell", what, "bash, zsh or fish")->required();
  completion->callback([&] {
    std::vector<std::pair<std::string, std::string>> commands;
    for (const CLI::App* sub : app.get_subcommands({})) commands.emplace_back(sub->get_name(), sub->get_description());
    result = run_completion(project(), what, commands);
  });
  command("next", "what to do next, and where")->callback([&] { result = run_next(project()); });

  try {
    app.parse(argc, argv);
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
