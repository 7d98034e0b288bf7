// What earlier programs found out: a file in the user's cache folder, one line for each CPU and build of OpenBLAS.
#pragma once

#include <optional>
#include <string>

namespace nn::detail {

/// The file, or "" where the user has no folder for it. $XDG_CACHE_HOME/nand2mnist, else $HOME/.cache/nand2mnist.
std::string memory_file();

/// The kernel that was chosen for the key, if any was. A file that cannot be read holds nothing.
std::optional<std::string> remembered(const std::string& file, const std::string& key);

/// Writes or replaces the key's line: key, kernel, and what was measured, between tabs. Where nothing can be written,
/// the next program measures again.
void remember(const std::string& file, const std::string& key, const std::string& kernel, const std::string& measured);

}  // namespace nn::detail
