// An endless loop in a student's code ends with whoever started it: Ctrl-C, a save in watch, q, a closed terminal, a
// kill.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <csignal>
#include <fstream>

#include "base/process.hpp"
#include "base/tests/terminal_session.hpp"
#include "tools/staff/rehearsal.hpp"

using namespace course;

namespace {

const char* endless = "  for (volatile bool on = true; on;) {\n  }\n  return 0;";

// A test program is two processes: its supervisor, and the tests.
constexpr int whole = 2;

// How many processes run this program: those whose command line begins with its path, or ends in that file name.
int running(const Rehearsal& student, const std::string& name) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "cmdline");
    std::string program;
    if (std::getline(file, program, '\0') && program.find(student.root().string()) == 0 &&
        fs::path(program).filename() == name)
      ++count;
  }
  return count;
}

bool comes_to(const Rehearsal& student, bool some, double seconds) {
  using Clock = std::chrono::steady_clock;
  for (const auto begun = Clock::now(); std::chrono::duration<double>(Clock::now() - begun).count() < seconds;) {
    if (const int n = running(student, "test_01"); some ? n == whole : n == 0) return true;
    usleep(20'000);
  }
  return false;
}

TerminalSession session(const Rehearsal& student, const std::vector<std::string>& arguments) {
  std::vector<std::string> argv = {student.program().string()};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return TerminalSession(argv, {{"NAND2MNIST_ROOT", student.root().string()}});
}

}  // namespace

TEST_CASE("an endless loop ends with the command that ran it") {
  const Rehearsal student(NN_ROOT);
  student.course({"run", "1.1"});  // configured and built once
  student.write("1", "step", endless);
  for (const std::string end : {"Ctrl-C", "closed", "killed"}) {
    CAPTURE(end);
    TerminalSession terminal = session(student, {"run", "1.1"});
    REQUIRE(comes_to(student, true, 120));
    if (end == "Ctrl-C") terminal.press("\003");
    else if (end == "closed") terminal.hang_up();
    else kill(terminal.process(), SIGKILL);
    CHECK(comes_to(student, false, 5));
  }
}

TEST_CASE("an endless loop ends with a save in watch, and with q") {
  const Rehearsal student(NN_ROOT);
  student.course({"run", "1.1"});
  student.write("1", "step", endless);
  TerminalSession terminal = session(student, {"watch", "1"});
  REQUIRE(comes_to(student, true, 120));
  student.reset("1");
  student.write("1", "step", "  return a > 0 ? 1 : 0;");
  CHECK(terminal.sees("q quit"));  // the verdict of the new text, long before the time limit of the old one
  CHECK(comes_to(student, false, 5));
  student.reset("1");
  student.write("1", "step", endless);
  REQUIRE(comes_to(student, true, 120));
  terminal.press("q");
  CHECK(terminal.wait() == passed);
  CHECK(comes_to(student, false, 5));
}

TEST_CASE("an endless loop ends with the ctest that ran it") {
  const Rehearsal student(NN_ROOT);
  student.course({"run", "1.1"});
  student.write("1", "step", endless);
  const pid_t ctest = fork();
  if (ctest == 0) {
    dup2(open("/dev/null", O_WRONLY), 1);
    execlp("ctest", "ctest", "--test-dir", (student.root() / "build/student").c_str(), "-R", "^01.1 ", nullptr);
    _exit(127);
  }
  REQUIRE(comes_to(student, true, 120));
  kill(ctest, SIGKILL);
  waitpid(ctest, nullptr, 0);
  CHECK(comes_to(student, false, 5));
}

TEST_CASE("a loop that takes memory without end is ended before the machine suffers") {
  const Rehearsal student(NN_ROOT);
  student.write("1", "step",
                "  static std::vector<std::vector<char>> all;\n"
                "  for (;;) all.emplace_back(64 << 20, 'x');\n  return a;");
  const Outcome outcome = student.course({"run", "1.1"});
  CAPTURE(outcome.output);
  CHECK(outcome.exit_code == failed);
  CHECK(outcome.output.find("std::bad_alloc") != std::string::npos);
}
