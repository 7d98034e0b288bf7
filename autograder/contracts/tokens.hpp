// The text of a header as a list of tokens, without comments and preprocessor lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace contracts {

struct Token {
  std::string_view text;  ///< empty at the end of the header
  int line = 0;

  bool is(std::string_view other) const { return text == other; }
  /// An identifier or a keyword.
  bool word() const { return !text.empty() && (text[0] == '_' || unsigned((text[0] | 32) - 'a') < 26); }
};

struct Tokens {
  std::vector<Token> all;             ///< the last one is empty
  std::vector<std::string> includes;  ///< what #include "..." names
};

/// Throws ParseError for a comment or a string that does not end. The tokens point into `text`.
Tokens tokens_of(std::string_view text);

}  // namespace contracts
