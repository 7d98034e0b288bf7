// What is read from a header: every signature that a contract may have, and an error for what cannot be read.
#include "autograder/contracts/header.hpp"

#include <catch2/catch_test_macros.hpp>

namespace contracts {

static Header in_nn(const std::string& declarations) {
  return parse_header("#pragma once\n#include \"nn/types.hpp\"\nnamespace nn {\n" + declarations +
                      "\n}  // namespace nn\n");
}

/// "Network(const mat& X, real rate)" and so on, one a function.
static std::vector<std::string> functions(const std::string& declarations) {
  std::vector<std::string> all;
  for (const Function& f : in_nn(declarations).functions) {
    std::string text = f.result + " " + f.name + "(";
    for (const Parameter& p : f.parameters) text += (text.back() == '(' ? "" : "; ") + p.type + " | " + p.name;
    all.push_back(text + ")");
  }
  return all;
}

static std::string error(const std::string& declarations) {
  try {
    in_nn(declarations);
  } catch (const ParseError& e) {
    return e.what();
  }
  return "";
}

using Texts = std::vector<std::string>;

TEST_CASE("digits in names of functions and of parameters") {
  CHECK(functions("real l2_penalty(const Network& network, real lambda2);") ==
        Texts{"real l2_penalty(const Network& | network; real | lambda2)"});
}

TEST_CASE("results and parameters that are templates") {
  CHECK(
      functions(
          "std::pair<Network, Optimiser> adam_step(Network network, Optimiser optimiser, real rate = real(0.001));") ==
      Texts{"std::pair<Network, Optimiser> adam_step(Network | network; Optimiser | optimiser; real | rate)"});
  CHECK(functions("real decayed(real rate, const std::map<std::string, real>& options);") ==
        Texts{"real decayed(real | rate; const std::map<std::string, real>& | options)"});
  CHECK(functions("std::tuple<mat, std::vector<std::pair<uword, real>>> both(std::array<real, 3> rgb, "
                  "std::optional<mat> W);") == Texts{"std::tuple<mat, std::vector<std::pair<uword, real>>> "
                                                     "both(std::array<real, 3> | rgb; std::optional<mat> | W)"});
}

TEST_CASE("default arguments of any expression are left out") {
  CHECK(functions("real clip(real x, real most = real(1));") == Texts{"real clip(real | x; real | most)"});
  CHECK(functions("Schedule cosine(Kind kind = Kind::cosine);") == Texts{"Schedule cosine(Kind | kind)"});
  CHECK(functions("real f(real a = -.5e-3, std::optional<real> b = {}, std::string c = \"),;{\", char d = ',', uword e "
                  "= 1'000 << 3);") ==
        Texts{"real f(real | a; std::optional<real> | b; std::string | c; char | d; uword | e)"});
  CHECK(functions("real f(const std::map<int, real>& m = std::map<int, real>{{1, 2}}, bool b = 1 < 2, bool c = "
                  "sizeof(real) > 4);") == Texts{"real f(const std::map<int, real>& | m; bool | b; bool | c)"});
  CHECK(functions("real f(std::function<real(real)> g = [](real x) { return x < 1 ? x : 2; }, Rng rng = Rng(7));") ==
        Texts{"real f(std::function<real(real)> | g; Rng | rng)"});
}

TEST_CASE("references, callbacks, results of other namespaces, no parameters") {
  CHECK(functions("Network momentum(Network network, Optimiser& state);") ==
        Texts{"Network momentum(Network | network; Optimiser& | state)"});
  CHECK(functions("arma::umat count(const uvec& labels, arma::umat seen);") ==
        Texts{"arma::umat count(const uvec& | labels; arma::umat | seen)"});
  CHECK(functions("Run train(const std::function<bool(const Progress&, std::pair<real, real>)>& watch = {});") ==
        Texts{"Run train(const std::function<bool(const Progress&, std::pair<real, real>)>& | watch)"});
  CHECK(functions("Perceptron and_gate();\nvoid shuffle(uvec& order, Rng& rng);") ==
        Texts{"Perceptron and_gate()", "void shuffle(uvec& | order; Rng& | rng)"});
}

TEST_CASE("overloads are functions of their own") {
  CHECK(functions("mat step(mat Z);\nreal step(real a);") == Texts{"mat step(mat | Z)", "real step(real | a)"});
}

TEST_CASE("a parameter without a name is called by its type, where that says something") {
  CHECK(functions("Score score(const ConvNetwork&, const std::vector<mat>&, real, Loss, arma::umat, unsigned long);") ==
        Texts{"Score score(const ConvNetwork& | conv_network; const std::vector<mat>& | argument_2; real | argument_3; "
              "Loss | loss; arma::umat | argument_5; unsigned long | argument_6)"});
  CHECK(functions("real apart(const Layer&, const Layer&, Loss, real loss);") ==
        Texts{"real apart(const Layer& | argument_1; const Layer& | argument_2; Loss | argument_3; real | loss)"});
}

TEST_CASE("comments, macros, definitions and other namespaces are no contracts") {
  CHECK(functions(
            "// real a(real);\n/* real b(real); */\n#define C real c(real);\n#ifdef NN_FLOAT\n#endif\n"
            "using F = std::function<real(real)>;\ninline constexpr real alpha = real(1);\n"
            "inline real d(real x) { return x; }\ntemplate <class T> T e(T x);\n"
            "template <class T>\nT f(T x) {\n  return x;\n}\n"
            "template <class T>\nstruct G {\n  T g(T x);\n};\n"
            "namespace detail {\nreal h(real x);\nstruct H { real x; };\n}\nextern template class std::vector<mat>;\n"
            "real last(real x);  // the only one") == Texts{"real last(real | x)"});
  const Header header = parse_header(
      "#include <vector>\n#include \"nn/a.hpp\"\n  #  include \"nn/support/b.hpp\"\n"
      "real outside(real);\nnamespace other { real f(real); }\n");
  CHECK(header.functions.empty());
  CHECK(header.includes == Texts{"nn/a.hpp", "nn/support/b.hpp"});
}

TEST_CASE("members of structs") {
  const Header header = in_nn(
      "struct Window { uword rows, cols, channels = 1, size = 5; };\n"
      "struct Model : Base { mat W; };\nstruct Ahead;\n"
      "/// doc; with { signs\nstruct Cache {\n  std::vector<std::vector<mat>> keys, values;  ///< d, n\n  uword "
      "length{0};\n"
      "  std::map<std::string, real> options = std::map<std::string, real>{{\"a\", 1}}, others;\n"
      "  bool cut = 1 < 2, over = false;\n};\n"
      "struct Rng {\n  std::uint64_t state = 0;\n  explicit Rng(std::uint64_t seed = 0) : state(seed), b{1} {}\n"
      "  using result_type = std::uint64_t;\n  static constexpr result_type max() { return ~result_type{0}; }\n"
      "  static const uword count = 3;\n  result_type operator()();\n  bool operator==(const Rng&) const = default;\n"
      "  template <class T> T draw(T x) { return x; }\n  [[nodiscard]] real uniform(real low = 0) const { return low; "
      "}\n"
      "  uword b;\n};\n"
      "class Hidden { int x; };\nstruct Closed {\n private:\n  int x;\n};\nstruct Empty {};\n"
      "struct Outer {\n  struct Inner { real a = 0; };\n  enum class Kind { x, y };\n  std::vector<Inner> items;\n};");
  std::vector<std::pair<std::string, Texts>> found;
  for (const Struct& s : header.structs) found.push_back({s.name, s.members});
  CHECK(found == std::vector<std::pair<std::string, Texts>>{
                     {"Window", {"rows", "cols", "channels", "size"}},
                     {"Cache", {"keys", "values", "length", "options", "others", "cut", "over"}},
                     {"Rng", {"state", "b"}},
                     {"Empty", {}},
                     {"Outer::Inner", {"a"}},
                     {"Outer", {"items"}}});
  REQUIRE(header.enums.size() == 1);
  CHECK(header.enums[0].name == "Outer::Kind");
}

TEST_CASE("names of enums") {
  const Header header = in_nn(
      "enum class Rule { descent, momentum };\nenum class Cell : std::uint8_t;\n"
      "enum class Op : int {\n  add = 1 << 2,  ///< a, b\n  mul = f(1, 2),\n};\nenum Old { one };");
  std::vector<std::pair<std::string, Texts>> found;
  for (const Enum& e : header.enums) found.push_back({e.name, e.names});
  CHECK(found == std::vector<std::pair<std::string, Texts>>{
                     {"Rule", {"descent", "momentum"}}, {"Op", {"add", "mul"}}, {"Old", {"one"}}});
}

TEST_CASE("what cannot be read is an error with its line") {
  CHECK(error("\nreal f(real (*g)(real));") ==
        "5: a pointer to a function cannot be a parameter of f; take a std::function");
  CHECK(error("real f(real x[3]);") == "4: an array cannot be a parameter of f; take a vec or a std::array");
  CHECK(error("real f(const real* x);") == "4: a pointer cannot be a parameter of f; take a value or a reference");
  CHECK(error("real f(mat&& x);") == "4: a && cannot be a parameter of f; take a value");
  CHECK(error("real f(void);") == "4: write f() for a function without parameters");
  CHECK(error("auto f(real x) -> mat;") ==
        "4: expected ; behind the parameters of f, found `->`: a contract is written `result name(parameters);`");
  CHECK(error("bool operator==(const A& a, const A& b);") ==
        "4: expected `result name(parameters);`, found `bool operator(`");
  CHECK(error("real f(real x)") != "");
  CHECK(error("/* never ends") == "4: this comment does not end");
  CHECK(error("real f(std::string s = \"never ends);") == "4: this string does not end");
  CHECK(error("struct A { mat W; }\nreal f(real x);") == "5: expected ; behind the } of A");
}

}  // namespace contracts
