// Students' files are theirs: whatever replaces one keeps the old one first.
#pragma once

#include "base/files.hpp"

namespace base {

/// Writes `text` to the file. What stood there, if it was another text, is kept beside it in kept/; returns that copy's
/// path, or an empty one when there was nothing to keep.
fs::path replace_keeping(const fs::path& file, const std::string& text);

}  // namespace base
