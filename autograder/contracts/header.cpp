#include "autograder/contracts/header.hpp"

#include <algorithm>
#include <array>

#include "autograder/contracts/tokens.hpp"

namespace contracts {

namespace {

template <class... Words>
bool is_one_of(const Token& token, const Words&... words) {
  return (token.is(words) || ...);
}

bool is_builtin(const Token& token) {
  return is_one_of(token, "const", "volatile", "unsigned", "signed", "int", "long", "short", "char", "bool", "float",
                   "double", "void", "auto");
}

/// A parameter without a name takes that of its type, where the type has one of the course's: "conv_network" for a
/// ConvNetwork.
std::string name_for(const Token& type, std::size_t number) {
  std::string name;
  if (type.text[0] >= 'A' && type.text[0] <= 'Z')
    for (const char c : type.text) {
      const bool capital = c >= 'A' && c <= 'Z';
      if (capital && !name.empty()) name += '_';
      name += capital ? char(c + 32) : c;
    }
  for (const char* keyword :
       {"union",  "switch",  "operator", "class",    "struct", "enum",      "template", "new",  "delete", "default",
        "case",   "return",  "for",      "while",    "do",     "if",        "else",     "this", "try",    "catch",
        "export", "private", "public",   "register", "static", "namespace", "using",    "and",  "or",     "not",
        "xor",    "char",    "int",      "long",     "short",  "double",    "float",    "bool", "void"})
    if (name == keyword) name.clear();
  return name.empty() ? "argument_" + std::to_string(number) : name;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(tokens_of(text)) { header_.includes = std::move(tokens_.includes); }

  Header run() {
    declarations(false);
    if (!here().text.empty()) fail("this } closes nothing");
    return std::move(header_);
  }

 private:
  const Token& here() const { return tokens_.all[at_]; }
  const Token& ahead(std::size_t n = 1) const { return tokens_.all[std::min(at_ + n, tokens_.all.size() - 1)]; }
  void next() {
    if (here().text.empty()) fail("the header ends within a declaration");
    ++at_;
  }
  [[noreturn]] void fail(const std::string& what) const { throw ParseError(here().line, what); }

  // -- what is passed over

  /// From an opening bracket to behind the one that closes it.
  void skip_group() {
    const std::string_view open = here().text, close = open == "(" ? ")" : open == "{" ? "}" : "]";
    next();
    while (!here().is(close)) is_one_of(here(), "(", "{", "[") ? skip_group() : next();
    next();
  }
  /// From < to behind its >, where a type stands.
  void skip_angles() {
    next();
    while (!here().is(">")) {
      if (is_one_of(here(), "(", "{", "[")) skip_group();
      else if (here().is("<")) skip_angles();
      else if (is_one_of(here(), ";", ")", "}")) fail("a < without its >");
      else next();
    }
    next();
  }
  void skip_statement() {
    while (!here().is(";")) is_one_of(here(), "(", "{", "[") ? skip_group() : next();
    next();
  }
  /// An initialiser or a default argument, whatever its expression, up to a , or ; or ) of the list that it stands in.
  void skip_expression() {
    while (!is_one_of(here(), ",", ";", ")", "}")) {
      if (is_one_of(here(), "(", "{", "[")) skip_group();
      else if (here().is("<") && opens_template_arguments()) skip_angles();
      else next();
    }
  }
  /// Whether the < is that of `std::map<int, int>{}` and not that of `a < b`: it has its >, and what follows fits a
  /// type.
  bool opens_template_arguments() {
    if (at_ == 0 || !tokens_.all[at_ - 1].word()) return false;
    const std::size_t begin = at_;
    bool opens = false;
    try {
      skip_angles();
      opens = is_one_of(here(), "(", "{", "::", ",", ")", ";", ">", "&", "*");
    } catch (const ParseError&) {}
    at_ = begin;
    return opens;
  }
  /// From the ( of a function's parameters to its end: a body, or a semicolon.
  void skip_function() {
    skip_group();
    while (!is_one_of(here(), ";", "{", ":")) here().is("(") ? skip_group() : next();
    if (here().is(":")) {
      do {  // the members that a constructor initialises
        next();
        while (!is_one_of(here(), "(", "{")) here().is("<") ? skip_angles() : next();
        skip_group();
      } while (here().is(","));
    }
    here().is("{") ? skip_group() : next();
    if (here().is(";")) next();
  }
  /// A template, a static member, whatever has no part in a contract: to its ; or behind its body.
  void skip_declaration() {
    bool function = false;
    while (!is_one_of(here(), ";", "{")) {
      function = function || here().is("(");
      if (is_one_of(here(), "=")) return skip_statement();
      is_one_of(here(), "(", "[") ? skip_group() : next();
    }
    if (here().is(";")) return next();
    skip_group();
    if (!function) skip_statement();  // a struct, or a variable in braces
    else if (here().is(";")) next();
  }
  void skip_attributes() {
    while (here().is("[") && ahead().is("[")) skip_group();
  }

  // -- what is read

  /// Declarations of a namespace, up to its }. Within others than nn they are passed over.
  void declarations(bool in_nn) {
    while (!here().text.empty() && !here().is("}")) {
      skip_attributes();
      if (here().is(";")) next();
      else if (here().is("namespace")) name_space(in_nn);
      else if (is_one_of(here(), "using", "typedef", "static_assert", "extern", "friend")) skip_statement();
      else if (here().is("template")) skip_declaration();
      else if (is_one_of(here(), "struct", "class", "union", "enum")) type(in_nn, "");
      else declaration(in_nn);
    }
  }

  void name_space(bool in_nn) {
    next();
    std::string name;
    while (!is_one_of(here(), "{", "=", ";")) name += here().text, next();
    if (!here().is("{")) return skip_statement();
    next();
    declarations(!in_nn && name == "nn");
    if (!here().is("}")) fail("namespace " + name + " does not end");
    next();
  }

  /// Behind the ( where a function's parameters begin, or at the = ; , { [ : where a variable's name has been read.
  struct Declared {
    std::vector<Token> tokens;
    bool function = false;
  };
  Declared declared() {
    Declared result;
    while (!is_one_of(here(), "(", "=", ";", ",", "{", "[", ":")) {
      result.tokens.push_back(here());
      if (here().is("operator")) {
        next();
        if (here().is("(")) skip_group();  // operator()
        while (!here().is("(")) next();
        break;
      }
      if (!here().is("<")) next();
      else {
        const std::size_t begin = at_;
        skip_angles();
        result.tokens.insert(result.tokens.end(), tokens_.all.begin() + begin + 1, tokens_.all.begin() + at_);
      }
    }
    result.function = here().is("(");
    return result;
  }

  void declaration(bool in_nn) {
    const Token first = here();
    const Declared what = declared();
    if (!what.function) return skip_statement();  // a variable
    const std::size_t parameters = at_;
    const bool elsewhere = std::any_of(what.tokens.begin(), what.tokens.end(), [](const Token& t) {
      return is_one_of(t, "inline", "constexpr", "static", "consteval");
    });
    skip_group();
    const std::size_t behind = at_;
    at_ = parameters;
    if (!in_nn || elsewhere || tokens_.all[behind].is("{")) return skip_function();
    if (what.tokens.size() < 2 || what.tokens.back().is("operator") || !what.tokens.back().word())
      throw ParseError(first.line, "expected `result name(parameters);`, found `" + text_of(what.tokens) + "(`");
    Function function{text_of({what.tokens.begin(), what.tokens.end() - 1}), std::string(what.tokens.back().text), {}};
    next();
    std::vector<bool> named;
    while (!here().is(")")) {
      named.push_back(false);
      function.parameters.push_back(parameter(function, named));
      if (here().is(",")) next();
      else if (!here().is(")")) fail("expected , or ) in the parameters of " + function.name);
    }
    const std::vector<Parameter> all = function.parameters;
    for (std::size_t i = 0; i < named.size(); ++i)  // two without a name may have one type
      if (!named[i] &&
          std::count_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == all[i].name; }) > 1)
        function.parameters[i].name = "argument_" + std::to_string(i + 1);
    next();
    if (!here().is(";"))
      fail("expected ; behind the parameters of " + function.name + ", found `" + std::string(here().text) +
           "`: a contract is written `result name(parameters);`");
    next();
    header_.functions.push_back(std::move(function));
  }

  Parameter parameter(const Function& function, std::vector<bool>& named) {
    std::vector<Token> tokens = parameter_tokens(function);
    if (here().is("=")) {
      next();
      skip_expression();
    }
    const std::size_t number = function.parameters.size() + 1, n = tokens.size();
    if (n == 0) fail("a parameter of " + function.name + " is empty");
    if (n == 1 && tokens[0].is("void")) fail("write " + function.name + "() for a function without parameters");
    const Token last = tokens.back();
    const std::size_t type_begins = tokens[0].is("const") ? 1 : 0;
    if (last.word() && !is_builtin(last) && n > type_begins + 1 && !tokens[n - 2].is("::")) {
      tokens.pop_back();
      named.back() = true;
      return {text_of(tokens), std::string(last.text)};
    }
    const bool plain = std::none_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.is("<"); });
    const auto type = std::find_if(tokens.rbegin(), tokens.rend(), [](const Token& t) { return t.word(); });
    return {text_of(tokens),
            plain && type != tokens.rend() ? name_for(*type, number) : "argument_" + std::to_string(number)};
  }
  std::vector<Token> parameter_tokens(const Function& function) {
    skip_attributes();
    std::vector<Token> tokens;
    while (!is_one_of(here(), ",", ")", "=")) {
      if (here().is("("))
        fail("a pointer to a function cannot be a parameter of " + function.name + "; take a std::function");
      if (here().is("[")) fail("an array cannot be a parameter of " + function.name + "; take a vec or a std::array");
      if (here().is("*")) fail("a pointer cannot be a parameter of " + function.name + "; take a value or a reference");
      if (here().is("...")) fail(function.name + " takes any number of parameters; name them");
      if (here().is("&&")) fail("a && cannot be a parameter of " + function.name + "; take a value");
      const std::size_t begin = at_;
      here().is("<") ? skip_angles() : next();
      tokens.insert(tokens.end(), tokens_.all.begin() + begin, tokens_.all.begin() + at_);
    }
    return tokens;
  }

  /// struct, class, union, enum: defined, or only announced.
  void type(bool in_nn, const std::string& outer) {
    const Token kind = here();
    next();
    if (kind.is("enum") && is_one_of(here(), "class", "struct")) next();
    skip_attributes();
    if (!here().word()) fail("give this " + std::string(kind.text) + " a name");
    const std::string name = outer + std::string(here().text);
    while (!is_one_of(here(), "{", ";", ":")) next();
    bool plain = in_nn && (kind.is("struct") || kind.is("enum"));
    if (here().is(":")) {
      plain = plain && kind.is("enum");  // a base; or the type of an enum's numbers
      while (!is_one_of(here(), "{", ";")) next();
    }
    if (here().is(";")) return next();
    if (!plain) {
      skip_group();
      return skip_statement();
    }
    next();
    kind.is("enum") ? names(name) : members(name);
    next();
    if (!here().is(";")) fail("expected ; behind the } of " + name);
    next();
  }

  void names(const std::string& name) {
    Enum result{name, {}};
    while (!here().is("}")) {
      skip_attributes();
      if (!here().word()) fail("expected a name of " + name);
      result.names.emplace_back(here().text);
      next();
      skip_attributes();
      if (here().is("=")) skip_expression();
      if (here().is(",")) next();
    }
    if (result.names.empty()) fail(name + " has no names");
    header_.enums.push_back(std::move(result));
  }

  void members(const std::string& name) {
    Struct result{name, {}};
    bool plain = true;
    while (!here().is("}")) {
      skip_attributes();
      if (here().is(";")) next();
      else if (is_one_of(here(), "public", "private", "protected") && ahead().is(":")) {
        plain = plain && here().is("public");
        next(), next();
      } else if (is_one_of(here(), "struct", "class", "union", "enum")) type(true, name + "::");
      else if (is_one_of(here(), "using", "typedef", "static_assert")) skip_statement();
      else if (is_one_of(here(), "static", "friend", "template", "constexpr", "inline")) skip_member();
      else member(result);
    }
    if (plain) header_.structs.push_back(std::move(result));
  }

  void skip_member() {
    if (here().is("template")) return skip_declaration();
    if (declared().function) return skip_function();
    skip_statement();
  }

  void member(Struct& result) {
    const Token first = here();
    for (;;) {
      const Declared what = declared();
      if (what.function) return skip_function();
      if (what.tokens.empty() || !what.tokens.back().word())
        throw ParseError(first.line, "expected a member of " + result.name + ", found `" + text_of(what.tokens) + "`");
      result.members.emplace_back(what.tokens.back().text);
      skip_expression();
      if (here().is(";")) return next();
      if (!here().is(",")) fail("expected ; behind " + result.members.back() + " of " + result.name);
      next();
    }
  }

  static std::string text_of(const std::vector<Token>& tokens) {
    std::string text;
    bool word = false;
    for (const Token& token : tokens) {
      if (word && token.word()) text += ' ';
      text += token.text;
      if (token.is(",")) text += ' ';
      word = token.word() || token.is(">") || token.is("&");
    }
    return text;
  }

  Tokens tokens_;
  std::size_t at_ = 0;
  Header header_;
};

}  // namespace

Header parse_header(std::string_view text) { return Parser(text).run(); }

}  // namespace contracts
