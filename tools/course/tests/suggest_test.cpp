// Misspelt commands: the nearest one is suggested, and none where nothing is near.
#include <catch2/catch_test_macros.hpp>

#include "base/process.hpp"
#include "tools/course/suggest.hpp"

using namespace course;

TEST_CASE("the nearest command is suggested") {
  const std::vector<std::string> commands = {"run", "watch", "hint", "reset", "capstone", "doctor"};
  CHECK(nearest("rnu", commands) == "run");
  CHECK(nearest("wach", commands) == "watch");
  CHECK(nearest("capston", commands) == "capstone");
  CHECK(nearest("resett", commands) == "reset");
  CHECK(nearest("banana", commands).empty());
  CHECK(nearest("x", commands).empty());
  CHECK(nearest("run", {}).empty());
}

TEST_CASE("a misspelt command is a usage error that suggests, help is help") {
  const auto course = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), NN_ROOT "/build/tools/bin/course");
    return capture({arguments, NN_ROOT, {{"NAND2MNIST_ROOT", NN_ROOT}}, 30.0});
  };
  const Outcome misspelt = course({"rnu", "1"});
  CHECK(misspelt.exit_code == usage);
  CHECK(misspelt.output == "course: there is no command 'rnu'. Did you mean 'run'? ./course help lists all.\n");
  CHECK(course({"banana"}).output == "course: there is no command 'banana'. ./course help lists all.\n");
  const Outcome help = course({"help"});
  CHECK(help.exit_code == passed);
  CHECK(help.output == course({"--help"}).output);
  CHECK(help.output.find("For students") < help.output.find("For instructors"));
  CHECK(course({"help", "run"}).output == course({"run", "--help"}).output);
}
