// What a student reads when a file does not compile: from real source, by the compiler that is here.
#include <fmt/format.h>
#include <unistd.h>
#include <catch2/catch_test_macros.hpp>

#include "base/process.hpp"
#include "tools/course/compile_errors.hpp"
#include "tools/course/compile_rules.hpp"

using namespace course;

namespace {

struct Sample {
  std::string name, code, where, says;  // line and column; the last line that the student reads
};

const Sample samples[] = {
    {"a missing semicolon", "mat f(mat Z) {\n  Z = exp(Z)\n  return Z;\n}", "4:13",
     "A semicolon is missing at the end of this line or the one before it."},
    {"a missing return", "mat f(mat Z) {\n  Z = exp(Z);\n}", "5:1",
     "The function promises a result: a `return` is missing."},
    {"max of a number and a matrix", "mat f(mat Z) {\n  return std::max(0.0, Z);\n}", "4:18",
     "std::max compares two numbers of one type. For two numbers write std::max(real(0), z); for every entry of a "
     "matrix "
     "use Z.transform(...) or arma::clamp."},
    {"max of an int and a double", "real f(real z) {\n  return std::max(0, z);\n}", "4:18",
     "std::max compares two numbers of one type. For two numbers write std::max(real(0), z); for every entry of a "
     "matrix "
     "use Z.transform(...) or arma::clamp."},
    {"auto holding a formula, then each_row",
     "mat f(mat Z) {\n  auto S = exp(-Z);\n  S.each_row() /= sum(S, 0);\n  return S;\n}", "5:5",
     "`auto` holds a formula here, not its result. Write `mat` (or `vec`) instead of `auto`."},
    {"auto holding a product, then an entry", "mat f(mat Z) {\n  auto S = Z * Z;\n  S(0, 0) = 1;\n  return S;\n}",
     "5:4", "`auto` holds a formula here, not its result. Write `mat` (or `vec`) instead of `auto`."},
    {"a changed result", "real forward(const Network& network, const mat& X) {\n  return 0;\n}", "3:6",
     "The function's first line was changed. It must stand as in the contract: copy it again from the header."},
    {"a missing include", "real f() {\n  std::list<int> l;\n  return real(l.size());\n}", "4:8",
     "An include is missing: add `#include <list>` at the top."},
    {"a size that is a double", "uvec f() {\n  uvec n = {2.5};\n  return n;\n}", "4:16",
     "A size or an index must be a whole number (uword), not a double."},
    {"a later lesson's function", "real f(const mat& Z) {\n  return hinge(Z, Z);\n}", "4:10",
     "hinge belongs to lesson 4: lesson 3 can do without it."},
    {"a name that is not there", "mat f(mat Z) {\n  return z;\n}", "4:10",
     "Nothing of the name z is known here: a typing error, or a variable declared elsewhere?"},
    {"a name that comments of headers have", "mat f(mat Z) {\n  return A;\n}", "4:10",
     "Nothing of the name A is known here: a typing error, or a variable declared elsewhere?"},
    {"a name that a later lesson's enum has", "mat f(mat Z) {\n  return multiply;\n}", "4:10",
     "Nothing of the name multiply is known here: a typing error, or a variable declared elsewhere?"},
    {"a forgotten std", "real f(real z) {\n  vector<real> v;\n  return z;\n}", "4:3", "Did you mean std::vector?"},
    {"a power operator", "mat f(mat Z) {\n  return Z ^ 2;\n}", "4:12",
     "C++ has no power operator: write square(Z) or pow(Z, 2)."},
    {"a const argument changed", "mat f(const mat& Z) {\n  Z(0, 0) = 1;\n  return Z;\n}", "4:11",
     "This value is const: it is the caller's. Work on a copy, as in `mat A = X;`."},
    {"a sum that is a row", "real f(const mat& Z) {\n  return sum(Z);\n}", "4:13",
     "A matrix stands where one number is expected. sum(Z) of a matrix is a row; the sum of all entries is accu(Z)."},
    {"a number for a matrix", "mat f(const mat& Z) {\n  return 3;\n}", "4:10",
     "One number stands where a mat is expected."},
    {"an open brace", "mat f(mat Z) {\n  if (Z.empty()) {\n  return Z;\n}", "7:2",
     "The braces { } do not match: one is missing or too many."},

    {"a matrix as a condition", "mat f(mat Z) {\n  return Z > 0 ? Z : 0;\n}", "4:12", "A whole matrix stands where"},
    {"a matrix in an if", "mat f(mat Z) {\n  if (Z == Z) return Z;\n  return -Z;\n}", "4:9",
     "A whole matrix stands where"},
    {"a comparison as a result", "mat f(mat Z) {\n  return Z > 0;\n}", "4:12",
     "A comparison of matrices gives whole numbers (umat). arma::conv_to<mat>::from(Z > 0)"},
    {"zeros without arma", "mat f(mat Z) {\n  return zeros<mat>(2, 2);\n}", "4:10",
     "The namespace is missing: write arma::zeros."},
    {"fill without arma", "mat f(mat Z) {\n  return mat(2, 2, fill::zeros);\n}", "4:20",
     "The namespace is missing: write arma::fill."},
    {"rows as in Eigen", "uword f(mat Y) {\n  return Y.rows();\n}", "4:16",
     "The number of rows is Y.n_rows, of columns Y.n_cols, without parentheses."},
    {"n_rows with parentheses", "uword f(mat Y) {\n  return Y.n_rows();\n}", "4:18",
     "This is a number, not a function: n_rows, n_cols and n_elem have no parentheses."},
    {"array as in Eigen", "mat f(mat A) {\n  return A.array() * A;\n}", "4:12",
     "Entry by entry: A % B multiplies, A / B divides, 1 - A subtracts; nothing has to be converted."},
    {"T as in NumPy", "mat f(mat X) {\n  return X.T * X;\n}", "4:12", "The transpose is X.t()."},
    {"a sum as a member", "mat f(mat X) {\n  return X.sum(0);\n}", "4:12", "It is a function: sum(Z), not Z.sum()."},
    {"two pairs of brackets", "mat f(mat T) {\n  T[1][2] = 1;\n  return T;\n}", "4:7",
     "An entry of a matrix is T(i, j): both indices in one pair of parentheses."},
    {"a function for an enumerator", "bool f(const Layer& l) {\n  return l.activation == identity;\n}", "4:23",
     "A function stands where a kind is expected: write Activation::relu, not relu."},
    {"each_row of a const", "mat f(const mat& Z) {\n  Z.each_row() += sum(Z, 0);\n  return Z;\n}", "4:27",
     "This value is const: it is the caller's. Work on a copy, as in `mat A = X;`."},
    {"transform of a const", "mat f(const mat& Z) {\n  Z.transform([](real z) { return z; });\n  return Z;\n}", "4:14",
     "This value is const: it is the caller's. Work on a copy, as in `mat A = X;`."},
    {"dot of matrices", "mat f(mat A, mat B) {\n  return dot(A, B);\n}", "4:13",
     "dot(a, b) is one number. The product of matrices is A * B, the product entry by entry A % B."},
    {"dot as in NumPy", "mat f(mat A, mat B) {\n  return A.dot(B);\n}", "4:12", "The product of matrices is A * B"},
    {"std::exp of a matrix", "mat f(mat Z) {\n  return std::exp(-Z);\n}", "4:18",
     "std::exp takes one number. For every entry of a matrix write exp(Z), without std::."},
    {"a power of a number", "real f(real x) {\n  return x ^ 2;\n}", "4:12",
     "C++ has no power operator: write square(Z) or pow(Z, 2)."},
    {"a power as in Python", "mat f(mat Z) {\n  return Z**2;\n}", "4:12", "C++ has no power operator"},
    {"a member that a layer has not", "mat f(const Layer& l, mat X) {\n  return l.bias + X;\n}", "4:12",
     "Layer has no member bias: its members stand in nn/types.hpp."},
    {"a network's W", "mat f(const Network& n) {\n  return n.W;\n}", "4:12",
     "A Network is a std::vector of layers: network[l].W belongs to one of them."},
    {"a network's length as in Java", "uword f(const Network& n) {\n  return n.length;\n}", "4:12",
     "The number of items of a std::vector is v.size()."},
    {"a number divided as in MATLAB", "mat f(mat Z) {\n  return 1 ./ (1 + exp(-Z));\n}", "4:13",
     "There are no operators with a dot: A % B multiplies entry by entry, A / B divides."},
    {"a lambda without its capture", "mat f(mat Z, real a) {\n  return Z.transform([](real z) { return a * z; });\n}",
     "4:42", "The lambda does not know a: write [a] or [&] in place of []."},
    {"an argument declared again", "mat f(mat Z) {\n  mat Z = 2 * Z;\n  return Z;\n}", "4:7",
     "Z exists already, as an argument: leave the type out to change it, or choose another name."},
    {"= for == between enums", "bool f(Activation phi) {\n  return (phi = Activation::relu) ? true : false;\n}", "4:15",
     "`=` assigns and `==` compares."},
    {"two pairs of brackets of counts", "uword f(arma::umat n) {\n  return n[0][1];\n}", "4:14",
     "An entry of a matrix is T(i, j): both indices in one pair of parentheses."},
    {"= for ==", "mat f(mat Z) {\n  if (Z.n_rows = 3) return Z;\n  return -Z;\n}", "4:16",
     "`=` assigns and `==` compares."},
    {"a column for a number", "real f(const mat& Z) {\n  return Z.col(0);\n}", "4:15",
     "A matrix stands where one number is expected."},
    {"a slip that the compiler sees", "mat f(mat Z) {\n  return sofmax(Z);\n}", "4:10", "Did you mean softmax?"},
    {"a loop as in Python", "mat f(mat Z) {\n  for (auto z in Z) z = 1;\n  return Z;\n}", "4:14",
     "C++ loops over entries with a colon: for (real z : Z)."},
    {"a std::vector for a uvec", "uvec f() {\n  std::vector<int> v;\n  return v;\n}", "5:10",
     "An Armadillo vector is no std::vector: arma::conv_to<uvec>::from(v) makes one of the other."},
    {"a name that Armadillo has not", "mat f(mat Z) {\n  return arma::sigmoid(Z);\n}", "4:16",
     "Armadillo has nothing of the name sigmoid"},
};

}  // namespace

namespace {

// A project whose one file is compiled as a student's is; <armadillo> is read once for all samples.
class Compiled {
 public:
  Compiled() {
    write_file(folder_ / "lesson.hpp", "#include \"nn/activations.hpp\"\n");
    REQUIRE(compile(folder_ / "lesson.hpp", (folder_ / "lesson.hpp.gch").string()).ok());
  }
  ~Compiled() { fs::remove_all(folder_); }

  Outcome compile(const std::string& code) const {
    write_file(file_, "#include \"lesson.hpp\"\nnamespace nn {\n" + code + "\n}\n");
    return compile(file_, "/dev/null");
  }
  Project project() const {
    Project project = Project::load(NN_ROOT);
    project.root = folder_;
    return project;
  }

 private:
  Outcome compile(const fs::path& file, const std::string& output) const {
    return capture({{"c++", "-std=c++20", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror=return-type",
                     "-Wfatal-errors", std::string("-I") + NN_ROOT, "-I" + folder_.string(),
                     file.extension() == ".hpp" ? "-c" : "-fsyntax-only", file.string(), "-o", output}});
  }

  const fs::path folder_ = fs::temp_directory_path() / fmt::format("nn-compile-errors-{}", getpid());
  const fs::path file_ = folder_ / "exercises/03-activations/activations.cpp";
};

const Compiled& compiled_once() {
  static const Compiled compiled;
  return compiled;
}

}  // namespace

TEST_CASE("each common compile error is answered with its line and a sentence") {
  const Compiled& compiled = compiled_once();
  const Project project = Project::load(NN_ROOT);
  for (const Sample& sample : samples) {
    const Outcome outcome = compiled.compile(sample.code);
    CAPTURE(sample.name, outcome.output);
    CHECK_FALSE(outcome.ok());
    const std::string text = explained_build(project, project.lesson("3"), outcome.output);
    CAPTURE(text);
    CHECK(text.find("activations.cpp:" + sample.where + ": ") != std::string::npos);
    CHECK(text.substr(text.rfind('\n') + 1).rfind(sample.says, 0) == 0);
  }
}

TEST_CASE("a name is of an enum that its lesson knows") {
  const Project project = Project::load(NN_ROOT);
  const std::string error = "error: 'squared' was not declared in this scope";
  CHECK(in_words(project, project.lesson("6"), error, "") == "squared is a name of Loss: write Loss::squared.");
  CHECK(in_words(project, project.lesson("3"), error, "").find("Loss") == std::string::npos);
}

TEST_CASE("what NumPy, MATLAB and Eigen would say is answered with Armadillo's words") {
  const std::pair<const char*, const char*> said[] = {
      {"mat f(mat A, mat B) {\n  return np.dot(A, B);\n}", "That is Python's."},
      {"mat f(mat A) {\n  return torch::relu(A);\n}", "That is Python's."},
      {"mat f(mat A) {\n  return sum(A, axis=1);\n}", "C++ has no named arguments."},
      {"mat f(mat A) {\n  return maximum(A, 0);\n}", "For every entry: Z.transform("},
      {"real f(vec x) {\n  return x(end);\n}", "The last entry is v(v.n_elem - 1)"},
      {"bool f(vec x) {\n  return True;\n}", "It is written true"},
      {"mat f(mat A) {\n  return A.cwiseMax(0);\n}", "For every entry: Z.transform("},
      {"mat f(mat A, vec b) {\n  return A.colwise() + b;\n}", "sum(Z, 0) adds down each column"},
      {"mat f(mat A) {\n  return A.relu();\n}", "It is a function: relu(Z), not Z.relu()."},
      {"std::vector<mat> f(mat A) {\n  std::vector<mat> v;\n  v.append(A);\n  return v;\n}", "A std::vector grows by"},
      {"mat f(uword n) {\n  mat A = mat::Zero(n, n);\n  return A;\n}", "A matrix of zeros is mat(rows, cols, "},
      {"real f(const Layer& l) {\n  return l->b(0);\n}", "It is no pointer:"},
      {"mat f(mat A) {\n  return A .^ 2;\n}", "C++ has no power operator"},
      {"mat f(mat A, mat B) {\n  return A .* B;\n}", "There are no operators with a dot: A % B"},
      {"mat f(mat A, mat B) {\n  return A ./ B;\n}", "There are no operators with a dot: A % B"},
      {"mat f(mat A, mat B) {\n  return A @ B;\n}", "The product of matrices is A * B."},
      {"mat f(mat A, mat B) {\n  return A \\ B;\n}", "A \\ B is solve(A, B) here"},
      {"mat f(mat A) {\n  return A';\n}", "The transpose is X.t()."},
      {"mat f(mat A) {\n  return A(:, 0);\n}", "A colon stands for no index here"},
      {"mat f(mat A) {\n  return A[0, :];\n}", "A colon stands for no index here"},
      {"mat f(mat A) {\n  for j in range(3):\n    A(j) = 0;\n  return A;\n}", "The parentheses are missing: for ("},
      {"mat f(mat A) {\n  return [max(a, 0) for a in A];\n}", "C++ builds no list in brackets"},
      {"mat f(mat A) {\n  return A - A.max(0);\n}", "Z.max() is the largest of all entries"},
      {"real f(mat A) {\n  return (A + A).squaredNorm();\n}", "The sum of squares is accu(square(Z))"},
      {"Layer f(const Layer& l) {\n  return (l.W, l.b);\n}", "Several values are returned in braces"},
      {"mat f(mat A) {\n  if A(0) > 1:\n    A(0) = 0;\n  return A;\n}", "The parentheses are missing: for ("},
      {"mat f(mat A) {\n  for (uword i = 0, i < 3, ++i) A(i) = 0;\n  return A;\n}", "A loop over indices is written"},
      {"real f(real x) {\n  return 1 if x > 0 else 0;\n}", "A choice between two values is written"},
      {"mat f(mat A) {\n  return A.transform([](real z) { return z > 0 ? z : 0 });\n}",
       "A semicolon is missing before"},
      {"mat f(mat) {\n  return softmax;\n}", "This is the function itself"},
      {"real f(vec x) {\n  x(0) = 2\n  return x(0) / 2.;  // don't\n}", "A semicolon is missing at the end"},
  };
  const Compiled& compiled = compiled_once();
  const Project project = Project::load(NN_ROOT);
  for (const auto& [code, says] : said) {
    const Outcome outcome = compiled.compile(code);
    CAPTURE(code, outcome.output);
    CHECK_FALSE(outcome.ok());
    const std::string text = explained_build(project, project.lesson("3"), outcome.output);
    CAPTURE(text);
    CHECK(text.substr(text.rfind('\n') + 1).rfind(says, 0) == 0);
  }
}

TEST_CASE("what compiles with a warning is answered with its line and a sentence") {
  const Sample warned[] = {
      {"a result thrown away", "mat relu(mat Z) {\n  clamp(Z, 0, 1);\n  return Z;\n}", "4:17",
       "clamp changes none of its arguments"},
      {"a contract's result thrown away", "mat relu(mat Z) {\n  softmax(Z);\n  return Z;\n}", "4:13",
       "softmax changes none of its arguments"},
      {"a comma in brackets", "real f(const mat& T, uword i, uword j) {\n  return T[i, j];\n}", "4:13",
       "The comma drops what stands before it"},
      {"a countdown past 0", "void f(mat& Z) {\n  for (uword i = 3; i >= 0; --i) Z(i) = 1;\n}", "4:23",
       "A uword is never below 0"},
      {"= for == between variables", "void f(int a, int& b) {\n  if (b = a) ++b;\n}", "4:9",
       "`=` assigns and `==` compares."},
      {"an int beside a size", "void f(mat& Z) {\n  for (int i = 0; i < Z.n_rows; ++i) Z(i) = 1;\n}", "4:21",
       "Sizes and indices are uword"},
      {"a comparison for an assignment", "void f(real x, real y) {\n  x == y;\n}", "4:5",
       "What is computed here is thrown away"},
  };
  const Compiled& compiled = compiled_once();
  const Project project = compiled.project();
  const Lesson& lesson = project.lesson("3");
  for (const Sample& sample : warned) {
    const Outcome outcome = compiled.compile(sample.code);
    CAPTURE(sample.name, outcome.output);
    CHECK(outcome.ok());
    const std::string text = explained_warnings(project, lesson, outcome.output, {}, {}, 1);
    CAPTURE(text);
    CHECK(text.find("activations.cpp:" + sample.where + ": the compiler warns: ") != std::string::npos);
    CHECK(text.find("\n" + sample.says) != std::string::npos);
  }
  const Outcome two = compiled.compile(
      "mat sigmoid(mat Z) {\n  clamp(Z, 0, 1);\n  return Z;\n}\nmat relu(mat Z) {\n  exp(Z);\n  return Z;\n}");
  const std::string one = explained_warnings(project, lesson, two.output, {"relu"}, {}, 1);
  CHECK(one.rfind("exercises/03-activations/activations.cpp:8:9: the compiler warns: the result of exp(...)", 0) == 0);
  CHECK(one.ends_with("\nIt warns of 1 more."));
  CHECK(explained_warnings(project, lesson, two.output, {}, {"relu", "sigmoid"}, 1).empty());
  CHECK(explained_warnings(project, lesson, "In file included from x.hpp:3:\nx.hpp:3:1: warning: ours\n", {}, {}, 1)
            .empty());
}

TEST_CASE("a linker's words become the function that is missing or changed") {
  Project project = Project::load(NN_ROOT);
  const Lesson& lesson = project.lesson("3");
  const auto explained = [&](const std::string& output) { return explained_build(project, lesson, output); };
  CHECK(explained("ld: x.o: undefined reference to `nn::sigmoid(arma::Mat<double>)'")
            .find("sigmoid is there, but not as its contract") != std::string::npos);
  for (const char* twice : {"mold: error: duplicate symbol: a/main.cpp.o: b/activations.cpp.o: main\n",
                            "ld: b.o: in function `main': x.cpp:3: multiple definition of `main'; a.o: first here"})
    CHECK(explained(twice).find("main is defined twice.\nThe tests bring their own main(): take yours out.") !=
          std::string::npos);

  const fs::path folder = fs::temp_directory_path() / fmt::format("nn-link-errors-{}", getpid());
  project.root = folder;
  write_file(folder / "exercises/03-activations/helpers.cpp", "int weigh(int x) { return x; }\n");
  CHECK(explained("mold: error: undefined symbol: nn::sigmoid(arma::Mat<double>)\n").find("sigmoid is missing.") !=
        std::string::npos);
  const std::string helper = explained("mold: error: undefined symbol: nn::weigh(int)\n>>> referenced by x");
  CHECK(helper.find("weigh is used, but no file that is compiled defines it.") != std::string::npos);
  CHECK(helper.find("helpers.cpp is not compiled: only activations.cpp is.") != std::string::npos);
  fs::remove_all(folder);
}
