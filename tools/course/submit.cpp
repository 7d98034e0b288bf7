// ./course submit: exactly the files that count, in one archive, with what they come to at home and a receipt.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <regex>

#include "base/process.hpp"
#include "base/source_text.hpp"
#include "base/terminal.hpp"
#include "tools/course/commands.hpp"
#include "tools/course/grade.hpp"
#include "tools/course/submit.hpp"

namespace course {

static std::string output_of(const std::vector<std::string>& command, const fs::path& folder) {
  const Outcome outcome = capture({command, folder, {}, 60.0});
  if (!outcome.ok()) throw EnvironmentError(fmt::format("{} failed:\n{}", command.at(0), outcome.output));
  return outcome.output;
}

std::string includes_of_its_own(const Project& project, const Lesson& lesson, const std::string& file) {
  static const std::regex include("(^|\n)[ \t]*#[ \t]*include[ \t]*\"([^\"\n]+)\"");
  const fs::path path = project.exercise(lesson, file);
  const std::string text = fs::exists(path) ? base::as_utf8(read_file(path)).text : "";
  for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it)
    if (const std::string name = (*it)[2];
        fs::exists(path.parent_path() / name) && std::count(lesson.files.begin(), lesson.files.end(), name) == 0)
      return fmt::format("exercises/{0}/{1} includes {2}, which is not handed in; put what it says into {1}",
                         lesson.name, file, name);
  return "";
}

/// The lesson's files as UTF-8, in `folder`; their paths below exercises/.
static std::vector<std::string> copy_files(const Project& project, const Lesson& lesson, const fs::path& folder) {
  std::vector<std::string> paths;
  for (const std::string& file : lesson.files) {
    const fs::path from = project.exercise(lesson, file);
    if (!fs::exists(from)) continue;
    if (const std::string why = includes_of_its_own(project, lesson, file); !why.empty()) throw UsageError(why);
    const base::SourceText text = base::as_utf8(read_file(from));
    if (!text.was.empty()) fmt::print("exercises/{}/{} is {}; it is packed as UTF-8\n", lesson.name, file, text.was);
    paths.push_back(lesson.name + "/" + file);
    write_file(folder / "exercises" / paths.back(), text.text);
  }
  return paths;
}

/// What the lesson comes to here: "45 of 100 points (1.1, 1.2 to do)".
static std::string checked(const Project& project, const Lesson& lesson, int& points) {
  const LessonResult result = grade(project, student_tree(project), lesson);
  int earned = 0;
  std::string open;
  for (const Task& task : lesson.tasks) {
    const auto it = result.tasks.find(task.id);
    if (it != result.tasks.end() && it->second.verdict == Verdict::passed) earned += task.points;
    else open += (open.empty() ? "" : ", ") + task.id;
  }
  points += earned;
  const std::string why = !result.build_error.empty() ? " (it does not compile)"
                          : open.empty()              ? ""
                                                      : fmt::format(" (not passed: {})", open);
  return fmt::format("{} of {} points{}", earned, lesson.points(), why);
}

Packed pack(const Project& project, const std::vector<const Lesson*>& lessons, const fs::path& archive) {
  const fs::path folder = project.root / "build/submission";
  fs::remove_all(folder);
  Packed packed;
  for (const Lesson* lesson : lessons)
    for (const std::string& path : copy_files(project, *lesson, folder)) packed.paths.push_back(path);
  if (packed.paths.empty())
    throw UsageError("there is nothing to hand in; expected files such as exercises/01-perceptron/perceptron.cpp");
  std::sort(packed.paths.begin(), packed.paths.end());
  std::vector<std::string> hash = {"cmake", "-E", "sha256sum"};
  std::vector<std::string> zip = {"cmake", "-E", "tar", "cf", archive.string() + ".new", "--format=zip", "--"};
  for (const std::string& path : packed.paths) hash.push_back(path), zip.push_back("exercises/" + path);
  packed.manifest = output_of(hash, folder / "exercises");
  write_file(folder / "manifest", packed.manifest);
  packed.content = output_of({"cmake", "-E", "sha256sum", "manifest"}, folder).substr(0, 64);
  output_of(zip, folder);
  fs::rename(archive.string() + ".new", archive);
  return packed;
}

int run_submit(const Project& project, const std::string& which, const fs::path& out) {
  std::vector<const Lesson*> lessons;
  if (!which.empty()) lessons = {&project.lesson(which)};
  else
    for (const Lesson& lesson : project.lessons) lessons.push_back(&lesson);
  const std::string name = which.empty() ? "submission.zip" : "submission-" + lessons[0]->number + ".zip";
  const fs::path archive = fs::absolute(out.empty() ? project.root / name : out);
  if (archive.extension() != ".zip")
    throw UsageError(fmt::format("--out {}: expected a name that ends in .zip", out.string()));
  const Packed packed = pack(project, lessons, archive);
  std::string by_lesson;
  int earned = 0, points = 0;
  for (const Lesson* lesson : lessons) {
    if (std::none_of(packed.paths.begin(), packed.paths.end(),
                     [&](const std::string& path) { return path.starts_with(lesson->name + "/"); }))
      continue;
    const std::string line =
        fmt::format("{}  {}: {}\n", lesson->number, lesson->title, checked(project, *lesson, earned));
    fmt::print("{}", line);
    std::fflush(stdout);
    by_lesson += line;
    points += lesson->points();
  }
  char now[64];
  const std::time_t time = std::time(nullptr);
  std::strftime(now, sizeof now, "%Y-%m-%d %H:%M:%S %z", std::localtime(&time));
  const std::string sum = fmt::format("{} file{}, {} of {} points here\ncontent {}\n", packed.paths.size(),
                                      packed.paths.size() == 1 ? "" : "s", earned, points, packed.content);
  const fs::path receipt = fs::path(archive).replace_extension(".txt");
  write_file(receipt, fmt::format("packed {}\n{}\n{}\n{}", now, sum, by_lesson, packed.manifest));
  fmt::print("\n{}: {}Hand in that file. The grader's report names the same content; your receipt is {}.\n",
             fs::proximate(archive).string(), sum, fs::proximate(receipt).string());
  return passed;
}

}  // namespace course
