// What learning platforms call the files and folders of the students whose work they hand out.
#pragma once

#include <optional>
#include <string>

namespace grader {

struct ExportName {
  std::string platform;
  std::string student;  ///< as the platform spells it, "lovelaceada" or "Ada Lovelace"; may be empty
  std::string id;       ///< the platform's number of the person or of the submission
  std::string file;     ///< what the student had called it; may be empty
  bool late = false;    ///< the platform says so
};

/// Nothing for a name that no platform gives.
std::optional<ExportName> export_name(const std::string& entry);

}  // namespace grader
