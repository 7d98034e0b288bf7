#include "base/quote.hpp"

#include <cstdio>

namespace base {

// The text with each character of `special` replaced by `before` and itself.
static std::string escaped(std::string_view text, std::string_view special, std::string_view before) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += before;
    result += c;
  }
  return result;
}

std::string shell_quoted(std::string_view text) { return "'" + escaped(text, "'", "'\\'") + "'"; }

std::string fish_quoted(std::string_view text) { return "'" + escaped(text, "'\\", "\\") + "'"; }

std::string gnuplot_quoted(std::string_view text) { return "'" + escaped(text, "'", "'") + "'"; }

std::string json_quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') (result += '\\') += c;
    else if (c == '\n') result += "\\n";
    else if (c == '\t') result += "\\t";
    else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", unsigned(static_cast<unsigned char>(c)));
      result += code;
    } else result += c;
  }
  return result + '"';
}

}  // namespace base
