#include "tools/course/trees.hpp"

#include <fmt/format.h>

namespace course {

Tree configured(const Project& project, const std::string& preset, const std::vector<std::string>& definitions,
                const fs::path& folder) {
  Tree tree{project.root, folder.empty() ? project.root / "build" / preset : folder, preset};
  const fs::path said = tree.folder / "configured-as";
  std::string wanted;
  for (const std::string& definition : definitions) wanted += definition + "\n";
  if (fs::exists(tree.folder / "build.ninja") && fs::exists(said) && read_file(said) == wanted) return tree;
  Command command{{"cmake", "--preset", preset, "-B", tree.folder.string()}, project.root};
  for (const std::string& definition : definitions) command.argv.push_back("-D" + definition);
  const Outcome outcome = capture(command);
  if (!outcome.ok())
    throw EnvironmentError(fmt::format("cmake could not configure {}:\n{}", tree.folder.string(), outcome.output));
  write_file(said, wanted);
  return tree;
}

Outcome Tree::build(const std::vector<std::string>& targets, std::optional<double> seconds) const {
  Command command{{"cmake", "--build", folder.string()}, root};
  if (!targets.empty()) command.argv.push_back("--target");
  command.argv.insert(command.argv.end(), targets.begin(), targets.end());
  command.seconds = seconds;
  return capture(command);
}

Outcome Tree::test(const std::vector<std::string>& arguments) const {
  Command command{{"ctest", "--test-dir", folder.string(), "--output-on-failure", "--no-tests=error"}, root};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  return capture(command);
}

}  // namespace course
