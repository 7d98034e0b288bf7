// ./course grade: sees that what only the grader needs is here, builds it, hands over to it.
#include "tools/staff/instructor.hpp"

#include <fmt/format.h>

#include "tools/staff/commands.hpp"

namespace course {

static bool install(const Project& project, const std::vector<std::string>& names) {
  const fs::path found = project.root / "build/grader-needs";
  fs::create_directories(found.parent_path());
  Command command{{"sh", (project.root / "tools/bootstrap/install.sh").string(), "--found", found.string()},
                  project.root};
  command.argv.insert(command.argv.end(), names.begin(), names.end());
  return pass_through(command).exit_code == passed;
}

// Asked for when the tree is made, not each time. Without clang++ all goes well too, only slower.
static void install_needs(const Project& project) {
  if (std::getenv("NAND2MNIST_NO_INSTALL") || install(project, {"grader"})) return;
  if (!install(project, {"bubblewrap", "libseccomp", "libarchive", "openssl", "yaml-cpp"}))
    throw EnvironmentError(
        "the grader needs bubblewrap, libseccomp, libarchive, openssl and yaml-cpp; nothing was graded");
  fmt::print(stderr, "Without clang++ grading takes about twice as long.\n");
}

Tree grader_tree(const Project& project, const fs::path& hidden_tests, const std::vector<std::string>& more) {
  const bool first = !fs::exists(project.root / "build/grader/build.ninja");
  if (first) install_needs(project);
  const Outcome clang = capture({{"sh", "-c", "command -v clang++"}});  // come or gone: configured anew
  std::vector<std::string> definitions = {
      "NN_HIDDEN=" + hidden_tests.string(),
      "NN_CLANG=" + (clang.ok() ? clang.output.substr(0, clang.output.find('\n')) : "NOTFOUND")};
  definitions.insert(definitions.end(), more.begin(), more.end());
  return configured(project, "grader", definitions);
}

// The folder after --hidden, which is for the build, too.
static fs::path hidden_tests(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool joined = arguments[i].rfind("--hidden=", 0) == 0;
    if (!joined && arguments[i] != "--hidden") continue;
    if (!joined && i + 1 == arguments.size()) throw UsageError("--hidden needs the folder of the hidden tests");
    const fs::path folder = fs::absolute(joined ? arguments[i].substr(9) : arguments[i + 1]).lexically_normal();
    if (!fs::exists(folder / "hidden.json"))
      throw UsageError(fmt::format("{} holds no hidden.json, which lists the hidden tests", folder.string()));
    return folder;
  }
  return {};
}

int run_grade(const Project& project, std::vector<std::string> arguments) {
  const fs::path hidden = hidden_tests(arguments);
  const Tree tree = grader_tree(project, hidden);
  const Outcome built = tree.build_with_progress({"grader"});  // the first time takes minutes
  if (!built.ok())
    throw EnvironmentError(fmt::format("the grader was not built, nothing was graded:\n{}", built.output));
  std::vector<std::string> command = {tree.program("course_grade").string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return pass_through({command}).exit_code;  // where the user is: the submission's path is relative to that
}

}  // namespace course
