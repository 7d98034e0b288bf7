// What a student reads when a file does not compile: from real source, by the compiler that is here.
#include <fmt/format.h>
#include <unistd.h>
#include <catch2/catch_test_macros.hpp>

#include "tools/course/compile_errors.hpp"
#include "tools/course/process.hpp"

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
     "Nothing of the name z is known here: a slip of the pen, or a variable declared elsewhere?"},
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
};

}  // namespace

TEST_CASE("each common compile error is answered with its line and a sentence") {
  const Project project = Project::load(NN_ROOT);
  const Lesson& lesson = project.lesson("3");
  const fs::path folder = fs::temp_directory_path() / fmt::format("nn-compile-errors-{}", getpid());
  write_file(folder / "lesson.hpp", "#include \"nn/activations.hpp\"\n");
  const auto compile = [&](const fs::path& file, const std::string& output) {
    return capture({{"c++", "-std=c++20", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror=return-type",
                     "-Wfatal-errors", "-I" + project.root.string(), "-c", file.string(), "-o", output}});
  };
  REQUIRE(compile(folder / "lesson.hpp", (folder / "lesson.hpp.gch").string())
              .ok());  // <armadillo> is read once, not once a sample
  for (const Sample& sample : samples) {
    const fs::path file = folder / "activations.cpp";
    write_file(file, "#include \"lesson.hpp\"\nnamespace nn {\n" + sample.code + "\n}\n");
    const Outcome outcome = compile(file, "/dev/null");
    CAPTURE(sample.name, outcome.output);
    CHECK_FALSE(outcome.ok());
    const std::string text = explained_build(project, lesson, outcome.output);
    CAPTURE(text);
    CHECK(text.find("activations.cpp:" + sample.where + ": ") != std::string::npos);
    CHECK(text.substr(text.rfind("^\n") + 2) == sample.says);
  }
  fs::remove_all(folder);
}

TEST_CASE("a linker's words become the function that is missing or changed") {
  const Project project = Project::load(NN_ROOT);
  const Lesson& lesson = project.lesson("3");
  const std::string missing = explained_build(
      project, lesson, "mold: error: undefined symbol: nn::no_such_function(arma::Mat<double>)\n>>> referenced by x");
  CHECK(missing.find("no_such_function is missing") != std::string::npos);
  const std::string changed =
      explained_build(project, lesson, "ld: x.o: undefined reference to `nn::sigmoid(arma::Mat<double>)'");
  CHECK(changed.find("sigmoid is there, but not as its contract") != std::string::npos);
  const std::string twice = explained_build(project, lesson, "mold: error: duplicate symbol: main");
  CHECK(twice.find("take yours out") != std::string::npos);
}
