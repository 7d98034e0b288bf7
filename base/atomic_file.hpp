// Files that are either complete or not there.
#pragma once

#include <filesystem>
#include <string_view>

namespace base {

/// Whether the content has reached the disk when the call returns, or may be lost with the machine's power.
enum class Durable { no, yes };

/// Writes a file beside `path` and renames it, so that a reader, or you after a crash, sees the old content or the new,
/// never a part of it. Through a symbolic link its target is replaced; what is no regular file, like /dev/stdout, is
/// written to. Throws std::system_error with the reason; then the old content is still there, and nothing is left
/// beside it.
void replace_file(const std::filesystem::path& path, std::string_view content, Durable durable = Durable::yes);

}  // namespace base
