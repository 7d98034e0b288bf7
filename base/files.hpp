// Whole files, as text.
#pragma once

#include <filesystem>
#include <string>

#include "base/atomic_file.hpp"
#include "base/errors.hpp"

namespace base {

namespace fs = std::filesystem;

/// The whole text of a file; throws EnvironmentError with the path.
std::string read_file(const fs::path& path);
/// replace_file(), which makes the folder first; throws EnvironmentError with the path.
void write_file(const fs::path& path, const std::string& text, Durable durable = Durable::yes);

}  // namespace base
