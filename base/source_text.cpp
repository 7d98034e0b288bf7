#include "base/source_text.hpp"

#include <iconv.h>

#include <algorithm>

namespace base {

/// Nothing where the bytes are not of that encoding, or this machine does not know it.
static std::string converted(const char* from, const std::string& bytes) {
  const iconv_t with = iconv_open("UTF-8", from);
  if (with == iconv_t(-1)) return "";
  std::string in = bytes, out(3 * bytes.size() + 4, '\0');
  char *next = in.data(), *end = out.data();
  std::size_t left = in.size(), room = out.size();
  const bool all = iconv(with, &next, &left, &end, &room) != std::size_t(-1);
  iconv_close(with);
  out.resize(all ? out.size() - room : 0);
  return out;
}

/// "UTF-16LE" or "UTF-16BE" by its mark, or because (being code) every other byte of it is 0.
static const char* utf16_of(const std::string& bytes) {
  if (bytes.starts_with("\xff\xfe")) return "UTF-16LE";
  if (bytes.starts_with("\xfe\xff")) return "UTF-16BE";
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < bytes.size(); ++i) zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
  const std::size_t most = bytes.size() / 2;
  if (most > 0 && bytes.size() % 2 == 0 && zeros[0] == 0 && zeros[1] > most * 9 / 10) return "UTF-16LE";
  if (most > 0 && bytes.size() % 2 == 0 && zeros[1] == 0 && zeros[0] > most * 9 / 10) return "UTF-16BE";
  return nullptr;
}

SourceText as_utf8(const std::string& bytes) {
  if (const char* utf16 = utf16_of(bytes)) {
    std::string text = converted(utf16, bytes);
    if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
    if (!text.empty() && text.find('\0') == std::string::npos) return {text, "UTF-16"};
    return {bytes, ""};
  }
  if (bytes.empty() || bytes.find('\0') != std::string::npos || !converted("UTF-8", bytes).empty()) return {bytes, ""};
  for (const char* older :
       {"WINDOWS-1252", "ISO-8859-1"})  // which has a character for the five bytes that the first lacks
    if (std::string text = converted(older, bytes); !text.empty()) return {text, "Windows-1252"};
  return {bytes, ""};
}

}  // namespace base
