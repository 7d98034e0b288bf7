#include <catch2/catch_test_macros.hpp>

#include "base/process.hpp"
#include "tools/course/progress.hpp"
#include "tools/course/tests/toy_project.hpp"

using namespace course;

TEST_CASE("who has written every task is shown what is built, on what it stands, and what can be read") {
  const ToyProject toy;
  toy.add("02-game", {"01-toy"});
  toy.change("lessons/02-game/lesson.json", R"("built": ")", R"("built": "a game. It has rules: )");
  write_file(toy.root / "docs/reading.md", "# Reading\n");
  const auto said = [&](const char* command) {
    return capture(
               {{NN_ROOT "/build/tools/bin/course", command}, toy.root, {{"NAND2MNIST_ROOT", toy.root.string()}}, 30.0})
        .output;
  };
  const Project project = toy.load();
  const auto pass = [&](const std::string& id) {
    update_progress(project, [&](Progress& all) { all.tasks[id] = {"passed", true, 0}; });
  };
  pass("1.1");
  CHECK(said("next").find("2.1") != std::string::npos);

  pass("2.1");
  const std::string map = said("next");
  CHECK(map.find("02  " + project.lessons.at(1).title + "  ") != std::string::npos);
  CHECK(map.find("  on 01\n        a game.\n") != std::string::npos);
  CHECK(map.find("rules") == std::string::npos);
  CHECK(map.find("docs/reading.md") != std::string::npos);
}
