#include "tools/course/compile_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>

namespace course {

namespace {

struct Rule {
  const char* error;     // a pattern of the compiler's words, GCC's or Clang's
  const char* source;    // a pattern of the source line; "" for any
  const char* sentence;  // ours; $1, $2 ... are the error's groups
};

const char* const whole_matrix_as_condition =
    "A whole matrix stands where one yes or no is expected. Look at its entries, one by one in a loop or by "
    "Z.transform(...); find(Z > 0) gives the indices of those that fit.";
const char* const comparison_is_umat =
    "A comparison of matrices gives whole numbers (umat). arma::conv_to<mat>::from(Z > 0) is the mat of 0 and 1.";
const char* const auto_holds_formula =
    "`auto` holds a formula here, not its result. Write `mat` (or `vec`) instead of `auto`.";
const char* const matrix_for_number =
    "A matrix stands where one number is expected. sum(Z) of a matrix is a row; the sum of all entries is accu(Z). "
    "One entry is Z(i, j); a 1 x 1 product becomes a number by as_scalar(...).";
const char* const dot_is_a_number =
    "dot(a, b) is one number. The product of matrices is A * B, the product entry by entry A % B.";
const char* const not_yours = "This value is const: it is the caller's. Work on a copy, as in `mat A = X;`.";
const char* const std_extreme =
    "std::$1 compares two numbers of one type. For two numbers write std::$1(real(0), z); for every entry of a matrix "
    "use Z.transform(...) or arma::clamp.";
const char* const std_function = "std::$1 takes one number. For every entry of a matrix write $1(Z), without std::.";
const char* const no_power = "C++ has no power operator: write square(Z) or pow(Z, 2).";
const char* const already_there =
    "$1$2 exists already, as an argument: leave the type out to change it, or choose another name.";
const char* const not_captured = "The lambda does not know $1$2: write [$1$2] or [&] in place of [].";
const char* const for_loop = "A loop over indices is written for (uword i = 0; i < n; ++i) { ... }.";
const char* const named_argument =
    "C++ has no named arguments. sum(Z, 0) adds down each column and gives a row, sum(Z, 1) adds along each row; so do "
    "max, mean and index_max.";
const char* const whole_column = "A colon stands for no index here: column j is X.col(j), row i is X.row(i).";
const char* const by_entry = "There are no operators with a dot: A % B multiplies entry by entry, A / B divides.";
const char* const enumerator = "A function stands where a kind is expected: write Activation::relu, not relu.";

// The particular before the general.
const Rule rules[] = {
    {R"(expected '\((?:' before|' after) '(?:for|if|while|\w+)')", R"(\b(?:for|if|while)\b)",
     "The parentheses are missing: for (uword i = 0; i < n; ++i) { ... }, if (x > 0) { ... }."},
    {"expected ';' before '<'|redefinition of '\\w+'", R"(for\s*\([^;]*,[^;]*,)", for_loop},
    {"expected", R"(\.\^)", no_power},
    {"expected|pointer to member|pointer-to-member|member pointer", R"((?:[A-Za-z_]\w*|\)|\d(?= )) *\.[*/])", by_entry},
    {"stray '@'|expected", R"([\w)] *@ *[\w(])", "The product of matrices is A * B."},
    {R"(stray '\\'|expected)", R"([\w)] \\ [\w(])", R"(A \ B is solve(A, B) here: the X with A * X = B.)"},
    {"missing terminating|expected", R"([\w)]'\s*(?:[;*)]|$))", "The transpose is X.t()."},
    {"expected (?:primary-)?expression", R"([(\[](?:[^()]*, *)?:[^:])", whole_column},
    {"expected ';' before 'in'|'z' with deduced type 'auto' requires an initializer", R"(for\s*\(.* in )",
     "C++ loops over entries with a colon: for (real z : Z)."},
    {"expected ';'", R"(\belif\b)", "It is written else if (...)."},
    {"expected ';'", R"(return .* if .* else )", "A choice between two values is written condition ? this : that."},
    {"expected ';' before '[}]'|expected ';' after return", R"(\{.*return [^;]*\})",
     "A semicolon is missing before the } of this line."},
    {"expected ';'", "", "A semicolon is missing at the end of this line or the one before it."},
    {R"(base operand of '->'|member reference type .* is not a pointer)", R"((\w+)->)",
     "It is no pointer: its members are reached by a dot, as in neuron.w."},
    {R"('(?:Zero|Ones|Random|Identity|Constant)' is not a member of|no member named '(?:Zero|Ones|Random|Identity|Constant)' in)",
     "",
     "A matrix of zeros is mat(rows, cols, arma::fill::zeros); there are also fill::ones, fill::eye and fill::randu."},
    {"expected initializer before", R"(\})", "A semicolon is missing: a struct ends with };"},
    {"expected '[}]'|expected unqualified-id before '[}]'|extraneous closing brace", "",
     "The braces { } do not match: one is missing or too many."},
    {R"(could not convert '\(\(void\))", R"(return \([^()]*,)",
     "Several values are returned in braces: return {a, b};"},
    {"no viable conversion from returned value", R"(return \([^()]*,)",
     "Several values are returned in braces: return {a, b};"},
    {"non-const lvalue reference of type 'arma::uword|no matching member function for call to '(?:max|min)'",
     R"(\.(?:max|min)\()",
     "Z.max() is the largest of all entries; max(Z, 0) is a row with the largest of each column."},
    {R"(expected '\)')", "", "A closing parenthesis is missing."},
    {"no return statement in function returning non-void|control reaches end of non-void|does not return a value", "",
     "The function promises a result: a `return` is missing."},
    {R"(no match(?:ing function)? for call to '\((?:const )?(?:class )?arma::(?:eOp|eGlue|Op|Glue|mtOp)|type 'arma::(?:eOp|eGlue|Op|Glue|mtOp).* does not provide a call operator)",
     "", auto_holds_formula},
    {R"(no matching function for call to '(?:std::)?(max|min)['(])", "", std_extreme},
    {R"(no matching function for call to '(exp|log|sqrt|abs|tanh|pow|log1p|square)['(])", "std::", std_function},
    {R"(could not convert '\(\w+ = .*to 'bool')", "", "`=` assigns and `==` compares."},
    {"could not convert .*arma::.*to 'bool'|not contextually convertible to 'bool'", "", whole_matrix_as_condition},
    {R"(could not convert '?arma::operator(?:[<>]=?|[!=]=|&&|\|\|)\(.* to 'nn::mat)", "", comparison_is_umat},
    {"no viable conversion .*(?:op_rel_|glue_rel_).* to function return type 'nn::mat'", "", comparison_is_umat},
    {"no viable conversion .*to function return type 'nn::mat'", "return [^;]*[<>=!]=? ?[^;]*;", comparison_is_umat},
    {"narrowing conversion of .* from 'double'|cannot be narrowed", "",
     "A size or an index must be a whole number (uword), not a double."},
    {"ambiguating new declaration of|functions that differ only in their return type|conflicting declaration "
     "of|out-of-line definition",
     "", "The function's first line was changed. It must stand as in the contract: copy it again from the header."},
    {R"((?:too few|too many) arguments to function '[^']*nn::(\w+))", "",
     "$1 takes another number of arguments; its contract says which."},
    {R"(no match for 'operator\^'|invalid operands .*(?:to binary 'operator\^'|\('nn::(?:mat|real)'.*and 'int'))",
     R"(\^)", no_power},
    {"invalid type argument of unary '\\*'|indirection requires pointer operand", R"(\*\*)", no_power},
    {"assignment of read-only member|cannot assign to non-static data member 'n_", "",
     "`=` assigns and `==` compares. The size of a matrix is changed by Z.set_size(...) or Z.zeros(...)."},
    {"assignment of read-only location|cannot assign to .*const|discards qualifiers|no viable overloaded '[-+*/]='", "",
     not_yours},
    {"no matching member function for call to "
     "'(?:transform|set_size|zeros|ones|fill|each_col|each_row|shed_row|resize)'",
     "", not_yours},
    {R"(no matching (?:member )?function for call to '(?:[^']*::)?(?:rows|cols)['(])", "",
     "The number of rows is Y.n_rows, of columns Y.n_cols, without parentheses."},
    {"expression cannot be used as a function|called object type .*is not a function", "",
     "This is a number, not a function: n_rows, n_cols and n_elem have no parentheses."},
    {"request for member '\\w+' in .*size\\(\\)|member reference base type 'arma::uword'", "",
     "Z.size() is the number of all entries; the number of rows is Z.n_rows, of columns Z.n_cols."},
    {"invalid types '[^']*\\[|subscripted value is not an array", "",
     "An entry of a matrix is T(i, j): both indices in one pair of parentheses."},
    {R"(cannot resolve overloaded function '(\w+)|reference to non-static member function must be called|cannot convert '[^']*::t'|invalid use of member function)",
     "", "Parentheses are missing: this is a function, as in X.t()."},
    {R"(could not convert '[^']*dot<)", "", dot_is_a_number},
    {"no viable conversion .*to function return type 'nn::(?:mat|vec|rowvec)'", R"(\bdot\()", dot_is_a_number},
    {"(?:could not convert .*nn::relu|nn::sigmoid|nn::identity|nn::softmax).* to 'nn::Layer'", "", enumerator},
    {"member subobject of type 'nn::Activation'", "", enumerator},
    {"(?:no match for 'operator[!=]='|invalid operands to binary).*nn::Activation", "", enumerator},
    {R"((?:cannot|could not) convert .*(?:arma::|nn::).* to '(?:nn::real|double|const double))", "", matrix_for_number},
    {R"(no viable conversion from returned value of type .*arma::.* to function return type 'nn::real')", "",
     matrix_for_number},
    {R"(no viable conversion from returned value of type .*(?:subview|Glue|arma::).*)", "", matrix_for_number},
    {R"(could not convert '\w*(?:::)?\w+' from '[^']*\(|no viable conversion from returned value of type '[^']*\()", "",
     "This is the function itself: its arguments are missing, as in relu(Z)."},
    {R"(could not convert .* to 'nn::(mat|vec|rowvec)')", "", "One number stands where a $1 is expected."},
    {R"(no viable conversion from .* to function return type 'nn::(mat|vec|rowvec)')", "",
     "One number stands where a $1 is expected."},
    {R"(conversion from '.*' to non-scalar type '.*(Col|Row)<)", "",
     "A vector is one column (vec) or one row (rowvec); what stands on the right is another shape. A mat holds any."},
    {R"(could not convert .*'std::vector<.* to 'arma::(\w+))", "",
     "An Armadillo vector is no std::vector: arma::conv_to<$1>::from(v) makes one of the other."},
    {R"(no viable conversion .*'std::vector<.*function return type 'arma::(\w+))", "",
     "An Armadillo vector is no std::vector: arma::conv_to<$1>::from(v) makes one of the other."},
    {R"('(\w+)' is not captured|variable '(\w+)' cannot be implicitly captured)", "", not_captured},
    {R"(declaration of '.*\b(\w+)' shadows a parameter|redefinition of '(\w+)')", "", already_there},
    {"return-statement with a value, in function returning 'void'|void function .*should not return a value", "",
     "The function is declared void and returns nothing: its first line must stand as in the contract."},
    {R"('(\w+)' is not a member of 'arma'|no member named '(\w+)' in namespace 'arma')", "",
     "Armadillo has nothing of the name $1$2: see docs/armadillo.md for what there is."},
};

// Members that other libraries have: what stands in their place here.
const char* member_in_armadillo(const std::string& name) {
  static const std::map<std::string, const char*> members = {
      {"T", "The transpose is X.t()."},
      {"transpose", "The transpose is X.t()."},
      {"rows", "The number of rows is Y.n_rows, of columns Y.n_cols, without parentheses."},
      {"cols", "The number of rows is Y.n_rows, of columns Y.n_cols, without parentheses."},
      {"shape", "The number of rows is Y.n_rows, of columns Y.n_cols, of entries Y.n_elem."},
      {"length", "The number of entries is v.n_elem."},
      {"array", "Entry by entry: A % B multiplies, A / B divides, 1 - A subtracts; nothing has to be converted."},
      {"cwiseProduct", "Entry by entry: A % B multiplies, A / B divides."},
      {"dot", "The product of matrices is A * B, entry by entry A % B; dot(a, b) of two vectors is one number."},
      {"matmul", "The product of matrices is A * B."},
      {"push_back", "An Armadillo vector has a fixed size: make it with its size, as in uvec v(n), and fill v(i)."},
      {"append", "An Armadillo vector has a fixed size: make it with its size, as in uvec v(n), and fill v(i)."},
      {"argmax", "The index of the largest entry is Z.index_max(); of each column index_max(Z, 0)."},
      {"cwiseMax", "For every entry: Z.transform([](real z) { return ...; }), or clamp(Z, low, high)."},
      {"cwiseMin", "For every entry: Z.transform([](real z) { return ...; }), or clamp(Z, low, high)."},
      {"unaryExpr", "A function of every entry is Z.transform([](real z) { return ...; })."},
      {"colwise",
       "sum(Z, 0) adds down each column, sum(Z, 1) along each row; Z.each_col() += b adds b to each column."},
      {"rowwise", "sum(Z, 0) adds down each column, sum(Z, 1) along each row; Z.each_row() += r adds r to each row."},
      {"replicate", "A vector is added to every column with Z.each_col() += b."},
      {"copy", "`mat A = X;` copies already."},
      {"clone", "`mat A = X;` copies already."},
      {"astype", "arma::conv_to<mat>::from(Z) makes numbers of another type."},
      {"block", "A part of a matrix is Z.submat(first_row, first_col, last_row, last_col)."},
      {"topRows", "The first rows are Z.head_rows(n), the last Z.tail_rows(n)."},
      {"bottomRows", "The first rows are Z.head_rows(n), the last Z.tail_rows(n)."},
      {"leftCols", "The first columns are Z.head_cols(n), the last Z.tail_cols(n)."},
      {"rightCols", "The first columns are Z.head_cols(n), the last Z.tail_cols(n)."},
      {"squaredNorm", "The sum of squares is accu(square(Z)), its root norm(Z, \"fro\")."},
      {"asDiagonal", "diagmat(v) is the matrix with v on its diagonal; Z.each_col() % v needs no such matrix."},
      {"mult", "The product of matrices is A * B, entry by entry A % B."},
      {"item", "A 1 x 1 matrix becomes a number by as_scalar(...)."},
  };
  const auto found = members.find(name);
  return found == members.end() ? nullptr : found->second;
}

std::string missing_member(const Project& project, const std::string& type, const std::string& name,
                           const std::string& source) {
  if (type.find("vector<nn::Layer>") != std::string::npos && std::regex_match(name, std::regex("W|b|activation")))
    return fmt::format("A Network is a std::vector of layers: network[l].{} belongs to one of them.", name);
  std::smatch m;
  if (std::regex_search(type, m, std::regex(R"(nn::(\w+)$)")) && type.find("arma::") == std::string::npos) {
    for (const Lesson& lesson : project.lessons)
      for (const std::string& header : {lesson.header, std::string("nn/types.hpp")})
        if (std::regex_search(read_file(project.root / header), std::regex("struct " + m[1].str() + " \\{")))
          return fmt::format("{} has no member {}: its members stand in {}.", m[1].str(), name, header);
    return "";
  }
  if (type.find("std::vector<") != std::string::npos || type.find("vector<nn::Layer>") != std::string::npos) {
    static const std::regex lengths("length|len|count|n_elem|n_rows");
    if (std::regex_match(name, lengths)) return "The number of items of a std::vector is v.size().";
    return name == "append" ? "A std::vector grows by v.push_back(x)." : "";
  }
  if (type.find("arma::") == std::string::npos) return "";
  if (std::regex_search(type, std::regex("arma::(eOp|eGlue|Op|Glue|mtOp)")) &&
      std::regex_search(source, std::regex("\\w\\." + name)))
    return auto_holds_formula;
  if (const char* sentence = member_in_armadillo(name)) return sentence;
  static const std::regex functions("sum|mean|exp|log|sqrt|abs|square|tanh|max|min|norm|accu|sort|stddev|var");
  const auto contract = [&](const Task& task) {
    return std::find(task.functions.begin(), task.functions.end(), name) != task.functions.end();
  };
  if (std::regex_match(name, functions) ||
      std::any_of(project.lessons.begin(), project.lessons.end(),
                  [&](const Lesson& l) { return std::any_of(l.tasks.begin(), l.tasks.end(), contract); }))
    return fmt::format("It is a function: {0}(Z), not Z.{0}().", name);
  return "Armadillo's matrices have no member of this name; rows and columns are Z.n_rows and Z.n_cols.";
}

std::string include_hint(const std::string& error) {
  static const std::map<std::string, const char*> homes = {{"accumulate", "numeric"},
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
                                                           {"deque", "deque"},
                                                           {"unordered_map", "unordered_map"},
                                                           {"span", "span"},
                                                           {"string", "string"},
                                                           {"exp", "cmath"},
                                                           {"unique_ptr", "memory"}};
  std::smatch m;
  if (std::regex_search(error, m, std::regex(R"('(\w+)')")))
    if (const auto home = homes.find(m[1]); home != homes.end())
      return fmt::format("An include is missing: add `#include <{}>` at the top.", home->second);
  return "An include is missing: which header does the manual of this name give?";
}

// The enum that has an enumerator of this name, as in Loss for squared.
std::string enum_with(const Project& project, const Lesson& lesson, const std::string& name) {
  static const std::regex enums(R"(enum class (\w+)[^{]*\{([^}]*)\})"), comment("//[^\n]*");
  std::vector<std::string> headers = {"nn/types.hpp", lesson.header};
  for (const Lesson* earlier : project.required_by(lesson)) headers.push_back(earlier->header);
  for (const std::string& header : headers) {
    const std::string text = std::regex_replace(read_file(project.root / header), comment, "");
    for (std::sregex_iterator it(text.begin(), text.end(), enums), end; it != end; ++it)
      if (std::regex_search((*it)[2].str(), std::regex("\\b" + name + "\\b"))) return (*it)[1];
  }
  return "";
}

// Words of Python and MATLAB: what stands in their place here.
const char* word_of_another_language(const std::string& name) {
  static const char* const no_prefix =
      "That is Python's. Armadillo's functions stand alone, as in exp(Z), or behind arma::; docs/armadillo.md has "
      "NumPy's "
      "names beside them.";
  static const std::map<std::string, const char*> words = {
      {"np", no_prefix},
      {"numpy", no_prefix},
      {"torch", no_prefix},
      {"tf", no_prefix},
      {"math", no_prefix},
      {"axis", named_argument},
      {"dim", named_argument},
      {"keepdims", named_argument},
      {"dtype", named_argument},
      {"end", "The last entry is v(v.n_elem - 1) or v.back(); the last column X.tail_cols(1)."},
      {"True", "It is written true, in small letters."},
      {"False", "It is written false, in small letters."},
      {"None", "There is no None; std::optional is empty as std::nullopt, a matrix as mat()."},
      {"len", "The number of entries is Z.n_elem, of rows Z.n_rows."},
      {"length", "The number of entries is Z.n_elem, of rows Z.n_rows."},
      {"rows", "The number of rows is Y.n_rows, of columns Y.n_cols."},
      {"cols", "The number of rows is Y.n_rows, of columns Y.n_cols."},
      {"range", for_loop},
      {"where", "For every entry: Z.transform([](real z) { return z > 0 ? z : 0; }); find(Z > 0) gives indices."},
      {"maximum", "For every entry: Z.transform([](real z) { return ...; }), or clamp(Z, low, high)."},
      {"minimum", "For every entry: Z.transform([](real z) { return ...; }), or clamp(Z, low, high)."},
      {"argmax", "The index of the largest entry is Z.index_max(); of each column index_max(Z, 0)."},
      {"argmin", "The index of the smallest entry is Z.index_min(); of each column index_min(Z, 0)."},
      {"transpose", "The transpose is X.t()."},
      {"matmul", "The product of matrices is A * B."},
      {"tile", "A vector is added to every column with Z.each_col() += b."},
      {"lambda", "A function without a name is [](real z) { return ...; }."},
      {"print", "std::cout << Z << '\\n'; prints, after #include <iostream>."},
  };
  const auto found = words.find(name);
  return found == words.end() ? nullptr : found->second;
}

// A name that the file does not know: a slip, a later lesson's function, or one that needs std:: or arma::.
std::string undeclared(const Project& project, const Lesson& lesson, const std::string& name,
                       const std::string& error) {
  for (const Lesson& other : project.lessons)
    for (const Task& task : other.tasks)
      if (std::find(task.functions.begin(), task.functions.end(), name) != task.functions.end()) {
        if (other.number > lesson.number)
          return fmt::format("{} belongs to lesson {}: lesson {} can do without it.", name, other.plain_number(),
                             lesson.plain_number());
        return fmt::format("{} is declared in {}: add `#include \"{}\"`.", name, other.header, other.header);
      }
  if (const std::string kind = enum_with(project, lesson, name); !kind.empty())
    return fmt::format("{1} is a name of {0}: write {0}::{1}.", kind, name);
  static const std::regex armadillo(
      "zeros|ones|eye|fill|randn|randu|randi|linspace|regspace|span|datum|conv_to|distr_param|umat|imat|ivec|cube");
  if (std::regex_match(name, armadillo)) return fmt::format("The namespace is missing: write arma::{}.", name);
  static const std::regex standard(
      "vector|max|min|sqrt|pow|abs|string|function|move|array|accumulate|cout|size_t|swap");
  if (std::regex_match(name, standard)) return fmt::format("Did you mean std::{}?", name);
  if (const char* sentence = word_of_another_language(name)) return sentence;
  std::smatch m;
  if (std::regex_search(error, m, std::regex("did you mean '([^']+)'")))
    return fmt::format("Did you mean {}?", m[1].str());
  return fmt::format("Nothing of the name {} is known here: a typing error, or a variable declared elsewhere?", name);
}

}  // namespace

std::string in_words(const Project& project, const Lesson& lesson, const std::string& error,
                     const std::string& source) {
  std::smatch m;
  if (std::regex_search(source, std::regex(R"(\[[^\]]+ for \w+ in )")))
    return "C++ builds no list in brackets: Z.transform([](real z) { return ...; }) does it for every entry of a "
           "matrix.";
  static const std::regex unknown(
      R"('(\w+)' (?:was not declared in this scope|has not been declared|does not name a type)|(?:use of undeclared identifier|unknown type name|no template named) '(\w+)')");
  if (std::regex_search(error, m, unknown)) return undeclared(project, lesson, m[1].matched ? m[1] : m[2], error);
  static const std::regex member(
      R"('([^{]*?)'(?: \{aka '([^}]*)'\})? has no member named '(\w+)'|no member named '(\w+)' in '([^']*)')");
  if (std::regex_search(error, m, member)) {
    const std::string name = m[3].matched ? m[3] : m[4], type = m[3].matched ? m[1].str() + m[2].str() : m[5].str();
    return missing_member(project, type, name, source);
  }
  for (const Rule& rule : rules)
    if (std::regex_search(error, m, std::regex(rule.error)) && std::regex_search(source, std::regex(rule.source)))
      return m.format(rule.sentence);
  if (std::regex_search(error, std::regex(R"(is not a member of 'std'|in namespace 'std')")))
    return include_hint(error);
  return "";
}

std::string warning_in_words(const std::string& warning) {
  static const Rule warnings[] = {
      {"comma expression in array subscript|left operand of comma operator has no effect|left-hand operand of comma",
       "", "The comma drops what stands before it: T[i, j] is T[j]. An entry of a matrix is T(i, j)."},
      {R"(result of (\w+).* is not used)", "",
       "$1 changes none of its arguments, it returns a new value: put `Z = ` or `return` in front."},
      {"statement has no effect|value computed is not used|expression result unused", "",
       "What is computed here is thrown away: is an `=` or a `return` missing? (`==` compares, `=` assigns.)"},
      {"assignment used as truth value|using the result of an assignment as a condition", "",
       "`=` assigns and `==` compares."},
      {"comparison of unsigned expression in '>= 0'|unsigned expression >= 0 is always true", "",
       "A uword is never below 0: after 0 comes a huge number. Count down as in `for (uword l = n; l-- > 0;)`."},
      {"is used uninitialized|may be used uninitialized|is uninitialized when used", "",
       "It holds no number yet: give it a first value, as in `real total = 0;`."},
      {"comparison of integer expressions of different signedness|comparison of integers of different signs", "",
       "Sizes and indices are uword, whole numbers without a sign: write `uword i`, not `int i`."},
      {"division by zero", "", "A whole number is divided by 0."},
      {"possibly dangling reference|returning reference to local|address of local variable|reference to "
       "(?:stack|local)",
       "", "What is pointed to is gone by then: return or keep a copy of it."},
  };
  std::smatch m;
  for (const Rule& rule : warnings)
    if (std::regex_search(warning, m, std::regex(rule.error))) return m.format(rule.sentence);
  return "";
}

}  // namespace course
