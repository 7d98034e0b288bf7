#include "autograder/contracts/tokens.hpp"

#include "autograder/contracts/header.hpp"

namespace contracts {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return c == '_' || is_digit(c) || unsigned((c | 32) - 'a') < 26; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Tokens run() {
    bool line_begins = true;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') line_begins = true;
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') advance(at_ + 1);
      else if (starts("//")) advance(end_of_line(false));
      else if (starts("/*")) advance(after("*/", at_ + 2, "this comment does not end"));
      else if (c == '#' && line_begins) preprocessor();
      else {
        line_begins = false;
        add(end_of_token());
      }
    }
    tokens_.all.push_back({{}, line_});
    return std::move(tokens_);
  }

 private:
  bool starts(std::string_view with) const { return text_.substr(at_, with.size()) == with; }

  void advance(std::size_t to) {
    for (; at_ < to; ++at_) line_ += text_[at_] == '\n';
  }
  void add(std::size_t end) {
    tokens_.all.push_back({text_.substr(at_, end - at_), line_});
    advance(end);
  }

  std::size_t after(std::string_view what, std::size_t from, const char* missing) const {
    const std::size_t found = text_.find(what, from);
    if (found == text_.npos) throw ParseError(line_, missing);
    return found + what.size();
  }
  std::size_t end_of_line(bool continued) const {
    std::size_t end = text_.find('\n', at_);
    while (continued && end != text_.npos && end > 0 && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    return end == text_.npos ? text_.size() : end;
  }

  void preprocessor() {
    const std::size_t end = end_of_line(true);
    const std::string_view line = text_.substr(at_, end - at_);
    const std::size_t open = line.find('"'), close = open == line.npos ? open : line.find('"', open + 1);
    if (line.find("include") < open && close != line.npos)
      tokens_.includes.emplace_back(line.substr(open + 1, close - open - 1));
    advance(end);
  }

  std::size_t end_of_token() const {
    const char c = text_[at_], next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (starts("R\"")) {
      const std::size_t open = text_.find('(', at_);
      const std::string delimiter(text_.substr(at_ + 2, open == text_.npos ? 0 : open - at_ - 2));
      return after(")" + delimiter + "\"", at_ + 2, "this string does not end");
    }
    if (c == '"' || c == '\'') return end_of_quoted(c);
    if (is_digit(c) || (c == '.' && is_digit(next))) return end_of_number();
    if (is_word(c)) {
      std::size_t end = at_;
      while (end < text_.size() && is_word(text_[end])) ++end;
      return end;
    }
    for (const std::string_view sign : {"...", "::", "->", "<=", ">=", "==", "!=", "<<", "&&", "||"})
      if (starts(sign)) return at_ + sign.size();  // not >>, which may close two lists of template arguments
    return at_ + 1;
  }
  std::size_t end_of_quoted(char quote) const {
    for (std::size_t i = at_ + 1; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == quote) return i + 1;
      if (text_[i] == '\\') ++i;
    }
    throw ParseError(line_, "this string does not end");
  }
  std::size_t end_of_number() const {
    std::size_t end = at_;
    const auto exponent_sign = [&] {
      return (text_[end] == '+' || text_[end] == '-') && ((text_[end - 1] | 32) == 'e' || (text_[end - 1] | 32) == 'p');
    };
    while (end < text_.size() &&
           (is_word(text_[end]) || text_[end] == '.' || text_[end] == '\'' || (end > at_ && exponent_sign())))
      ++end;
    return end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  Tokens tokens_;
};

}  // namespace

Tokens tokens_of(std::string_view text) { return Lexer(text).run(); }

}  // namespace contracts
