// What the tests of files share: files of any bytes, and what an error says.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/tests/temp_folder.hpp"

namespace nn::test {

using TempDir = base::test::TempFolder;

inline void write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

inline std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The message of the std::runtime_error that `call` throws; "no error" if it throws none. Another exception passes
/// through.
template <typename Call>
std::string error_of(const Call& call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace nn::test
