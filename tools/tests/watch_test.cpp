// A scripted student in watch mode, at a real pseudo-terminal.
#include <catch2/catch_test_macros.hpp>
#include <fmt/format.h>

#include "tools/course/file_watch.hpp"
#include "tools/tests/rehearsal.hpp"
#include "tools/tests/terminal_session.hpp"

using namespace course;

namespace {

TerminalSession watching(const Rehearsal& student, const std::vector<std::string>& more = {}, std::vector<std::pair<std::string, std::string>> environment = {}) {
  std::vector<std::string> argv = {NN_COURSE, "watch"};
  argv.insert(argv.end(), more.begin(), more.end());
  environment.push_back({"NAND2MNIST_ROOT", student.root().string()});
  return TerminalSession(argv, environment);
}

}  // namespace

TEST_CASE("from a clone through mistakes and hints to the end of lesson 1") {
  for (const bool poll : {false, true}) {
    const Rehearsal student("a scripted student");
    TerminalSession terminal = watching(student, poll ? std::vector<std::string>{"--poll"} : std::vector<std::string>{});
    REQUIRE(terminal.sees("not written yet", 600));
    REQUIRE(terminal.sees("q quit"));

    student.write("1", "step", "  return a >= 0;");
    REQUIRE(terminal.sees("wrong"));
    REQUIRE(terminal.sees("Known mistake"));
    REQUIRE(terminal.sees("q quit"));
    terminal.press("h");
    REQUIRE(terminal.sees("hint 1 of 3"));
    REQUIRE(terminal.sees("q quit"));

    student.reset("1");
    student.write("1", "step", "  return a > 0 ? 1 : 0");
    REQUIRE(terminal.sees("A semicolon is missing"));
    REQUIRE(terminal.sees("q quit"));

    student.reset("1");
    student.write("1", "step", "  return a > 0 ? 1 : 0;");
    REQUIRE(terminal.sees("1.2 fire"));
    REQUIRE(terminal.sees("q quit"));
    terminal.press("n");
    REQUIRE(terminal.sees("1.2 fire"));
    terminal.press("l");
    REQUIRE(terminal.sees("1 of  6 tasks"));

    student.solve("1");
    REQUIRE(terminal.sees("You have built"));
    REQUIRE(terminal.sees("2.1"));
    REQUIRE(terminal.sees("q quit"));
    terminal.press("q");
    CHECK(terminal.wait() == passed);
  }
}

TEST_CASE("only the newest text is graded, however it was saved") {
  const Rehearsal student("a scripted student");
  TerminalSession terminal = watching(student, {"1"});
  REQUIRE(terminal.sees("q quit", 600));
  const fs::path file = student.exercise("1");
  const std::string stub = read_file(file);

  // saved twice at once, and again while it is being graded
  student.write("1", "step", "  return 0;");
  write_file(file, stub);
  student.write("1", "step", "  return a >= 0;");
  usleep(150'000);
  write_file(file, stub);
  student.write("1", "step", "  return a > 0 ? 1 : 0;");
  REQUIRE(terminal.sees("1.2 fire"));
  REQUIRE(terminal.sees("q quit"));

  // an editor that deletes and writes again, with a temporary file beside it
  fs::remove(file);
  write_file(file.string() + ".tmp~", "rubbish");
  usleep(50'000);
  write_file(file, stub);
  REQUIRE(terminal.sees("1.1 step"));
  REQUIRE(terminal.sees("q quit"));
}

TEST_CASE("a closed window, a Ctrl-C and no colour") {
  const Rehearsal student("a scripted student");
  {
    TerminalSession terminal = watching(student, {"1"});
    REQUIRE(terminal.sees("q quit", 600));
    terminal.hang_up();
    CHECK(terminal.wait() != -1);
  }
  {
    TerminalSession terminal = watching(student, {"1"});
    REQUIRE(terminal.sees("q quit", 600));
    CHECK(terminal.printed().find('\033') != std::string::npos);
    terminal.press("\003");
    CHECK(terminal.wait() != -1);
  }
  {
    TerminalSession terminal = watching(student, {"1"}, {{"NO_COLOR", "1"}});
    REQUIRE(terminal.sees("q quit", 600));
    CHECK(terminal.printed().find('\033') == std::string::npos);
    terminal.press("q");
    CHECK(terminal.wait() == passed);
  }
}

TEST_CASE("a changed text is noticed, and nothing else") {
  for (const bool poll : {false, true}) {
    const fs::path folder = fs::temp_directory_path() / fmt::format("nn-watch-{}", getpid());
    const fs::path file = folder / "a.cpp";
    write_file(file, "one");
    FileWatch watch({file}, poll);
    CHECK_FALSE(watch.changed());
    write_file(folder / "a.cpp.swp", "x");
    CHECK_FALSE(watch.changed());
    write_file(file, "one");
    CHECK_FALSE(watch.changed());
    write_file(file, "two");
    CHECK(watch.changed());
    CHECK_FALSE(watch.changed());
    fs::remove(file);
    CHECK_FALSE(watch.changed());
    write_file(file, "three");
    CHECK(watch.changed());
    fs::remove_all(folder);
  }
}
