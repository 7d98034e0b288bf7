// ./course export: what a student's repository holds, that it works by itself, and that the next one leaves the
// student's files alone.
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/process.hpp"
#include "base/stubs.hpp"
#include "tools/staff/export.hpp"

using namespace course;
using Catch::Matchers::ContainsSubstring;

namespace {

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("course export " + std::to_string(getpid()))) { fs::remove_all(path); }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

/// An export of which nobody reads the compiled mistakes: a compiler that makes an empty object of them is quick.
int export_unread_mistakes(const Project& project, const std::string& through, const fs::path& folder) {
  const fs::path quick = fs::temp_directory_path() / ("course export compiler " + std::to_string(getpid()));
  write_file(quick,
             "#!/bin/sh\ncase \" $* \" in *' -E '*) exec c++ \"$@\" ;; esac\n"
             "for object in \"$@\"; do :; done\nexec c++ -c -x c++ /dev/null -o \"$object\"\n");
  fs::permissions(quick, fs::perms::owner_all);
  const char* const given = std::getenv("CXX");
  const std::string before = given ? given : "";
  setenv("CXX", quick.c_str(), 1);
  const int code = run_export(project, through, folder);
  given ? setenv("CXX", before.c_str(), 1) : unsetenv("CXX");
  fs::remove(quick);
  return code;
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> all;
  for (auto it = fs::recursive_directory_iterator(folder); it != fs::recursive_directory_iterator(); ++it) {
    if (it->path() == folder / "build") it.disable_recursion_pending();
    else if (it->is_regular_file()) all.push_back(it->path());
  }
  return all;
}

/// Our bodies of a lesson, two lines and more: what must not be found in the repository.
std::vector<std::string> bodies(const Project& project, const Lesson& lesson) {
  std::vector<std::string> all;
  for (const std::string& file : lesson.files) {
    std::istringstream lines(read_file(project.solution(lesson, file)));
    std::string body;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
      const bool marker = line.find("//>") != std::string::npos || line.find("//-") != std::string::npos ||
                          line.find("//<") != std::string::npos;
      if (marker && body.find('\n') != body.rfind('\n')) all.push_back(body);
      if (marker) body.clear(), inside = line.find("//<") == std::string::npos;
      else if (inside) body += line + "\n";
    }
  }
  return all;
}

std::string without_spaces(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
  return text;
}

/// The lines of each of our bodies that say something, and would be recognised.
std::vector<std::set<std::string>> telling_lines(const Project& project, const Lesson& lesson) {
  std::vector<std::set<std::string>> all;
  for (const std::string& file : lesson.files) {
    std::istringstream lines(read_file(project.solution(lesson, file)));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
      const std::string text = without_spaces(line);
      if (text.starts_with("//>")) inside = true, all.emplace_back();
      else if (text.starts_with("//<")) inside = false;
      else if (inside && text.size() >= 18) all.back().insert(text);
    }
  }
  std::erase_if(all, [](const auto& body) { return body.empty(); });
  return all;
}

/// No file holds half of the lines of an answer of this lesson, so that none can be cut from it; nor do its known
/// mistakes, whatever they call things.
void expect_no_answer_in_pieces(const Project& project, const fs::path& folder, const Lesson& lesson) {
  CHECK_FALSE(fs::exists(folder / "autograder/mistakes" / (lesson.name + ".cpp")));
  const auto all = telling_lines(project, lesson);
  REQUIRE(all.size() > 3);
  for (const fs::path& file : files_of(folder)) {
    std::set<std::string> lines;
    std::istringstream text(read_file(file));
    for (std::string line; std::getline(text, line);) lines.insert(without_spaces(line));
    for (const auto& body : all) {
      const auto found =
          std::count_if(body.begin(), body.end(), [&](const auto& line) { return lines.count(line) > 0; });
      INFO(file << " holds " << *body.begin());
      CHECK(2 * std::size_t(found) < body.size());
    }
  }
}

void expect_nothing_beyond(const Project& project, const fs::path& folder, std::size_t through) {
  std::vector<std::string> texts;
  for (const fs::path& file : files_of(folder)) {
    const std::string name = fs::relative(file, folder).string();
    for (std::size_t i = through; i < project.lessons.size(); ++i)
      CHECK(name.find(project.lessons[i].name) == std::string::npos);
    for (const char* ours : {"autograder/grader", "autograder/remote", "autograder/sandbox", "alternatives",
                             "interpose", "prove", "nn_grader", "/examples/"})
      CHECK(name.find(ours) == std::string::npos);
    texts.push_back(read_file(file));
  }
  std::size_t searched = 0;
  for (std::size_t i = through - 1; i < project.lessons.size(); ++i)
    for (const std::string& body : bodies(project, project.lessons[i])) {
      ++searched;
      for (const std::string& text : texts) CHECK(text.find(body) == std::string::npos);
    }
  CHECK(searched > 10);
}

}  // namespace

TEST_CASE("an exported repository holds what a student needs, works by itself, and grows", "[export]") {
  const Project project = Project::load(NN_ROOT);
  const Folder folder;
  REQUIRE(run_export(project, "3", folder.path) == passed);
  expect_nothing_beyond(project, folder.path, 3);
  expect_no_answer_in_pieces(project, folder.path, project.lesson("3"));
  for (const char* path : {"solutions/02-multilayer/multilayer.cpp", "stubs/03-activations/activations.cpp",
                           "exercises/03-activations/activations.cpp", "LICENSE"})
    CHECK(fs::exists(folder.path / path));
  CHECK_FALSE(fs::exists(folder.path / "solutions/03-activations"));

  const auto course = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), (folder.path / "course").string());
    return capture({arguments, folder.path, {{"NAND2MNIST_ROOT", ""}}, 900.0});
  };
  const fs::path first = folder.path / "exercises/03-activations/activations.cpp",
                 second = folder.path / "exercises/02-multilayer/multilayer.cpp";
  const std::string ours = read_file(project.solution(project.lesson("3"), "activations.cpp"));
  write_file(first, ours);
  const Outcome run = course({"run", "3.2"});
  INFO(run.output);
  CHECK(run.exit_code == passed);
  CHECK(course({"run", "2.1"}).exit_code == failed);
  const Outcome submitted = course({"submit", "3"});
  INFO(submitted.output);
  const std::string receipt = read_file(folder.path / "submission-03.txt");
  const std::string content = receipt.substr(receipt.find("content "), 8 + 64);
  CHECK(submitted.exit_code == passed);
  CHECK_THAT(submitted.output, ContainsSubstring(": 100 of 100 points\n") && ContainsSubstring(content + "\n") &&
                                   ContainsSubstring("Hand in that file."));
  CHECK_THAT(receipt, ContainsSubstring("  03-activations/activations.cpp\n"));
  std::string mistaken = ours;
  mistaken.replace(mistaken.find("z > 0"), 5, "z >= 0");
  write_file(first, mistaken);
  CHECK_THAT(course({"run", "3.1"}).output,
             ContainsSubstring("it fires above 0 only"));  // named, though not by its source
  write_file(first, ours);
  CHECK_THAT(course({"diff", "3.2"}).output, ContainsSubstring("comes with the next lesson"));
  for (const char* refused : {"check", "test", "export"}) {
    const Outcome outcome =
        course(refused == std::string("export") ? std::vector<std::string>{"export", "--through", "1", "elsewhere"}
                                                : std::vector<std::string>{refused});
    CHECK(outcome.exit_code == usage);
    CHECK_THAT(outcome.output, ContainsSubstring("needs the whole course"));
  }
  CHECK(course({"capstone"}).exit_code == usage);

  write_file(second, "// not finished\n");
  write_file(folder.path / "nn/losses.hpp", "// my notes\n");
  write_file(folder.path / "my.txt", "mine\n");
  REQUIRE(export_unread_mistakes(project, "4", folder.path) == passed);
  expect_nothing_beyond(project, folder.path, 4);
  CHECK(read_file(first) == ours);
  CHECK(read_file(second) == "// not finished\n");
  CHECK(read_file(folder.path / "my.txt") == "mine\n");
  CHECK(read_file(folder.path / "nn/losses.hpp") == read_file(project.root / "nn/losses.hpp"));
  CHECK(std::distance(fs::directory_iterator(folder.path / "nn/kept"), {}) == 1);
  CHECK(fs::exists(folder.path / "exercises/04-losses/losses.cpp"));
  CHECK(fs::exists(folder.path / "solutions/03-activations/activations.cpp"));
  CHECK_FALSE(fs::exists(folder.path / "stubs/03-activations"));
  const Outcome next = course({"run", "4.1"});
  INFO(next.output);
  CHECK(next.exit_code == failed);
  CHECK_THAT(next.output, ContainsSubstring("not written"));
  CHECK(course({"reset", "4"}).exit_code == passed);
}

TEST_CASE("a repository made from a template gets the next lesson by the guide's commands", "[export]") {
  const Project project = Project::load(NN_ROOT);
  const Folder folder;
  const fs::path templ = folder.path / "template", student = folder.path / "student";
  const auto in = [](const fs::path& where, const std::string& commands) {
    const Outcome outcome = capture(
        {{"sh", "-ec", "export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1\n" + commands}, where, {}, 120.0});
    INFO(outcome.output);
    REQUIRE(outcome.ok());
    return outcome.output;
  };
  const std::string commit = "git add -A && git -c user.name=a -c user.email=a@b commit -qm lessons\n";
  REQUIRE(export_unread_mistakes(project, "1", templ) == passed);
  in(templ, "git init -q -b main && " + commit);
  fs::copy(templ, student, fs::copy_options::recursive);
  fs::remove_all(student / ".git");  // a history of its own
  const fs::path mine = "exercises/01-perceptron/perceptron.cpp";
  write_file(student / mine, "// my work\n");
  in(student, "git init -q -b main && " + commit);
  REQUIRE(export_unread_mistakes(project, "2", templ) == passed);
  in(templ, commit);

  const std::string guide = read_file(project.root / "docs/instructors.md"), begins = "    git fetch https://";
  std::string commands = guide.substr(guide.find(begins));
  commands.erase(commands.find("\n\n"));
  commands.replace(0, commands.find(" main\n"), "git fetch -q '" + templ.string() + "'");
  in(student, commands);
  CHECK(read_file(student / mine) == "// my work\n");
  for (const char* path : {"exercises/02-multilayer/multilayer.cpp", "solutions/01-perceptron/perceptron.cpp",
                           "lessons/02-multilayer/lesson.json"})
    CHECK(read_file(student / path) == read_file(templ / path));
  in(student, commit);
}

TEST_CASE("an export of chosen lessons holds them and what they require, and can build its capstone", "[export]") {
  const Project project = Project::load(NN_ROOT);
  const Folder folder;
  REQUIRE(export_unread_mistakes(project, "7,2", folder.path) == passed);
  CHECK(Project::load(folder.path).lessons.size() == 7);
  CHECK(Project::load(folder.path).capstone().name == project.capstone().name);
  const Outcome configured = capture({{"cmake", "--preset", "bench"}, folder.path, {}, 300.0});
  INFO(configured.output);
  CHECK(configured.ok());
}

TEST_CASE("an export from a root of symbolic links holds what they lead to, and nothing lands elsewhere", "[export]") {
  const Folder folder;
  const fs::path linked = folder.path / "linked", target = folder.path / "target";
  fs::create_directories(linked);
  for (const auto& entry : fs::directory_iterator(NN_ROOT))
    if (entry.path().filename() != "build" && entry.path().filename() != ".git")
      fs::create_symlink(entry.path(), linked / entry.path().filename());
  REQUIRE(export_unread_mistakes(Project::load(linked), "2", target) == passed);
  for (const char* path : {"tools/course/main.cpp", "nn/perceptron.hpp", "cmake/nn_lesson.cmake", "course"})
    CHECK(fs::exists(target / path));
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 2);
}

TEST_CASE("an export goes nowhere where it could do harm", "[export]") {
  const Project project = Project::load(NN_ROOT);
  const Folder folder;
  CHECK_THROWS_AS(run_export(project, "3", project.root / "build/inside"), UsageError);
  CHECK_THROWS_AS(run_export(project, "99", folder.path), UsageError);
  write_file(folder.path / "thesis.tex", "years of work");
  CHECK_THROWS_AS(run_export(project, "3", folder.path), UsageError);
  CHECK(files_of(folder.path).size() == 1);
  fs::remove(folder.path / "thesis.tex");
  write_file(folder.path / ".course-export", "{}");
  CHECK_THROWS_AS(run_export(project, "3", folder.path), UsageError);
}
