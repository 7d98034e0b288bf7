// Proves the tests by the mistakes: prove_mistakes PROGRAM, a lesson's tests in which each known mistake can take the
// place of our body. Every mistake must fail its own task, be named in the failure, and cost no other task; and our own
// bodies must pass whatever seed the grader draws: twenty of them, or as many as NN_PROVE_SEEDS says.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/process.hpp"

using base::Outcome;

static Outcome run(const std::string& program, const std::string& mistake, std::vector<std::string> arguments,
                   bool names = true, std::uint64_t seed = 0) {
  arguments.insert(arguments.begin(), program);
  base::Command command{arguments, {}, {{"NN_MISTAKE", mistake}, {"OPENBLAS_NUM_THREADS", "1"}}, 300.0};
  if (!names) command.environment.push_back({"NN_NAME_NOTHING", "1"});
  if (seed != 0) command.environment.push_back({"NN_TEST_SEED", fmt::format("{}", seed)});
  return base::capture(command);
}

int main(int argc, char* argv[]) {
  if (argc != 2) return fmt::print(stderr, "usage: prove_mistakes PROGRAM\n"), 2;
  const std::string program = argv[1];
  int failures = 0, proved = 0;
  const auto fail = [&](const std::string& mistake, const std::string& why, const Outcome& outcome) {
    ++failures;
    fmt::print("{}: {}\n{}\n", mistake, why, outcome.output);
  };

  if (const Outcome clean = run(program, "", {}); clean.exit_code != 0)
    fail("no mistake", "our own bodies fail", clean);
  const char* asked = std::getenv("NN_PROVE_SEEDS");
  for (std::uint64_t k = 1, seeds = asked ? std::strtoull(asked, nullptr, 10) : 20; k <= seeds; ++k) {
    const std::uint64_t seed = k * 0x9E3779B97F4A7C15;  // far apart, as the grader's are
    if (const Outcome drawn = run(program, "", {}, false, seed); drawn.exit_code != 0)
      fail(fmt::format("seed {}", seed), "our own bodies fail", drawn);
  }
  std::string list = run(program, "", {"--known-mistakes"}).output;
  for (std::size_t begin = 0, end; (end = list.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::string key = list.substr(begin, end - begin), task = key.substr(0, key.find('/'));
    const Outcome own = run(program, key, {"[" + task + "]"});
    if (own.exit_code == 0) fail(key, "passes the tests of its task", own);
    else if (own.output.find("known mistake " + key + ":") == std::string::npos)
      fail(key, "fails, but is not named", own);
    else if (const Outcome others = run(program, key, {"~[" + task + "]", "--allow-running-no-tests"}, false);
             others.exit_code != 0)
      fail(key, "costs another task", others);
    else ++proved;
  }
  if (proved + failures == 0) fail("the catalogue", "holds no mistake: there is nothing to prove", {});
  fmt::print("{} passed, {} failed\n", proved, failures);
  return failures == 0 ? 0 : 1;
}
