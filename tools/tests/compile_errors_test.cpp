// What a student reads when a file does not compile: from real source, by the compiler that is here.
#include <fmt/format.h>
#include <unistd.h>
#include <catch2/catch_test_macros.hpp>

#include "tools/course/compile_errors.hpp"
#include "tools/course/process.hpp"

using namespace course;

namespace {

struct Sample {
  std::string name, code, says;  // `says` must be part of what the student reads
};

const Sample samples[] = {
    {"a missing semicolon", "mat f(mat Z) {\n  Z = exp(Z)\n  return Z;\n}", "A semicolon is missing"},
    {"a missing return", "mat f(mat Z) {\n  Z = exp(Z);\n}", "a `return` is missing"},
    {"max of a number and a matrix", "mat f(mat Z) {\n  return std::max(0.0, Z);\n}",
     "std::max compares two numbers of one type"},
    {"max of an int and a double", "real f(real z) {\n  return std::max(0, z);\n}",
     "std::max compares two numbers of one type"},
    {"auto holding a formula, then each_row",
     "mat f(mat Z) {\n  auto S = exp(-Z);\n  S.each_row() /= sum(S, 0);\n  return S;\n}", "`auto` holds a formula"},
    {"auto holding a product, then an entry", "mat f(mat Z) {\n  auto S = Z * Z;\n  S(0, 0) = 1;\n  return S;\n}",
     "`auto` holds a formula"},
    {"a changed result", "real forward(const Network& network, const mat& X) {\n  return 0;\n}",
     "The function's first line was changed"},
    {"a missing include", "real f() {\n  std::list<int> l;\n  return real(l.size());\n}",
     "An include is missing: add `#include <list>`"},
    {"a size that is a double", "uvec f() {\n  uvec n = {2.5};\n  return n;\n}", "must be a whole number"},
    {"a later lesson's function", "real f(const mat& Z) {\n  return hinge(Z, Z);\n}", "hinge belongs to lesson 4"},
    {"a name that is not there", "mat f(mat Z) {\n  return z;\n}", "Nothing of the name z is known here"},
    {"a forgotten std", "real f(real z) {\n  vector<real> v;\n  return z;\n}", "Did you mean std::vector?"},
    {"a power operator", "mat f(mat Z) {\n  return Z ^ 2;\n}", "no power operator"},
    {"a const argument changed", "mat f(const mat& Z) {\n  Z(0, 0) = 1;\n  return Z;\n}", "This value is const"},
    {"a sum that is a row", "real f(const mat& Z) {\n  return sum(Z);\n}", "the sum of all entries is accu(Z)"},
    {"a number for a matrix", "mat f(const mat& Z) {\n  return 3;\n}", "One number stands where a mat is expected"},
    {"an open brace", "mat f(mat Z) {\n  if (Z.empty()) {\n  return Z;\n}", "The braces { } do not match"},
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
    CHECK(text.find("activations.cpp:") != std::string::npos);
    CHECK(text.find(sample.says) != std::string::npos);
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
