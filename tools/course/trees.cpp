#include "tools/course/trees.hpp"

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/progress_line.hpp"

namespace course {

namespace {

// How far a build is, by what ninja has printed, as in "[3/7] Building ...": a line of the terminal, elsewhere (a pipe,
// CI) a line on standard error every ten seconds. What takes less than a second is not announced.
class BuildProgress {
 public:
  void show(const std::string& output) {
    const double seconds = seconds_since(begun_);
    if (seconds < 1) return;
    const std::string step = build_step(output),
                      text = fmt::format("building{}, {:.0f} s", step.empty() ? "" : ": step " + step, seconds);
    if (can_draw_over()) return line_.show(text);
    if (seconds < next_) return;
    fmt::print(stderr, "course: {}\n", text);
    next_ += 10;
  }

 private:
  const Clock::time_point begun_ = Clock::now();
  double next_ = 10;
  ProgressLine line_;
};

}  // namespace

std::string build_step(const std::string& output) {
  const auto line = output.rfind("\n[");
  const auto open = line == std::string::npos ? 0 : line + 1, slash = output.find('/', open),
             end = output.find(']', open);
  if (output.empty() || output[open] != '[' || end == std::string::npos || slash > end) return "";
  return output.substr(open + 1, slash - open - 1) + " of " + output.substr(slash + 1, end - slash - 1);
}

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

static Command build_command(const Tree& tree, const std::vector<std::string>& targets) {
  Command command{{"cmake", "--build", tree.folder.string()}, tree.root};
  if (!targets.empty()) command.argv.push_back("--target");
  command.argv.insert(command.argv.end(), targets.begin(), targets.end());
  return command;
}

Outcome Tree::build(const std::vector<std::string>& targets) const { return capture(build_command(*this, targets)); }

Outcome Tree::build_with_progress(const std::vector<std::string>& targets) const {
  BuildProgress progress;
  Command command = build_command(*this, targets);
  command.watch = [&](const std::string& output) { progress.show(output); };
  return capture(command);
}

Outcome Tree::test(const std::vector<std::string>& arguments) const {
  Command command{{"ctest", "--test-dir", folder.string(), "--output-on-failure", "--no-tests=error"}, root};
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  return capture(command);
}

}  // namespace course
