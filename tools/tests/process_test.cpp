// Other programs: their output, their end, and that nothing of them stays behind.
#include <catch2/catch_test_macros.hpp>

#include "tools/course/process.hpp"

using namespace course;

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

TEST_CASE("a program that never ends is ended, with all it started") {
  const Outcome outcome = capture({{"sh", "-c", "sleep 1000 & echo $!; sleep 1000"}, {}, {}, 0.3});
  CHECK(outcome.timed_out);
  CHECK(outcome.seconds < 5);
  // a zombie that nobody has waited for yet is as good as gone
  const std::string status = "/proc/" + outcome.output.substr(0, outcome.output.find('\n')) + "/status";
  const auto alive = [&] { return capture({{"grep", "-q", "^State:.*[RSD] ", status}}).ok(); };
  for (int tries = 0; tries < 100 && alive(); ++tries)
    capture({{"sleep", "0.05"}});  // killed, it still has to be scheduled once
  CHECK_FALSE(alive());
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
