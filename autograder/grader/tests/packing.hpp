// Files and archives as students hand them in, well made and not.
#pragma once

#include <archive_entry.h>

#include <filesystem>
#include <string>
#include <vector>

namespace grader {

void put(const std::filesystem::path& file, const std::string& text);

struct Entry {
  std::string path, text;
  unsigned type = AE_IFREG;
  std::string link = {};
  bool hard = false;
};

/// `format`: tar.gz, tar.xz, tar.bz2, tar.zst, tar, zip, 7z or rar (nothing compressed). Returns the file.
std::filesystem::path pack(const std::filesystem::path& file, const std::vector<Entry>& entries,
                           const std::string& format = "tar.gz");

}  // namespace grader
