// ./course check and ./course test: the list of the repository's promises. A new one is added here, or as a CTest test.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <set>
#include <sstream>
#include <thread>

#include "tools/staff/book.hpp"
#include "tools/staff/broken_stubs.hpp"
#include "tools/staff/commands.hpp"
#include "tools/staff/instructor.hpp"
#include "tools/staff/numbers.hpp"
#include "tools/staff/promise_runner.hpp"
#include "tools/staff/results.hpp"
#include "tools/staff/teaching.hpp"

namespace course {

namespace {

void expect_all_pass(const Results& results, Findings& found) {
  for (const auto& [test, result] : results)
    found.expect(result.status == "passed", fmt::format("{}: {}\n{}", test, result.status, result.output));
}

// Everything, or these targets.
void build_everything(const Tree& tree, const std::vector<std::string>& targets, Findings& found) {
  const Outcome built = tree.build(targets);
  found.expect(built.ok(), "the build failed:\n" + built.output);
  found.expect(built.output.find("warning:") == std::string::npos, "the build warns:\n" + built.output);
}

// Once, and early: fetching leaves the cores to what is compiled meanwhile.
void check_needs(const Project& project, Findings& found) {
  Command install{{(project.root / "course").string(), "install"}, project.root, {}, 900.0};
  for (const char* name : {"benchmark", "httplib", "chromium", "npm", "hunspell", "hunspell-en", "python3",
                           "jsonschema", "yaml", "xmllint", "cmark-gfm", "similarity", "unzip"})
    install.argv.push_back(name);
  if (geteuid() == 0) install.argv.push_back("slurm");  // which only root can start
  const Outcome installed = capture(install);
  found.expect(installed.ok(), "the tests lack what they need:\n" + installed.output);
  const Outcome fetched = capture({{(project.root / "course").string(), "data", "mnist"}, project.root, {}, 600.0});
  found.expect(fetched.ok(), "MNIST could not be fetched, so its accuracy cannot be measured:\n" + fetched.output);
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
  const Outcome filters = capture({{(project.root / "course").string(), "bench", "--lesson", "10", "--rounds", "1",
                                    "--epochs", "1", "--out", (project.root / "build/bench/once/10").string()},
                                   project.root,
                                   {},
                                   900.0});
  found.expect(filters.ok(), filters.output);
  for (const char* name : {"ours ", "hand-tuned cblas ", "matrix products alone "})
    found.expect(filters.output.find("\n" + std::string(name)) != std::string::npos,
                 fmt::format("./course bench --lesson 10 has no line for {}:\n{}", name, filters.output));
}

// The last network that kept its capstone's promise is saved here; the playground's test reads drawn digits with it.
fs::path accuracy_folder(const Project& project) { return project.root / "build/accuracy"; }

// What each capstone promises in its lesson.json, kept by our solutions; and the demo's pictures.
void check_capstones(const Project& project, Findings& found) {
  const Tree tree = configured(project, "bench");
  const std::string out = accuracy_folder(project).string();
  for (const Lesson& lesson : project.lessons) {
    if (!lesson.capstone) continue;
    found.expect(!lesson.capstone->promises.empty(),
                 fmt::format("lessons/{}/lesson.json: the capstone has no \"promises\"", lesson.name));
    const bool draws = lesson.capstone->draws;
    const std::string target = draws ? "train" : "capstone_" + lesson.number + "_ours";
    const Outcome built = tree.build({target});
    found.expect(built.ok(), built.output);
    const std::string number = fmt::format("{}", lesson.plain_number());
    const Outcome demo =
        capture({{(project.root / "course").string(), "demo", "--lesson", number, "--help"}, project.root, {}, 60.0});
    found.expect(demo.ok() && demo.output.find(draws ? "bin/train " : "capstone " + number) != std::string::npos,
                 fmt::format("./course demo --lesson {} --help:\n{}", number, demo.output));
    for (std::vector<std::string> arguments : lesson.capstone->promises) {
      arguments.insert(arguments.begin(), tree.program(target).string());
      if (draws) arguments.insert(arguments.end(), {"--out", out});
      const Outcome outcome = capture({arguments, project.root, {}, 900.0});
      found.expect(outcome.ok(), outcome.output);
      found.notes.push_back(outcome.output.substr(0, outcome.output.find('\n')));
    }
  }
  // What passes in double must compile and learn in float, too, and not only where it is ours.
  const Outcome built = tree.build({"train_others"});
  found.expect(built.ok(), built.output);
  const Outcome others = capture({{tree.program("train_others").string(), "--quiet", "--sample", "--epochs", "1",
                                   "--seed", "1", "--require", "70", "--out", out + "/others"},
                                  project.root,
                                  {},
                                  600.0});
  found.expect(others.ok(), "other correct answers do not learn in float:\n" + others.output);
  const std::string demo_out = out + "/demo";
  const Outcome demo = capture(
      {{(project.root / "course").string(), "demo", "--epochs", "1", "--out", demo_out}, project.root, {}, 600.0});
  found.expect(demo.ok(), demo.output);
  for (const char* figure : {"learning", "confusion", "mistakes", "weights"})
    found.expect(fs::exists(fs::path(demo_out) / (std::string(figure) + ".svg")),
                 fmt::format("./course demo did not draw {}.svg:\n{}", figure, demo.output));
  const Outcome swap = capture({{(project.root / "course").string(), "capstone", "--swap", "--sample", "--epochs", "1"},
                                project.root,
                                {},
                                900.0});
  const Outcome best = capture(
      {{(project.root / "course").string(), "demo", "--best", "--sample", "--epochs", "1"}, project.root, {}, 600.0});
  found.expect(best.ok() && best.output.find("networks side by side: ") != std::string::npos,
               "./course demo --best put no networks side by side:\n" + best.output);
  std::vector<const Lesson*> swapped = project.required_by(project.capstone());
  swapped.push_back(&project.capstone());
  for (const Lesson* lesson : swapped)
    found.expect(swap.output.find("\n" + lesson->number + "  " + lesson->title + "  ") != std::string::npos,
                 fmt::format("./course capstone --swap has no line for lesson {}:\n{}", lesson->number, swap.output));
  const auto ours = swap.output.find("all: nothing yours");
  found.expect(swap.output.find(" % ", ours) < swap.output.find('\n', ours),
               "./course capstone --swap: all ours has no accuracy:\n" + swap.output);
}

// What each of the grader's own tests counted is worth saying: "186 of 186 as they must be"; and what failed, which may
// stand far above the end of a long output.
void check_grader(const Tree& tree, Findings& found) {
  const Tree tests{tree.root, tree.folder / "autograder/grader/tests", tree.preset};
  const Results results = test_results(tests, {"--test-output-size-passed", "1000000"});
  expect_all_pass(results, found);
  for (const auto& [test, result] : results) {
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);)
      if (line.find(" as they must be;") != std::string::npos || line.find(" expectations held") != std::string::npos ||
          line.rfind("NOT SO", 0) == 0)
        found.notes.push_back(test + ": " + line);
  }
}

const char *needs = "what the tests need is here", *builds = "everything builds without a warning",
           *solutions = "solutions pass, sanitized too, alternatives pass, mistakes fail",
           *trainer = "the trainer, and every function's benchmark",
           *capstones = "the capstones reach what their lessons promise";

// What only documents hold: no program reads it.
const std::vector<std::string> documents = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "tools/book"};

std::vector<Promise> about_files(const Project& project) {
  std::vector<Promise> promises = {
      {"stubs are fresh", [&](Findings& f) { f = check_stubs(project); }},
      {"lessons, headers, tests and markers agree", [&](Findings& f) { f = check_lessons(project); }},
      {"every lesson is complete, on what it requires", [&](Findings& f) { f = check_lesson_files(project); }},
      {"nothing is needed before it is taught", [&](Findings& f) { f = check_teaching(project); }},
      {"every number of a lesson is tested", [&](Findings& f) { f = check_numbers(project); }},
      {"code is formatted, tests are in tests/", [&](Findings& f) { f = check_style(project); }},
      {"links lead somewhere, shown code is compiled", [&](Findings& f) { f = check_documents(project); }},
  };
  for (Promise& promise : promises) promise.always = true;
  return promises;
}

// In the tree of our solutions. The tree of the whole test holds the grader, too: what both need is compiled once.
std::vector<Promise> about_solutions(const Project& project, const std::function<Tree()>& tree) {
  return {
      {builds, [=](Findings& f) { build_everything(tree(), {}, f); }, {"solutions"}},
      {"every task has its known mistakes",
       [&project, tree](Findings& f) { f = check_mistakes(project, tree().folder / "bin"); },
       {"solutions"},
       {builds}},
      {solutions,
       [=](Findings& f) {
         expect_all_pass(test_results(tree(), {"-j2", "-LE", "^grader$"}), f);
       },
       {"solutions"},
       {builds}},
      {"untouched stubs build and fail as not written",
       [&project, tree](Findings& f) { check_untouched(project, tree(), f); },
       {"solutions"},
       {builds}},
  };
}

// What its author changes most: the tests, with all answers and mistakes, the examples and the figures of one lesson.
Promise about_lesson(const Project& project, const Lesson& lesson, const std::function<Tree()>& tree) {
  return {fmt::format("lesson {}: solutions pass, alternatives pass, mistakes fail", lesson.plain_number()),
          [=, &project](Findings& f) {
            std::vector<std::string> targets = {"prove_mistakes"};
            for (const char* kind : {"test", "alternative", "sanitized", "mistaken", "examples", "mistaken_figures"})
              targets.push_back(fmt::format("{}_{}", kind, lesson.number));
            if (fs::exists(project.root / "autograder/other_alternatives" / lesson.name))
              targets.push_back("other_alternative_" + lesson.number);
            build_everything(tree(), targets, f);
            for (const std::string& problem : check_mistakes(project, tree().folder / "bin", lesson.number).problems)
              f.expect(false, problem);
            expect_all_pass(test_results(tree(), {"-j2", "-R", "^" + lesson.number + "[ .]"}), f);
          }};
}

int cores() { return int(std::max(1u, std::thread::hardware_concurrency())); }

}  // namespace

int run_check(const Project& project, const std::string& which, bool files) {
  std::vector<Promise> promises = about_files(project);
  const auto tree = [&] { return configured(project, "reference"); };
  if (!which.empty()) {
    promises.push_back(about_lesson(project, project.lesson(which), tree));
  } else if (!files) {
    for (Promise& promise : about_solutions(project, tree)) promises.push_back(std::move(promise));
  }
  return keep_promises(project, promises, {.lanes = cores()});
}

int run_test(const Project& project, bool again, bool times) {
  const auto tree = [&] { return grader_tree(project, {}, {"NN_SELFTESTS=ON"}); };
  std::vector<Promise> promises = about_files(project);
  promises.push_back({needs, [&](Findings& f) { check_needs(project, f); }});
  promises.back().always = true;
  // The grader's tests run one at a time, and the capstones learn after the trainer: these two rows take longest.
  const char *grader_builds = "the grader and its tests build without a warning",
             *grader = "the grader: no submission touches its verdict", *playground = "the playground in a browser",
             *engine = "play_engine_ours";
  promises.push_back({grader_builds,
                      [=](Findings& f) {
                        build_everything(tree(), {"grader_checks", engine}, f);
                      },
                      {"solutions"},
                      {needs}});
  promises.push_back({grader, [=](Findings& f) { check_grader(tree(), f); }, {}, {grader_builds}});
  promises.push_back({trainer,
                      [&](Findings& f) {
                        const Tree bench = configured(project, "bench");
                        build_everything(bench, {}, f);
                        expect_all_pass(test_results(bench, {}), f);
                      },
                      {"bench"},
                      {needs}});
  promises.push_back({capstones, [&](Findings& f) { check_capstones(project, f); }, {"bench"}, {trainer}});
  std::vector<Promise> ours = about_solutions(project, tree);
  ours[0].after = {grader_builds};
  for (Promise& promise : ours) promises.push_back(std::move(promise));
  promises.push_back(
      {"a broken lesson breaks no other", [&](Findings& f) { check_broken_stubs(project, f); }, {"student"}});
  promises.push_back({"./course does what a student needs",
                      [&](Findings& f) {
                        const Tree tools = configured(project, "tools");
                        build_everything(tools, {"base_tests", "course_tests", "play_server_tests"}, f);
                        expect_all_pass(test_results(tools, {"-j2"}), f);
                      },
                      {"student"}});
  promises.push_back({"book: every page in a browser", [&](Findings& f) { check_book(project, f); }, {}, {needs}});
  promises.push_back({"./course bench: its programs are built and learn",
                      [&](Findings& f) { check_bench(project, f); },
                      {"bench"},
                      {trainer}});
  promises.push_back({"spelling", [&](Findings& f) { check_spelling(project, f); }, {}, {needs}});
  // A page in a browser moves for as long as it waits: last, when fewer others make it wait. Its engine is linked of
  // what the tests of our solutions need as well.
  promises.push_back({playground,
                      [=, &project](Findings& f) {
                        check_playground(project, accuracy_folder(project) / "network.nn", tree().program(engine), f);
                      },
                      {"student"},
                      {grader_builds, capstones}});
  const std::set<std::string> longest = {grader_builds, grader, trainer, capstones};
  for (Promise& promise : promises) {
    promise.longest = longest.contains(promise.name);
    if (promise.name == trainer) promise.apart = documents;
  }
  // A machine that tests for others begins afresh: it tests everything.
  if (std::getenv("CI")) again = true;
  return keep_promises(project, promises, {.lanes = cores() + 1, .remember = true, .again = again, .times = times});
}

}  // namespace course
