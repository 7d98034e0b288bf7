// A scripted student in watch mode, at a real pseudo-terminal.
#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "base/tests/terminal_session.hpp"
#include "tools/course/file_watch.hpp"
#include "tools/staff/rehearsal.hpp"

using namespace course;

// What the terminal showed instead is the first thing that one wants to know.
#define REQUIRE_SEES(...)                         \
  do {                                            \
    const bool seen = terminal.sees(__VA_ARGS__); \
    UNSCOPED_INFO(terminal.printed());            \
    REQUIRE(seen);                                \
  } while (false)

namespace {

TerminalSession watching(const Rehearsal& student, const std::vector<std::string>& more = {},
                         std::vector<std::pair<std::string, std::string>> environment = {}) {
  std::vector<std::string> argv = {student.program().string(), "watch"};
  argv.insert(argv.end(), more.begin(), more.end());
  environment.push_back({"NAND2MNIST_ROOT", student.root().string()});
  return TerminalSession(argv, environment);
}

}  // namespace

TEST_CASE("from a clone through mistakes and hints to the end of lesson 1") {
  for (const bool poll : {false, true}) {
    const Rehearsal student(NN_ROOT);
    TerminalSession terminal =
        watching(student, poll ? std::vector<std::string>{"--poll"} : std::vector<std::string>{});
    REQUIRE_SEES("not written yet", 600);
    REQUIRE_SEES("q quit");

    student.write("1", "step", "  return a >= 0;");
    REQUIRE_SEES("wrong");
    REQUIRE_SEES("Known mistake");
    REQUIRE_SEES("q quit");
    terminal.press("h");
    REQUIRE_SEES("hint 1 of 3");
    REQUIRE_SEES("q quit");

    student.reset("1");
    student.write("1", "step", "  return a > 0 ? 1 : 0");
    REQUIRE_SEES("A semicolon is missing");
    REQUIRE_SEES("q quit");

    student.reset("1");
    student.write("1", "step", "  return a > 0 ? 1 : 0;");
    REQUIRE_SEES("1.2 fire");
    REQUIRE_SEES("q quit");
    terminal.press("n");
    REQUIRE_SEES("1.2 fire");
    terminal.press("l");
    REQUIRE_SEES("1 of  6 tasks");

    student.solve("1");
    REQUIRE_SEES("You have built");
    REQUIRE_SEES("2.1");
    REQUIRE_SEES("q quit");
    terminal.press("q");
    CHECK(terminal.wait() == passed);
  }
}

TEST_CASE("only the newest text is graded, however it was saved") {
  const Rehearsal student(NN_ROOT);
  TerminalSession terminal = watching(student, {"1"});
  REQUIRE_SEES("q quit", 600);
  const fs::path file = student.exercise("1");
  const std::string stub = read_file(file);

  // saved twice at once, and again while it is being graded
  student.write("1", "step", "  return 0;");
  write_file(file, stub);
  student.write("1", "step", "  return a >= 0;");
  usleep(150'000);
  write_file(file, stub);
  student.write("1", "step", "  return a > 0 ? 1 : 0;");
  REQUIRE_SEES("1.2 fire");
  REQUIRE_SEES("q quit");

  // an editor that deletes and writes again, with a temporary file beside it
  fs::remove(file);
  write_file(file.string() + ".tmp~", "rubbish");
  usleep(50'000);
  write_file(file, stub);
  REQUIRE_SEES("1.1 step");
  REQUIRE_SEES("q quit");
}

TEST_CASE("a closed window, a Ctrl-C and no colour") {
  const Rehearsal student(NN_ROOT);
  {
    TerminalSession terminal = watching(student, {"1"});
    REQUIRE_SEES("q quit", 600);
    terminal.hang_up();
    CHECK(terminal.wait() != -1);
  }
  {
    TerminalSession terminal = watching(student, {"1"});
    REQUIRE_SEES("q quit", 600);
    CHECK(terminal.printed().find('\033') != std::string::npos);
    terminal.press("\003");
    CHECK(terminal.wait() != -1);
  }
  {
    TerminalSession terminal = watching(student, {"1"}, {{"NO_COLOR", "1"}});
    REQUIRE_SEES("q quit", 600);
    CHECK(terminal.printed().find('\033') == std::string::npos);
    terminal.press("q");
    CHECK(terminal.wait() == passed);
  }
}

TEST_CASE("lesson 1 is finished although the window was closed and the progress file cut short") {
  const Rehearsal student(NN_ROOT);
  const fs::path progress = student.root() / ".progress.json";
  {
    TerminalSession terminal = watching(student, {"1"});
    REQUIRE_SEES("q quit", 600);
    student.write("1", "step", "  return a > 0 ? 1 : 0;");
    REQUIRE_SEES("1.2 fire");
    REQUIRE_SEES("q quit");
    terminal.hang_up();
    CHECK(terminal.wait() != -1);
  }
  const std::string whole = read_file(progress);
  REQUIRE(whole.find("\"1.1\"") != std::string::npos);
  write_file(progress, whole.substr(0, whole.size() / 2));
  TerminalSession terminal = watching(student, {"1"});
  REQUIRE_SEES("q quit", 600);
  student.solve("1");
  REQUIRE_SEES("You have built");
  REQUIRE_SEES("q quit");
  terminal.press("q");
  CHECK(terminal.wait() == passed);
  CHECK(read_file(progress).find("\"1.6\"") != std::string::npos);
  CHECK(read_file(student.root() / ".progress.json.damaged") == whole.substr(0, whole.size() / 2));
}

TEST_CASE("what is printed after a resize fits the new width") {
  const Rehearsal student(NN_ROOT);
  TerminalSession terminal = watching(student, {"1"}, {{"NO_COLOR", "1"}});
  REQUIRE_SEES("q quit", 600);
  const auto longest_after =
      [&](std::size_t begin) {  // of the lines that are broken between words: those of six spaces
        std::size_t longest = 0;
        for (std::size_t end; (end = terminal.printed().find('\n', begin)) != std::string::npos; begin = end + 1)
          if (terminal.printed().compare(begin, 6, "      ") == 0 && terminal.printed()[begin + 6] != ' ')
            longest = std::max(longest, end - begin - (terminal.printed()[end - 1] == '\r'));
        return longest;
      };
  for (const int columns : {80, 50}) {
    const std::size_t before = terminal.printed().size();
    terminal.resize(columns);
    student.reset("1");
    student.write("1", "step", columns == 80 ? "  return a >= 0;" : "  return a >= 0 ? 1 : 0;");
    REQUIRE_SEES("Known mistake");
    REQUIRE_SEES("q quit");
    CAPTURE(terminal.printed().substr(before));
    CHECK(longest_after(before) <= std::size_t(columns));
    CHECK(longest_after(before) > std::size_t(columns) - 25);
  }
  terminal.press("q");
  CHECK(terminal.wait() == passed);
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
