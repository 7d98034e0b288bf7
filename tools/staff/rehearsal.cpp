#include "tools/staff/rehearsal.hpp"

#include <regex>
#include <set>
#include <stdexcept>

#include "base/stubs.hpp"
#include "tools/course/trees.hpp"

namespace course {

Rehearsal::Rehearsal(const fs::path& real_root)
    : root_(real_root / "build/rehearsal/a student"), program_(real_root / "build/tools/bin/course") {
  fs::create_directories(root_);
  for (const auto& entry : fs::directory_iterator(real_root)) {
    const std::string file = entry.path().filename().string();
    const fs::path link = root_ / file;
    if (file == "exercises" || file == "build" || file == "scratch" || file[0] == '.' || fs::is_symlink(link)) continue;
    fs::create_symlink(entry.path(), link);
  }
  for (const char* progress : {".progress.json", ".progress.json.damaged"}) fs::remove(root_ / progress);
  // a stub that nobody has touched stays, and what was compiled of it
  const Project p = project();
  std::set<fs::path> handed_out;
  for (const Lesson& lesson : p.lessons)
    for (const fs::path& file : p.exercises(lesson)) handed_out.insert(file);
  std::vector<fs::path> others;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(root_ / "exercises", none))
    if (!entry.is_directory() && !handed_out.contains(entry.path())) others.push_back(entry.path());
  for (const fs::path& file : others) fs::remove(file);
  write_stubs(p, root_ / "exercises");
}

fs::path Rehearsal::exercise(const std::string& lesson) const {
  const Project p = project();
  const Lesson& l = p.lesson(lesson);
  return p.exercise(l, l.files.at(0));
}

void Rehearsal::write(const std::string& lesson, const std::string& function, const std::string& body) const {
  const fs::path file = exercise(lesson);
  std::string text = read_file(file);
  const auto at = text.find(" " + function + "("), begin = text.find("  todo(", at), end = text.find(";\n", begin);
  if (at == std::string::npos || begin == std::string::npos)
    throw std::runtime_error(function + " has no todo(...) in " + file.string());
  write_file(file, text.replace(begin, end + 2 - begin, body + "\n"));
}

void Rehearsal::solve(const std::string& lesson) const {
  const Project p = project();
  const Lesson& l = p.lesson(lesson);
  for (const std::string& file : l.files) write_file(p.exercise(l, file), read_file(p.solution(l, file)));
}

void Rehearsal::reset(const std::string& lesson) const {
  const Project p = project();
  const Lesson& l = p.lesson(lesson);
  for (const std::string& file : l.files) write_file(p.exercise(l, file), stub_of(p, l, file).text);
}

Outcome Rehearsal::course(const std::vector<std::string>& arguments, double seconds) const {
  Command command{{program_.string()}, root_, {{"NAND2MNIST_ROOT", root_.string()}, {"LC_ALL", "C"}}, seconds};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  Outcome outcome = capture(command);
  static const std::regex progress("course: building[^\\n]*\\n");  // which a busy machine adds
  outcome.output = std::regex_replace(outcome.output, progress, "");
  return outcome;
}

Outcome Rehearsal::ctest(const std::vector<std::string>& arguments) const {
  return Tree{root_, root_ / "build/student", "student"}.test(arguments);
}

}  // namespace course
