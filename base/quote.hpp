// Text between quotes, for each reader that would take some characters for more than themselves.
#pragma once

#include <string>
#include <string_view>

namespace base {

/// One word for a POSIX shell.
std::string shell_quoted(std::string_view text);
/// One word for fish, in whose single quotes a backslash escapes.
std::string fish_quoted(std::string_view text);
/// A string for gnuplot, in which nothing is replaced.
std::string gnuplot_quoted(std::string_view text);
/// A string of JSON. Bytes above ASCII are as they were: valid UTF-8 stays so.
std::string json_quoted(std::string_view text);

}  // namespace base
