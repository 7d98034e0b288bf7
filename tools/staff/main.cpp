// What ./course grade, export, test, check, stubs, new, figures and bench become: tools/course/staff.hpp lists them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "tools/course/end.hpp"
#include "tools/course/staff.hpp"
#include "tools/staff/commands.hpp"
#include "tools/staff/export.hpp"
#include "tools/staff/new_lesson.hpp"

int main(int argc, char* argv[]) {
  using namespace course;
  CLI::App app{"Instructors and contributors", "./course"};
  app.require_subcommand(1);
  int result = passed;
  const auto project = [] {
    const char* root = std::getenv("NAND2MNIST_ROOT");
    return Project::load(root ? root : ".");
  };
  const auto command = [&](const std::string& name) {
    const auto* at = std::find_if(std::begin(staff_commands), std::end(staff_commands),
                                  [&](const StaffCommand& one) { return one.name == name; });
    return app.add_subcommand(name, at == std::end(staff_commands) ? "" : at->description);
  };

  std::string what, folder;
  for (const auto& [name, run] : {std::pair("grade", &run_grade), std::pair("bench", &run_bench)}) {
    CLI::App* sub = command(name);
    sub->prefix_command();
    sub->set_help_flag();  // that of the program which it hands over to
    sub->callback([&result, sub, project, run = run] { result = run(project(), sub->remaining()); });
  }
  CLI::App* exported = command("export");
  exported
      ->add_option("--through", what,
                   "the last lesson that is in it; or a list, 9,14: these lessons and all that they require")
      ->required();
  exported->add_option("folder", folder, "a new folder, or that of an earlier export")->required();
  exported->callback([&] { result = run_export(project(), what, folder); });

  bool again = false, times = false;
  CLI::App* test = command("test");
  test->add_flag("--again", again, "also what has passed before and is unchanged");
  test->add_flag("--times", times, "what each promise has cost");
  test->callback([&] { result = run_test(project(), again, times); });
  bool files = false;
  CLI::App* check = command("check");
  check->add_option("lesson", what, "the files, and the tests of this lesson alone");
  check->add_flag("--files", files, "the files alone, which takes seconds");
  check->callback([&] { result = run_check(project(), what, files); });
  CLI::App* stubs = command("stubs");
  stubs->add_option("folder", folder, "where to (default: exercises/, old files are kept)");
  stubs->callback([&] { result = run_stubs(project(), folder); });
  CLI::App* fresh = command("new");
  fresh->add_option("name", what, "two digits and words, as in 18-attention")->required();
  fresh->add_option("--requires", folder,
                    "the lessons that it stands on, as in 9,11 (default: that of the first capstone)");
  fresh->callback([&] { result = run_new(project(), what, folder); });
  CLI::App* figures = command("figures");
  figures->add_option("lesson", what, "the lesson's number")->required();
  figures->callback([&] { result = run_figures(project(), what); });

  return ended([&]() -> int {
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
      return app.exit(e) == 0 ? passed : usage;
    }
    return result;
  });
}
