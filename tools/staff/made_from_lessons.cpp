// ./course stubs and figures: what is in the repository and made from the lessons and our solutions.
#include <fmt/format.h>

#include "base/keep.hpp"
#include "base/stubs.hpp"
#include "tools/course/trees.hpp"
#include "tools/staff/commands.hpp"
#include "tools/staff/front_page.hpp"

namespace course {

int run_stubs(const Project& project, const fs::path& folder) {
  if (!folder.empty()) return write_stubs(project, folder), passed;
  const fs::path front = project.root / "README.md";
  const std::string before = read_file(front), after = with_lesson_table(before, lesson_table(project));
  if (after != before) write_file(front, after), fmt::print("README.md: the table of the lessons is written anew\n");
  for (const Lesson& lesson : project.lessons)
    for (const std::string& file : lesson.files) {
      const fs::path exercise = project.exercise(lesson, file),
                     kept = replace_keeping(exercise, stub_of(project, lesson, file).text);
      if (!kept.empty()) fmt::print("{}: written anew; the old file is {}\n", exercise.string(), kept.string());
    }
  return passed;
}

int run_figures(const Project& project, const std::string& which) {
  const Lesson& lesson = project.lesson(which);
  const Tree tree = configured(project, "reference");
  const std::string target = "figures_" + lesson.number;
  const Outcome built = tree.build_with_progress({target});
  if (!built.ok()) throw std::runtime_error(fmt::format("{} was not built:\n{}", target, built.output));
  return pass_through(
             {{(project.root / "tools/figures/check.sh").string(), "--update",
               (project.root / "build/figures" / lesson.number).string(), lesson.name, tree.program(target).string()},
              project.root})
      .exit_code;
}

}  // namespace course
