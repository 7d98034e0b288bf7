#include "tools/course/tests/toy_project.hpp"

#include <unistd.h>

#include <catch2/catch_message.hpp>

#include "base/stubs.hpp"
#include "tools/staff/front_page.hpp"
#include "tools/staff/new_lesson.hpp"

namespace course {

ToyProject::ToyProject() : root(fs::temp_directory_path() / ("course toy " + std::to_string(getpid()))) {
  fs::remove_all(root);
  const auto options = fs::copy_options::recursive;
  fs::create_directories(root / "tools/staff");
  fs::copy(fs::path(NN_ROOT) / "tools/staff/skeleton", root / "tools/staff/skeleton", options);
  write_file(root / "lessons/parts.json", R"({"I": "Toys"})");
  write_file(root / "docs/bibliography.md", "# Bibliography\n");
  write_file(root / "tools/staff/promise_list.cpp", "");
  add("01-toy", {});
}

ToyProject::~ToyProject() { fs::remove_all(root); }

void ToyProject::add(const std::string& name, const std::vector<std::string>& requires_lessons) const {
  const Project before = fs::exists(root / "lessons/01-toy") ? load() : Project{root, {}};
  for (const fs::path& file : new_lesson(before, name, requires_lessons)) {
    std::string text = read_file(root / file);
    const std::string mark = fill_in;
    for (std::size_t at; (at = text.find(mark)) != std::string::npos;) text.replace(at, mark.size(), "done");
    write_file(root / file, text);
  }
  const Project after = load();
  const Lesson& lesson = after.lesson(name);
  for (const std::string& file : lesson.files)
    write_file(after.exercise(lesson, file), stub_of(after, lesson, file).text);
  write_file(root / "README.md",
             with_lesson_table("# Toys\n\n<!-- lessons -->\n<!-- /lessons -->\n", lesson_table(after)));
  for (const auto& entry : fs::directory_iterator(root / "lessons" / name / "figures"))
    if (entry.path().extension() == ".gp") write_file(fs::path(entry.path()).replace_extension(".svg"), "<svg/>");
}

void ToyProject::change(const fs::path& file, const std::string& what, const std::string& instead) const {
  std::string text = read_file(root / file);
  const auto at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error(file.string() + " does not hold '" + what + "'");
  write_file(root / file, text.replace(at, what.size(), instead));
}

bool only_problem(const Findings& found, const std::string& text) {
  for (const std::string& problem : found.problems) UNSCOPED_INFO(problem);
  return found.problems.size() == 1 && found.problems[0].find(text) != std::string::npos;
}

}  // namespace course
