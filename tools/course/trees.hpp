// The build trees: configured once, built as needed, by the presets that anybody can use by hand.
#pragma once

#include "base/process.hpp"
#include "base/project.hpp"

namespace course {

/// A configured build tree, build/<preset> or another folder with the same preset and other bodies.
struct Tree {
  fs::path root, folder;
  std::string preset;

  /// Builds the targets. The outcome holds what was said; nothing is printed.
  Outcome build(const std::vector<std::string>& targets) const;
  /// The same, and says how far it is when it takes more than a second.
  Outcome build_with_progress(const std::vector<std::string>& targets) const;
  /// Runs ctest with these arguments.
  Outcome test(const std::vector<std::string>& arguments) const;
  fs::path program(const std::string& name) const { return folder / "bin" / name; }
};

/// As in "3 of 7": the last step that ninja has printed; empty before the first.
std::string build_step(const std::string& output);

/// Configures unless that was done before. `definitions` as in {"NN_BODIES=/some/folder"}. Throws EnvironmentError with
/// CMake's words.
Tree configured(const Project& project, const std::string& preset, const std::vector<std::string>& definitions = {},
                const fs::path& folder = {});

}  // namespace course
