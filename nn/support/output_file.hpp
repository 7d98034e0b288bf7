// Files that are either complete or not there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nn {

/// Writes `content` to `path`, replacing what was there, by base::replace_file(). Throws std::runtime_error with the
/// path, the reason and what to do if the folder is missing or not writable, `path` is a folder, or the disk is full.
void write_file(const std::filesystem::path& path, std::string_view content);

/// `content` as gzip, packed as small as it gets, without a name or a time: the same content gives the same bytes.
std::string gzip(std::string_view content);

}  // namespace nn
