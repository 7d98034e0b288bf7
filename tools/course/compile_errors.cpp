#include "tools/course/compile_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

namespace course {

namespace {

struct Rule {
  const char* sign;      // in the compiler's words, GCC's or Clang's
  const char* sentence;  // in ours; $1, $2 ... are the sign's groups
};

// The commonest errors of this course, the particular before the general.
const Rule rules[] = {
    {R"(expected ';')", "A semicolon is missing at the end of this line or the one before it."},
    {R"(expected '[}]'|expected unqualified-id before '[}]'|extraneous closing brace)",
     "The braces { } do not match: one is missing or too many."},
    {R"(expected '\)')", "A closing parenthesis is missing."},
    {R"(no return statement in function returning non-void|control reaches end of non-void|does not return a value)",
     "The function promises a result: a `return` is missing."},
    {R"(no match(?:ing function)? for call to '\((?:const )?(?:class )?arma::(?:eOp|eGlue|Op|Glue|mtOp)|type 'arma::(?:eOp|eGlue|Op|Glue|mtOp).* does not provide a call operator)",
     "`auto` holds a formula here, not its result. Write `mat` (or `vec`) instead of `auto`."},
    {R"(no matching function for call to '(?:std::)?(max|min)\()",
     "std::$1 compares two numbers of one type. For two numbers write std::$1(real(0), z); for every entry of a matrix "
     "use "
     "Z.transform(...) or arma::clamp."},
    {R"(no matching function for call to '(max|min)')",
     "std::$1 compares two numbers of one type. For two numbers write std::$1(real(0), z); for every entry of a matrix "
     "use "
     "Z.transform(...) or arma::clamp."},
    {R"(narrowing conversion of .* from 'double'|cannot be narrowed)",
     "A size or an index must be a whole number (uword), not a double."},
    {R"(ambiguating new declaration of|functions that differ only in their return type|conflicting declaration of|out-of-line definition)",
     "The function's first line was changed. It must stand as in the contract: copy it again from the header."},
    {R"((?:too few|too many) arguments to function '[^']*nn::(\w+))",
     "$1 takes another number of arguments; its contract says which."},
    {R"(no match for 'operator\^'|invalid operands to binary expression \('nn::mat'.*and 'int')",
     "C++ has no power operator: write square(Z) or pow(Z, 2)."},
    {R"(assignment of read-only location|cannot assign to .*const)",
     "This value is const: it is the caller's. Work on a copy, as in `mat A = X;`."},
    {R"(cannot resolve overloaded function '(\w+)|reference to non-static member function must be called)",
     "Parentheses are missing: it is a function. The number of rows is Z.n_rows, of columns Z.n_cols."},
    {R"((?:cannot|could not) convert .*(?:arma::|nn::).* to '(?:nn::real|double|const double))",
     "A matrix stands where one number is expected. sum(Z) of a matrix is a row; the sum of all entries is accu(Z)."},
    {R"(no viable conversion from returned value of type .*arma::.*)",
     "A matrix stands where one number is expected. sum(Z) of a matrix is a row; the sum of all entries is accu(Z)."},
    {R"(could not convert .* to 'nn::(mat|vec|rowvec)')", "One number stands where a $1 is expected."},
    {R"(no viable conversion from .* to function return type 'nn::(mat|vec|rowvec)')",
     "One number stands where a $1 is expected."},
    {R"(conversion from '.*' to non-scalar type '.*(Col|Row)<)",
     "A vector is one column (vec) or one row (rowvec); what stands on the right is another shape. A mat holds any."},
};

std::string include_hint(const std::string& error) {
  static const std::pair<const char*, const char*> homes[] = {{"accumulate", "numeric"},
                                                              {"iota", "numeric"},
                                                              {"inner_product", "numeric"},
                                                              {"sort", "algorithm"},
                                                              {"fill", "algorithm"},
                                                              {"transform", "algorithm"},
                                                              {"shuffle", "algorithm"},
                                                              {"max_element", "algorithm"},
                                                              {"min_element", "algorithm"},
                                                              {"clamp", "algorithm"},
                                                              {"numeric_limits", "limits"},
                                                              {"list", "list"},
                                                              {"map", "map"},
                                                              {"set", "set"},
                                                              {"array", "array"},
                                                              {"optional", "optional"},
                                                              {"cout", "iostream"},
                                                              {"cerr", "iostream"},
                                                              {"mt19937", "random"},
                                                              {"unordered_map", "unordered_map"},
                                                              {"deque", "deque"},
                                                              {"span", "span"},
                                                              {"string", "string"},
                                                              {"exp", "cmath"},
                                                              {"unique_ptr", "memory"}};
  std::smatch m;
  if (std::regex_search(error, m, std::regex(R"('(\w+)')")))
    for (const auto& [name, home] : homes)
      if (m[1] == name) return fmt::format("An include is missing: add `#include <{}>` at the top.", home);
  return "An include is missing: which header does the manual of this name give?";
}

// A name that the file does not know: a slip, a later lesson's function, or one that needs std::.
std::string undeclared(const Project& project, const Lesson& lesson, const std::string& name) {
  for (const Lesson& other : project.lessons)
    for (const Task& task : other.tasks)
      if (std::find(task.functions.begin(), task.functions.end(), name) != task.functions.end()) {
        if (other.number > lesson.number)
          return fmt::format("{} belongs to lesson {}: lesson {} can do without it.", name, std::stoi(other.number),
                             lesson.plain_number());
        return fmt::format("{} is declared in {}: add `#include \"{}\"`.", name, other.header, other.header);
      }
  static const char* const standard[] = {"vector", "max",      "min",  "sqrt",  "pow",        "abs",
                                         "string", "function", "move", "array", "accumulate", "cout"};
  if (std::find(std::begin(standard), std::end(standard), name) != std::end(standard))
    return fmt::format("Did you mean std::{}?", name);
  return fmt::format("Nothing of the name {} is known here: a slip of the pen, or a variable declared elsewhere?",
                     name);
}

std::string in_words(const Project& project, const Lesson& lesson, const std::string& error) {
  std::smatch m;
  static const std::regex unknown(
      R"('(\w+)' was not declared in this scope|use of undeclared identifier '(\w+)'|no template named '(\w+)')");
  if (std::regex_search(error, m, unknown))
    return undeclared(project, lesson, m[1].matched ? m[1] : m[2].matched ? m[2] : m[3]);
  if (std::regex_search(error, m, std::regex("no member named")) && error.find("arma::") != std::string::npos) {
    if (std::regex_search(error, std::regex("arma::(eOp|eGlue|Op|Glue|mtOp)")))
      return "`auto` holds a formula here, not its result. Write `mat` (or `vec`) instead of `auto`.";
    return "Armadillo's matrices have no member of this name; rows and columns are Z.n_rows and Z.n_cols.";
  }
  for (const Rule& rule : rules)
    if (std::regex_search(error, m, std::regex(rule.sign))) return m.format(rule.sentence);
  if (std::regex_search(error, std::regex(R"(is not a member of 'std'|in namespace 'std')")))
    return include_hint(error);
  return "";
}

std::string explained_link(const Project& project, const Lesson& lesson, const std::string& output) {
  std::smatch m;
  const std::string files = fmt::format("exercises/{}/{}", lesson.name, lesson.files[0]);
  if (std::regex_search(output, m,
                        std::regex(R"((?:undefined symbol: |undefined reference to [`'])nn::(\w+)(\([^'\n]*\)))"))) {
    const std::string function = m[1];
    bool written = false;
    for (const std::string& file : lesson.files) {
      const fs::path path = project.exercise(lesson, file);
      written =
          written || (fs::exists(path) && std::regex_search(read_file(path), std::regex("\\b" + function + "\\s*\\(")));
    }
    return written ? fmt::format(
                         "{}: {} is there, but not as its contract in {} asks.\nThe tests call {}{}. Copy its first "
                         "line again from the header.",
                         files, function, lesson.header, function, m[2].str())
                   : fmt::format(
                         "{}: {} is missing.\nIt is declared in {}; `./course reset {}` gives the whole stub again and "
                         "keeps your file.",
                         files, function, lesson.header, lesson.plain_number());
  }
  if (std::regex_search(output, m, std::regex(R"((?:duplicate symbol: |multiple definition of [`'])([^'\n;]+))")))
    return fmt::format(
        "{}: {} is defined twice.\n{}", files, m[1].str(),
        m[1].str() == "main" ? "The tests bring their own main(): take yours out." : "One of the two must go.");
  return fmt::format("lesson {} was not built:\n{}", lesson.number, output);
}

}  // namespace

// GCC's quotes are of three bytes in a UTF-8 locale, of one elsewhere.
static std::string with_plain_quotes(std::string text) {
  for (const char* quote : {"‘", "’"})
    for (std::size_t at; (at = text.find(quote)) != std::string::npos;)
      text.replace(at, std::string(quote).size(), "'");
  return text;
}

std::string explained_build(const Project& project, const Lesson& lesson, const std::string& said) {
  const std::string output = with_plain_quotes(said);
  std::smatch m;
  if (std::regex_search(output, m, std::regex(R"re(#error "([^"]+) is missing")re")))
    return fmt::format("{} is missing.\n`./course reset {}` writes the stub anew.",
                       fs::relative(m[1].str(), project.root).string(), lesson.plain_number());
  if (std::regex_search(output, m, std::regex(R"('([^'\n]+)', needed by .* missing and no known rule)")))
    return fmt::format("{} is missing.\n`./course reset {}` writes the stub anew.",
                       fs::relative(m[1].str(), project.root).string(), lesson.plain_number());
  if (!std::regex_search(output, m, std::regex(R"re((^|\n)([^\n:]+):(\d+):(\d+): (?:fatal )?error: ([^\n]+))re")))
    return explained_link(project, lesson, output);

  const fs::path file = m[2].str();
  const int number = std::stoi(m[3]), column = std::stoi(m[4]);
  const std::string error = std::regex_replace(m[5].str(), std::regex(R"( \[-W[^\]]*\]$)"), "");
  std::string text = fmt::format("{}:{}:{}: {}\n", fs::relative(file, project.root).string(), number, column, error);
  if (fs::exists(file)) {
    std::istringstream lines(read_file(file));
    std::string line;
    for (int i = 0; i < number; ++i) std::getline(lines, line);
    text += fmt::format("    {}\n    {}^\n", line, std::string(std::size_t(std::max(0, column - 1)), ' '));
  }
  return text + in_words(project, lesson, error);
}

}  // namespace course
