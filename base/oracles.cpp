#include "base/oracles.hpp"

#include <regex>
#include <stdexcept>

namespace base {

/// Behind the string, character or comment that begins here; here, where none does.
static std::size_t behind_text(const std::string& code, std::size_t at) {
  const char c = code[at];
  const bool number = at > 0 && std::isalnum(static_cast<unsigned char>(code[at - 1]));  // 1'000
  if (code.compare(at, 2, "//") == 0) return std::min(code.find('\n', at), code.size());
  if (c != '"' && (c != '\'' || number)) return at;
  for (++at; at < code.size() && code[at] != c; ++at)
    if (code[at] == '\\') ++at;
  return at + 1;
}

/// Of the parenthesis that closes the one before `at`.
static std::size_t closing(const std::string& code, std::size_t at) {
  for (int open = 1; at < code.size();) {
    if (const std::size_t behind = behind_text(code, at); behind != at) {
      at = behind;
      continue;
    }
    if (code[at] == '(') ++open;
    if (code[at] == ')' && --open == 0) return at;
    ++at;
  }
  throw std::runtime_error("an oracle's parentheses do not end");
}

std::string without_oracles(const std::string& tests) {
  static const std::regex begins(R"re(\boracle<[^;(]*>\(\s*"[^"]*")re");
  std::string out;
  auto at = tests.begin();
  for (std::smatch found; std::regex_search(at, tests.end(), found, begins);) {
    out.append(at, found[0].second);
    at = tests.begin() + std::ptrdiff_t(closing(tests, std::size_t(found[0].second - tests.begin())));
  }
  return out.append(at, tests.end());
}

}  // namespace base
