#include "tools/staff/promise_runner.hpp"

#include <sys/resource.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/process.hpp"

using namespace course;
using Catch::Matchers::ContainsSubstring;

namespace {

// A repository of one file; every look leaves a line in build/log, so that we see what was run, and when.
struct Repository {
  fs::path root = fs::temp_directory_path() / "promise_runner_test";
  Project project{root, {}};
  fs::path log = root / "build/log";

  Repository() {
    fs::remove_all(root);
    fs::create_directories(root / "build");
    write_file(root / "code.cpp", "one\n");
    write_file(root / "docs/text.md", "words\n");
  }
  ~Repository() { fs::remove_all(root); }

  Promise promise(const std::string& name, std::vector<std::string> busy = {},
                  std::vector<std::string> after = {}) const {
    return {name,
            [this, name](Findings& found) {
              std::ofstream(log, std::ios::app) << "begin " << name << "\n";
              std::this_thread::sleep_for(std::chrono::milliseconds(300));
              std::ofstream(log, std::ios::app) << "end " << name << "\n";
              found.expect(true, "");
            },
            std::move(busy), std::move(after)};
  }
  std::string ran() const { return fs::exists(log) ? read_file(log) : ""; }
};

}  // namespace

TEST_CASE("promises run beside each other, but for those that want the same tree", "[promises]") {
  const Repository here;
  CHECK(keep_promises(here.project, {here.promise("a"), here.promise("b")}, {.lanes = 2}) == passed);
  CHECK_THAT(here.ran(), ContainsSubstring("begin a\nbegin b\n") || ContainsSubstring("begin b\nbegin a\n"));

  fs::remove(here.log);
  CHECK(keep_promises(here.project, {here.promise("a", {"tree"}), here.promise("b", {"tree"})}, {.lanes = 2}) ==
        passed);
  CHECK(here.ran() == "begin a\nend a\nbegin b\nend b\n");

  fs::remove(here.log);
  CHECK(keep_promises(here.project, {here.promise("a", {}, {"b"}), here.promise("b")}, {.lanes = 2}) == passed);
  CHECK(here.ran() == "begin b\nend b\nbegin a\nend a\n");
}

TEST_CASE("the others give way to what takes longest", "[promises]") {
  const Repository here;
  const int ours = getpriority(PRIO_PROCESS, 0);
  std::vector<Promise> promises = {
      {"long", [=](Findings& found) { found.expect(getpriority(PRIO_PROCESS, 0) == ours, "it gave way"); }},
      {"short", [=](Findings& found) { found.expect(getpriority(PRIO_PROCESS, 0) > ours, "it did not give way"); }}};
  promises[0].longest = true;
  CHECK(keep_promises(here.project, promises, {.lanes = 1}) == passed);
  promises[0].longest = false;
  CHECK(keep_promises(here.project, promises, {.lanes = 1}) == failed);
}

TEST_CASE("a look that crashes, throws, fails or checks nothing is a broken promise", "[promises]") {
  const Repository here;
  const auto run = [&](const std::function<void(Findings&)>& look) {
    return keep_promises(here.project, {{"one", look}, here.promise("the other")}, {.lanes = 1});
  };
  CHECK(run([](Findings& found) { found.expect(true, ""); }) == passed);
  CHECK(run([](Findings&) {}) == failed);
  CHECK(run([](Findings& found) { found.expect(false, "wrong"); }) == failed);
  CHECK(run([](Findings&) { throw std::runtime_error("thrown"); }) == failed);
  CHECK(run([](Findings& found) { found.expect(true, ""), std::raise(SIGKILL); }) == failed);
}

TEST_CASE("what passed is run again when a file that it reads has changed", "[promises]") {
  const Repository here;
  std::vector<Promise> promises = {here.promise("a")};
  promises[0].apart = {"docs"};
  const auto runs_again = [&](bool again = false) {
    fs::remove(here.log);
    CHECK(keep_promises(here.project, promises, {.lanes = 1, .remember = true, .again = again}) == passed);
    return !here.ran().empty();
  };
  CHECK(runs_again());
  CHECK_FALSE(runs_again());
  CHECK(runs_again(true));
  CHECK_FALSE(runs_again());
  write_file(here.root / "docs/text.md", "other words\n");
  CHECK_FALSE(runs_again());
  write_file(here.root / "code.cpp", "two\n");
  CHECK(runs_again());
  write_file(here.root / "code.hpp", "new\n");
  CHECK(runs_again());
  fs::permissions(here.root / "code.cpp", fs::perms::owner_exec, fs::perm_options::add);
  CHECK(runs_again());
  fs::remove(here.root / "code.hpp");
  CHECK(runs_again());
  CHECK_FALSE(runs_again());
}

TEST_CASE("what fails is never remembered, nor what changed while it was looked at", "[promises]") {
  const Repository here;
  const auto run = [&](const std::function<void()>& meanwhile, bool holds) {
    fs::remove(here.log);
    const Promise promise{"a", [&](Findings& found) {
                            write_file(here.log, "looked\n");
                            meanwhile();
                            found.expect(holds, "wrong");
                          }};
    return keep_promises(here.project, {promise}, {.lanes = 1, .remember = true});
  };
  CHECK(run([] {}, false) == failed);
  CHECK(run([&] { write_file(here.root / "code.cpp", "meanwhile\n"); }, true) == passed);
  write_file(here.root / "code.cpp", "one\n");  // as it was at first
  CHECK(run([] {}, true) == passed);
  CHECK(here.ran() == "looked\n");
  CHECK(run([] {}, true) == passed);
  CHECK(here.ran().empty());
}
