// Other programs: their output, their end, and that nothing of them stays behind.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/process.hpp"

using namespace base;

TEST_CASE("output and exit code come back") {
  const Outcome outcome = capture({{"sh", "-c", "echo out; echo err >&2; exit 7"}});
  CHECK(outcome.output == "out\nerr\n");
  CHECK(outcome.exit_code == 7);
  CHECK_FALSE(outcome.ok());
}

TEST_CASE("a signal is told from an exit") {
  const Outcome outcome = capture({{"sh", "-c", "kill -SEGV $$"}});
  CHECK(outcome.signal == 11);
  CHECK(outcome.exit_code == 139);
}

namespace {

// A zombie, not yet reaped, counts as dead.
bool lives(int pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);
  const auto name_end = text.rfind(')');
  return name_end != std::string::npos && text[name_end + 2] != 'Z';
}

bool ends_within(int pid, double seconds) {
  for (int tries = 0; tries < seconds * 100 && lives(pid); ++tries) usleep(10'000);
  return !lives(pid);
}

// What it starts stays in its group, leaves for a session of its own, and ignores what can be ignored.
const std::string three =
    "trap '' TERM HUP INT; sleep 1000 & echo $!; setsid sleep 1001 & echo $!; "
    "setsid sh -c 'sleep 1002 & echo $!; sleep 1003'& sleep 0.5; ";

std::vector<int> numbers(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<int>(in), {}};
}

}  // namespace

TEST_CASE("a program that never ends is ended, with all it started") {
  const Outcome outcome = capture({{"sh", "-c", three + "sleep 1000"}, {}, {}, 2});
  CHECK(outcome.timed_out);
  CHECK(outcome.seconds < 10);
  REQUIRE(numbers(outcome.output).size() == 3);
  for (const int pid : numbers(outcome.output)) CHECK_FALSE(lives(pid));
}

TEST_CASE("what a program leaves behind that ended by itself is ended") {
  const Outcome outcome = capture({{"sh", "-c", three + "exit 3"}});
  CHECK(outcome.exit_code == 3);
  CHECK(outcome.seconds < 10);
  REQUIRE(numbers(outcome.output).size() == 3);
  for (const int pid : numbers(outcome.output)) CHECK_FALSE(lives(pid));
}

TEST_CASE("what was started does not outlive its starter, however that ends") {
  for (const Process::Place place : {Process::Place::captured, Process::Place::foreground})
    for (const int signal : {SIGKILL, SIGTERM, SIGHUP, SIGINT}) {
      CAPTURE(int(place), signal);
      if (place == Process::Place::foreground && signal == SIGINT) continue;  // Ctrl-C is the program's own there
      const fs::path file = fs::temp_directory_path() / ("nn-process-" + std::to_string(getpid()));
      fs::remove(file);
      const pid_t starter = fork();
      if (starter == 0) {
        for (const int s : {SIGTERM, SIGHUP, SIGINT}) std::signal(s, SIG_DFL);
        Process(
            {{"sh", "-c", "(" + three + ") > '" + file.string() + "'; echo >> '" + file.string() + "'; sleep 1000"}},
            place)
            .wait();
        _exit(0);
      }
      for (int tries = 0; tries < 1000 && !(fs::exists(file) && read_file(file).ends_with("\n\n")); ++tries)
        usleep(10'000);
      kill(starter, signal);
      waitpid(starter, nullptr, 0);
      const std::vector<int> pids = numbers(read_file(file));
      fs::remove(file);
      CHECK(pids.size() == 3);
      for (const int pid : pids) CHECK(ends_within(pid, 10));
    }
}

TEST_CASE("what is stopped is gone with all it started") {
  Process process({{"sh", "-c", three + "sleep 1000"}}, Process::Place::captured);
  CHECK(process.running());
  usleep(1'000'000);
  process.stop();
  CHECK_FALSE(process.running());
  REQUIRE(numbers(process.wait().output).size() == 3);
  for (const int pid : numbers(process.wait().output)) CHECK_FALSE(lives(pid));
}

TEST_CASE("too much output is cut, not kept") {
  Command command{{"sh", "-c", "yes | head -c 1000000"}};
  command.most_output = 1000;
  CHECK(capture(command).output.size() == 1000);
}

TEST_CASE("what cannot be started is the environment's fault") {
  CHECK_THROWS_AS(capture({{"no-such-program-anywhere"}}), EnvironmentError);
  CHECK_THROWS_AS(pass_through({{"no-such-program-anywhere"}}), EnvironmentError);
}

TEST_CASE("orphans that have ended are not kept as zombies while a program runs") {
  const Outcome outcome = capture({{"sh", "-c",
                                    "for i in 1 2 3 4 5; do (sh -c 'exit 0' &); done; sleep 0.5; n=0\n"
                                    "for s in /proc/[0-9]*/status; do\n"
                                    "  grep -qs \"^PPid:.$PPID$\" $s && grep -qs '^State:.Z' $s && n=$((n + 1))\n"
                                    "done\n"
                                    "echo zombies $n"}});
  CHECK(outcome.output == "zombies 0\n");
}

TEST_CASE("what has come so far is shown to who watches") {
  std::vector<std::string> seen;
  Command command{{"sh", "-c", "echo one; sleep 0.5; echo two"}};
  command.watch = [&](const std::string& output) { seen.push_back(output); };
  CHECK(capture(command).output == "one\ntwo\n");
  REQUIRE(!seen.empty());
  CHECK(std::find(seen.begin(), seen.end(), "one\n") != seen.end());
}
