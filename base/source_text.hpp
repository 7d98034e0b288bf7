// The text of a source file that an editor may have saved in an older encoding.
#pragma once

#include <string>

namespace base {

struct SourceText {
  std::string text;  ///< UTF-8, or the bytes as they were where they are no text
  std::string was;   ///< the encoding that it was converted from, "UTF-16" or "Windows-1252"; "" when it was UTF-8
};

/// UTF-16 with or without its mark, and what is no UTF-8 as Windows-1252 (which holds Latin-1). What holds zero bytes
/// and is not UTF-16 stays as it is.
SourceText as_utf8(const std::string& bytes);

}  // namespace base
