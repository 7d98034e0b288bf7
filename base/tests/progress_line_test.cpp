// A line that is drawn over: on a terminal with a cursor, and nowhere else.
#include "base/progress_line.hpp"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "base/process.hpp"
#include "base/tests/terminal_session.hpp"

using namespace base;

TEST_CASE("shows two lines and goes", "[.shown by the test below]") {
  ProgressLine line;
  line.show("first, which is much too long for the terminal");
  line.show("second");
}

TEST_CASE("a progress line is drawn over and goes, and a pipe or a dumb terminal sees none of it") {
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  const std::vector<std::string> argv = {self, "[.shown by the test below]", "--allow-running-no-tests"};
  const std::string clear = "\r\033[K";
  TerminalSession session(argv, {{"TERM", "xterm"}}, 20);
  CHECK(session.sees(clear + "first, which is muc" + clear + "second" + clear));
  CHECK(session.wait() == 0);
  TerminalSession dumb(argv, {{"TERM", "dumb"}}, 20);
  CHECK(dumb.wait() == 0);
  CHECK(dumb.printed().find("second") == std::string::npos);
  CHECK(capture({argv}).output.find("second") == std::string::npos);
}
