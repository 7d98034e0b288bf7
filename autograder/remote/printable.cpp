#include "autograder/remote/printable.hpp"

#include <cstdint>
#include <cstdio>

namespace nn::detail {

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (length < 2) return length;
  if (length > text.size()) return 0;
  std::uint32_t code = first & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) >> 6 != 2) return 0;
    code = code << 6 | (byte(i) & 0x3fu);
  }
  constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : length;
}

// Characters that a terminal or a browser obeys instead of showing: C1 controls, and those that change the direction of
// reading.
static bool obeyed(std::string_view c) {
  if (c.size() == 2) return static_cast<unsigned char>(c[0]) == 0xc2 && static_cast<unsigned char>(c[1]) < 0xa0;
  if (c.size() != 3 || static_cast<unsigned char>(c[0]) != 0xe2) return false;
  const unsigned char b = static_cast<unsigned char>(c[1]), d = static_cast<unsigned char>(c[2]);
  return (b == 0x80 && ((d >= 0x8b && d <= 0x8f) || (d >= 0xa8 && d <= 0xae))) || (b == 0x81 && d >= 0xa0 && d <= 0xaf);
}

std::string printable(std::string_view text, std::size_t most) {
  std::string result;
  while (!text.empty()) {
    if (result.size() >= most) return result + " [cut]";
    std::size_t length = utf8_length(text);
    const unsigned char c = static_cast<unsigned char>(text[0]);
    const bool control = length == 1 && ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f);
    if (length > 0 && !control && !obeyed(text.substr(0, length))) {
      result.append(text.substr(0, length));
    } else {
      if (length == 0) length = 1;
      for (const char byte : text.substr(0, length)) {
        char shown[8];
        std::snprintf(shown, sizeof shown, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
        result += shown;
      }
    }
    text.remove_prefix(length);
  }
  return result;
}

}  // namespace nn::detail
