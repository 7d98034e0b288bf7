// The completion scripts, by the shells that are here: bash always, fish and zsh where installed.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "base/process.hpp"
#include "base/project.hpp"

using namespace course;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::Equals;

namespace {

const std::string program = NN_ROOT "/build/tools/bin/course";

std::string said(const std::string& shell, const std::string& script) {
  const Outcome outcome = capture({{shell, "-c", script}, NN_ROOT, {{"NAND2MNIST_ROOT", NN_ROOT}}, 30.0});
  CAPTURE(outcome.output);
  CHECK(outcome.ok());
  return outcome.output;
}

bool here(const std::string& shell) { return capture({{"sh", "-c", "command -v " + shell}}).ok(); }

}  // namespace

TEST_CASE("bash completes commands and tasks") {
  const std::string load = "eval \"$('" + program + "' completion bash)\"; ";
  CHECK_THAT(said("bash", load + "COMP_WORDS=(./course r) COMP_CWORD=1; _course; echo \"${COMPREPLY[*]}\""),
             Equals("run reset\n"));
  CHECK_THAT(said("bash", load + "COMP_WORDS=(./course hint 3.) COMP_CWORD=2; _course; echo \"${COMPREPLY[*]}\""),
             Equals("3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8\n"));
}

TEST_CASE("fish completes commands and lessons") {
  const std::string script = said("sh", "'" + program + "' completion fish");
  CHECK_THAT(script, ContainsSubstring("-a plot -d 'draw a lesson\\'s figures from your code'"));
  if (!here("fish")) SKIP("fish is not installed");
  const std::string load = "'" + program + "' completion fish | source; ";
  CHECK_THAT(said("fish", load + "complete -C './course res'"),

             Equals("reset\ta lesson's stub again; your file is kept\n"));
  std::string lessons;
  for (const course::Lesson& lesson : course::Project::load(NN_ROOT).lessons)
    lessons += std::to_string(lesson.plain_number()) + "\n";
  CHECK_THAT(said("fish", load + "complete -C './course plot '"), Equals(lessons));
}

TEST_CASE("zsh takes the script") {
  const std::string script = said("sh", "'" + program + "' completion zsh");
  CHECK_THAT(script, ContainsSubstring("bashcompinit"));
  if (!here("zsh")) SKIP("zsh is not installed");
  CHECK_THAT(said("zsh", "autoload -Uz compinit && compinit -u -D; eval \"$('" + program +
                             "' completion zsh)\"; print $_comps[./course]$_comps[course]"),
             ContainsSubstring("_bash_complete"));
}
