// Files that are either complete or not there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nn {

/// Writes `content` to `path`, replacing what was there: first into a file beside it, which is then renamed, so that a
/// reader, or you after a crash, sees the old content or the new, never a part of it. Throws std::runtime_error with
/// the path and the reason if the folder is missing or not writable, `path` is a folder, or the disk is full.
void write_file(const std::filesystem::path& path, std::string_view content);

/// `content` as gzip, packed as small as it gets, without a name or a time: the same content gives the same bytes.
std::string gzip(std::string_view content);

}  // namespace nn
