#include "autograder/grader/formats/escape.hpp"

#include <fmt/format.h>

#include <cctype>

#include "autograder/remote/printable.hpp"

namespace grader {

std::string markup(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(nn::detail::utf8_length(text), 1);
    const std::string_view c = text.substr(0, length);
    if (c == "&") out += "&amp;";
    else if (c == "<") out += "&lt;";
    else if (c == ">") out += "&gt;";
    else if (c == "\"") out += "&quot;";
    else if (c == "'") out += "&#39;";
    else if (c == "\xef\xbf\xbe" || c == "\xef\xbf\xbf") out += "\xef\xbf\xbd";  // not allowed in XML
    else out += c;
    text.remove_prefix(length);
  }
  return out;
}

std::string markdown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n' || c == '\t') out += ' ';
    else if (byte < 0x80 && std::ispunct(byte)) out += fmt::format("&#{};", int(byte));
    else out += c;
  }
  return out;
}

std::string csv(std::string_view text) {
  std::string out = "\"";
  const auto begins = [&](std::string_view with) { return text.substr(0, with.size()) == with; };
  if (!text.empty() && std::string_view("=+-@\t\n\r").find(text[0]) != std::string_view::npos) out += '\'';
  for (const char* wide : {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"})  // full-width = + - @
    if (begins(wide)) out += '\'';
  for (const char c : text) (out += c) += c == '"' ? "\"" : "";
  return out + '"';
}

static bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x7f; }

/// A runner compares as people read: letters of either case, and characters that nobody sees do not count.
static bool is_command(std::string_view text, bool line_begins) {
  std::string seen;
  for (std::size_t i = 0; i < text.size() && seen.size() < 11; ++i)
    if (is_ascii(text[i])) seen += char(std::tolower(static_cast<unsigned char>(text[i])));
  return (line_begins && seen.starts_with("::")) || seen.starts_with("##[") || seen.starts_with("##vso[") ||
         seen.starts_with("##teamcity[");
}

std::string no_commands(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool may_begin = text[i] == ':' || text[i] == '#';
    if (may_begin && is_command(text.substr(i), line_begins)) out += fmt::format("\\x{:02x}", int(text[i]));
    else out += text[i];
    // it skips all white space before a command, of which Unicode has much
    const bool skipped = !is_ascii(text[i]) || text[i] <= ' ';
    line_begins = text[i] == '\n' || text[i] == '\r' || (line_begins && skipped);
  }
  return out;
}

std::string no_commands_in_json(std::string_view text) {
  std::string out;
  char before = 0;
  for (const char c : text) {
    out += c == '#' && before == '#' ? "\\u0023" : std::string(1, c);  // '#' stands nowhere but in strings
    if (is_ascii(c)) before = c;
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
  return std::string(text.substr(0, most)) + " [cut]";
}

}  // namespace grader
