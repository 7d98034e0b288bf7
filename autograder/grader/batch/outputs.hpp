// What a grading writes for people to read. Nothing that a person wrote or changed there is ever lost: a file that is
// not as we left it is kept beside, one that we never wrote is not touched.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace grader {

class Outputs {
 public:
  /// Reads OUT/.written, which says what earlier gradings left.
  explicit Outputs(const std::filesystem::path& out);
  /// Says so when it keeps what a person had changed.
  void write(const std::filesystem::path& file, const std::string& text);
  /// Removes what earlier gradings wrote and this one did not, unless a person has changed it.
  void finish();

 private:
  std::filesystem::path out_;
  std::map<std::string, std::string> before_, now_;  // hashes by path
};

}  // namespace grader
