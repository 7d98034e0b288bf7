// What a result stands on: the files of the repository by their content, and the machine's compilers and packages.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/project.hpp"

namespace course {

class Fingerprints {
 public:
  /// Reads every file of the repository but build/, .git and a student's progress.
  explicit Fingerprints(const Project& project);

  /// Of everything but the files below the paths of `apart` ("docs", "README.md").
  std::string without(const std::vector<std::string>& apart) const;

 private:
  std::string machine_;                       ///< versions, packages, the environment that compilers obey
  std::map<std::string, std::string> files_;  ///< path → permission and hash of the content
};

/// What passed before, by name: the fingerprint it passed with. A file in build/.
class PassedBefore {
 public:
  explicit PassedBefore(fs::path file);
  bool holds(const std::string& name, const std::string& fingerprint) const;
  /// Written at once. An empty fingerprint forgets.
  void remember(const std::string& name, const std::string& fingerprint);

 private:
  fs::path file_;
  std::map<std::string, std::string> passed_;
};

}  // namespace course
