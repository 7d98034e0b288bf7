// ./course check and ./course test: every promise of the repository, one line each, and what is wrong with those that
// do not hold.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <sstream>

#include "tools/course/book.hpp"
#include "tools/course/broken_stubs.hpp"
#include "tools/course/commands.hpp"
#include "tools/course/instructor.hpp"
#include "tools/course/numbers.hpp"
#include "tools/course/results.hpp"
#include "tools/course/teaching.hpp"
#include "tools/course/terminal.hpp"

namespace course {

namespace {

class Promises {
 public:
  /// Runs `look`, prints one line, and what is wrong below it. A look that finds nothing to check is itself a fault.
  void keep(const std::string& name, const std::function<void(Findings&)>& look) {
    const auto begun = std::chrono::steady_clock::now();
    Findings found;
    try {
      look(found);
    } catch (const std::exception& e) {
      found.expect(false, e.what());
    }
    if (found.checked == 0) found.expect(false, "there was nothing to check");
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    const bool held = found.problems.empty();
    fmt::print("{} {:<52} {:>6} checks {:>7.1f} s\n", held ? tick() : cross(), name, found.checked, seconds);
    for (const std::string& note : found.notes) fmt::print("    {}\n", note);
    for (const std::string& problem : found.problems) fmt::print("    {}\n", problem);
    std::fflush(stdout);
    ++(held ? held_ : broken_);
  }

  int summary() const {
    fmt::print("\n{} passed, {} failed\n", held_, broken_);
    return broken_ == 0 && held_ > 0 ? passed : failed;
  }

 private:
  int held_ = 0, broken_ = 0;
};

void expect_all_pass(const Results& results, Findings& found) {
  for (const auto& [test, result] : results)
    found.expect(result.status == "passed", fmt::format("{}: {}\n{}", test, result.status, result.output));
}

void build_everything(const Tree& tree, Findings& found) {
  const Outcome built = tree.build({});
  found.expect(built.ok(), "the build failed:\n" + built.output);
  found.expect(built.output.find("warning:") == std::string::npos, "the build warns:\n" + built.output);
}

void check_files(const Project& project, Promises& promises) {
  promises.keep("stubs are fresh", [&](Findings& f) { f = check_stubs(project); });
  promises.keep("lessons, headers, tests and markers agree", [&](Findings& f) { f = check_lessons(project); });
  promises.keep("every lesson is complete, on what it requires", [&](Findings& f) { f = check_lesson_files(project); });
  promises.keep("nothing is needed before it is taught", [&](Findings& f) { f = check_teaching(project); });
  promises.keep("every number of a lesson is tested", [&](Findings& f) { f = check_numbers(project); });
  promises.keep("links lead somewhere, shown code is compiled", [&](Findings& f) { f = check_documents(project); });
}

void check_reference(const Project& project, Promises& promises) {
  const Tree tree = configured(project, "reference");
  promises.keep("everything builds without a warning", [&](Findings& f) { build_everything(tree, f); });
  promises.keep("every task has its known mistakes",
                [&](Findings& f) { f = check_mistakes(project, tree.folder / "bin"); });
  promises.keep("solutions pass, alternatives pass, mistakes fail",
                [&](Findings& f) { expect_all_pass(test_results(tree, {"-j2"}), f); });
}

// Every program of ./course bench that this machine can run is built and learns; how fast says nothing here.
void check_bench(const Project& project, Findings& found) {
  const Outcome bench = capture({{(project.root / "course").string(), "bench", "--rounds", "1", "--epochs", "1",
                                  "--widths", "100", "--out", (project.root / "build/bench/once").string()},
                                 project.root,
                                 {},
                                 900.0});
  found.expect(bench.ok(), bench.output);
  for (const char* name : {"ours ", "plain Armadillo ", "hand-tuned cblas ", "matrix products alone "})
    found.expect(bench.output.find("\n" + std::string(name)) != std::string::npos,
                 fmt::format("./course bench has no line for {}:\n{}", name, bench.output));
  found.expect(fs::exists(project.root / "build/bench/once/epochs.svg"),
               "./course bench drew no figure:\n" + bench.output);
}

// The reference network on the full MNIST, with five seeds, and on the embedded sample.
void check_accuracy(const Project& project, Findings& found) {
  const Outcome fetched = capture({{(project.root / "course").string(), "data", "mnist"}, project.root, {}, 600.0});
  found.expect(fetched.ok(), "MNIST could not be fetched, so its accuracy was not measured:\n" + fetched.output);
  const std::string train = configured(project, "bench").program("train").string(),
                    out = (project.root / "build/accuracy").string();
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), train);
    arguments.insert(arguments.end(),
                     {"--quiet", "--threads", "1", "--out", out});  // the same sums on any number of cores
    const Outcome outcome = capture({arguments, project.root, {}, 900.0});
    found.expect(outcome.ok(), outcome.output);
    found.notes.push_back(outcome.output.substr(0, outcome.output.find('\n')));
  };
  run({"--sample", "--require", "90"});
  if (!fetched.ok()) return;
  for (const char* seed : {"1", "2", "3", "4", "5"}) run({"--seed", seed, "--require", "97.5"});
  const Outcome demo =
      capture({{(project.root / "course").string(), "demo", "--epochs", "1", "--out", out}, project.root, {}, 600.0});
  found.expect(demo.ok(), demo.output);
  for (const char* figure : {"learning", "confusion", "mistakes", "weights"})
    found.expect(fs::exists(fs::path(out) / (std::string(figure) + ".svg")),
                 fmt::format("./course demo did not draw {}.svg:\n{}", figure, demo.output));
  const Outcome swap = capture({{(project.root / "course").string(), "capstone", "--swap", "--sample", "--epochs", "1"},
                                project.root,
                                {},
                                900.0});
  std::vector<const Lesson*> swapped = project.required_by(project.capstone());
  swapped.push_back(&project.capstone());
  for (const Lesson* lesson : swapped)
    found.expect(swap.output.find("\n" + lesson->number + "  " + lesson->title + "  ") != std::string::npos,
                 fmt::format("./course capstone --swap has no line for lesson {}:\n{}", lesson->number, swap.output));
  const auto ours = swap.output.find("all: nothing yours");
  found.expect(swap.output.find(" % ", ours) < swap.output.find('\n', ours),
               "./course capstone --swap: all ours has no accuracy:\n" + swap.output);
}

// What each of the grader's own tests counted is worth saying: "186 of 186 as they must be".
void check_grader(const Project& project, Findings& found) {
  std::vector<std::string> install = {(project.root / "course").string(), "install"};
  for (const char* name :
       {"python3", "jsonschema", "yaml", "xmllint", "cmark-gfm", "similarity", "unzip", "chromium", "npm"})
    install.push_back(name);
  if (geteuid() == 0) install.push_back("slurm");  // which only root can start
  const Outcome installed = capture({install, project.root, {}, 900.0});
  found.expect(installed.ok(), "the grader's tests lack what they need:\n" + installed.output);
  const Tree tree = grader_tree(project);
  const Outcome built = tree.build({"grader_checks"});
  found.expect(built.ok(), "the grader was not built:\n" + built.output);
  if (!built.ok()) return;
  const Results results = test_results(tree, {"-L", "grader", "--test-output-size-passed", "1000000"});
  expect_all_pass(results, found);
  for (const auto& [test, result] : results) {
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);)
      if (line.find(" as they must be;") != std::string::npos || line.find(" expectations held") != std::string::npos)
        found.notes.push_back(test + ": " + line);
  }
}

}  // namespace

int run_check(const Project& project) {
  Promises promises;
  check_files(project, promises);
  check_reference(project, promises);
  promises.keep("untouched stubs build and fail as not written", [&](Findings& f) { check_untouched(project, f); });
  return promises.summary();
}

int run_test(const Project& project) {
  Promises promises;
  check_files(project, promises);
  check_reference(project, promises);
  promises.keep("untouched stubs build and fail as not written", [&](Findings& f) { check_untouched(project, f); });
  promises.keep("a broken lesson breaks no other", [&](Findings& f) { check_broken_stubs(project, f); });
  promises.keep("solutions pass under the sanitizers", [&](Findings& f) {
    const Tree tree = configured(project, "sanitize");
    build_everything(tree, f);
    expect_all_pass(test_results(tree, {"-j2"}), f);
  });
  promises.keep("the trainer, and every function's benchmark", [&](Findings& f) {
    const Outcome installed =
        capture({{(project.root / "course").string(), "install", "benchmark"}, project.root, {}, 900.0});
    f.expect(installed.ok(), "the benchmarks lack what they need:\n" + installed.output);
    const Tree tree = configured(project, "bench");
    build_everything(tree, f);
    expect_all_pass(test_results(tree, {}), f);
  });
  promises.keep("spelling", [&](Findings& f) { check_spelling(project, f); });
  promises.keep("book: every page in a browser", [&](Findings& f) { check_book(project, f); });
  promises.keep("./course demo reads 97.5 % of MNIST, with five seeds",
                [&](Findings& f) { check_accuracy(project, f); });
  promises.keep("./course bench: its programs are built and learn", [&](Findings& f) { check_bench(project, f); });
  promises.keep("the grader: no submission touches its verdict", [&](Findings& f) { check_grader(project, f); });
  promises.keep("./course does what a student needs", [&](Findings& f) {
    const Tree tree = configured(project, "tools");
    const Outcome built = tree.build({"course_tests"});
    f.expect(built.ok(), built.output);
    if (built.ok()) expect_all_pass(test_results(tree, {"-j2"}), f);
  });
  return promises.summary();
}

}  // namespace course
