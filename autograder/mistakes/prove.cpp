// Proves the tests by the mistakes: prove_mistakes PROGRAM, a lesson's tests in which each known mistake can take the
// place of our body. Every mistake must fail its own task, be named in the failure, and cost no other task: those whose
// tests call its function are run. And our own bodies must pass whatever seed the grader draws: twenty of them, or as
// many as NN_PROVE_SEEDS says.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/process.hpp"

using base::Outcome;

static Outcome run(const std::string& program, std::vector<std::string> arguments,
                   std::map<std::string, std::string> environment) {
  arguments.insert(arguments.begin(), program);
  base::Command command{arguments, {}, {{"OPENBLAS_NUM_THREADS", "1"}}, 300.0};
  command.environment.insert(command.environment.end(), environment.begin(), environment.end());
  return base::capture(command);
}

static std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

static std::string task_of(const std::string& mistake) { return mistake.substr(0, mistake.find('/')); }

int main(int argc, char* argv[]) {
  if (argc != 2) return fmt::print(stderr, "usage: prove_mistakes PROGRAM\n"), 2;
  const std::string program = argv[1];
  int failures = 0, proved = 0;
  const auto fail = [&](const std::string& mistake, const std::string& why, const Outcome& outcome) {
    ++failures;
    fmt::print("{}: {}\n{}\n", mistake, why, outcome.output);
  };

  if (const Outcome clean = run(program, {}, {}); clean.exit_code != 0)
    fail("no mistake", "our own bodies fail", clean);
  const char* asked = std::getenv("NN_PROVE_SEEDS");
  for (std::uint64_t k = 1, seeds = asked ? std::strtoull(asked, nullptr, 10) : 20; k <= seeds; ++k) {
    const std::string seed = fmt::format("{}", k * 0x9E3779B97F4A7C15);  // far apart, as the grader's are
    if (const Outcome drawn = run(program, {}, {{"NN_TEST_SEED", seed}}); drawn.exit_code != 0)
      fail("seed " + seed, "our own bodies fail", drawn);
  }
  const std::vector<std::string> mistakes = lines_of(run(program, {"--known-mistakes"}, {}).output);
  std::map<std::string, std::set<std::string>> tasks_that_call;  // the function of which mistake
  std::set<std::string> tasks;
  for (const std::string& mistake : mistakes) tasks.insert(task_of(mistake));
  for (const std::string& task : tasks) {
    const std::string calls = program + ".calls";
    base::write_file(calls, "", base::Durable::no);
    run(program, {"[" + task + "]"}, {{"NN_CALLS", calls}});
    for (const std::string& mistake : lines_of(base::read_file(calls))) tasks_that_call[mistake].insert(task);
  }
  for (const std::string& mistake : mistakes) {
    const std::string own = task_of(mistake);
    std::set<std::string> others = tasks_that_call[mistake];
    if (others.erase(own) == 0) fail(mistake, "its task's tests never call its function", {});
    std::string tags;
    for (const std::string& other : others) tags += (tags.empty() ? "[" : ",[") + other + "]~[" + own + "]";
    const Outcome alone = run(program, {"[" + own + "]"}, {{"NN_MISTAKE", mistake}});
    if (alone.exit_code == 0) fail(mistake, "passes the tests of its task", alone);
    else if (alone.output.find("known mistake " + mistake + ":") == std::string::npos)
      fail(mistake, "fails, but is not named", alone);
    else if (const Outcome beside = tags.empty() ? Outcome{} : run(program, {tags}, {{"NN_MISTAKE", mistake}});
             !tags.empty() && beside.exit_code != 0)
      fail(mistake, "costs another task", beside);
    else ++proved;
  }
  if (proved + failures == 0) fail("the catalogue", "holds no mistake: there is nothing to prove", {});
  fmt::print("{} passed, {} failed\n", proved, failures);
  return failures == 0 ? 0 : 1;
}
